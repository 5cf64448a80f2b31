"""Addresses of units, posts and duties."""

from django.urls import path

from cunlian.desk.responsibility import doing, views, yearly, yearly_doing

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
    path("responsibility/lists/", yearly.yearly, name="yearly_lists"),
    path("responsibility/lists/new/", yearly_doing.draw, name="yearly_draw"),
    path("responsibility/lists/lines/<uuid:pk>/out/", yearly_doing.line_out, name="yearly_line_out"),
    path("responsibility/lists/<uuid:pk>/", yearly.detail, name="yearly_list"),
    path("responsibility/lists/<uuid:pk>/line/", yearly_doing.line, name="yearly_line"),
    path("responsibility/lists/<uuid:pk>/take-over/", yearly_doing.take_over, name="yearly_take_over"),
    path("responsibility/lists/<uuid:pk>/board/", yearly.board, name="yearly_board"),
    path("responsibility/lists/<uuid:pk>/move/<str:name>/", yearly_doing.move, name="yearly_move"),
]
