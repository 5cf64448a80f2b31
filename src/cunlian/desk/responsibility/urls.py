"""Addresses of units, posts and duties."""

from django.urls import path

from cunlian.desk.responsibility import doing, views

urlpatterns = [
    path("responsibility/", views.chain, name="responsibility"),
    path("responsibility/gaps/", views.gaps, name="gaps"),
    path("responsibility/units/", views.units, name="units"),
    path("responsibility/units/new/", doing.found, name="unit_new"),
    path("responsibility/units/<uuid:pk>/", views.unit, name="unit"),
    path("responsibility/units/<uuid:pk>/posts/new/", doing.new_post, name="post_new"),
    path("responsibility/posts/", views.posts, name="posts"),
    path("responsibility/posts/<uuid:pk>/", views.post, name="post"),
    path("responsibility/posts/<uuid:pk>/appoint/", doing.appoint_person, name="post_appoint"),
    path("responsibility/posts/<uuid:pk>/account/", doing.join_account, name="post_account"),
    path("responsibility/posts/<uuid:pk>/duty/", doing.new_duty, name="post_duty"),
    path("responsibility/posts/<uuid:pk>/stand-in/", doing.new_stand_in, name="post_stand_in"),
    path("responsibility/duties/", views.duties, name="duties"),
    path("responsibility/duties/<uuid:pk>/end/", doing.close_duty, name="duty_end"),
    path("responsibility/postings/<uuid:pk>/end/", doing.close_posting, name="posting_end"),
    path("responsibility/stand-ins/<uuid:pk>/end/", doing.close_stand_in, name="stand_in_end"),
]
