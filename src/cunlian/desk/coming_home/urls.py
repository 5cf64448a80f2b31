"""Addresses of those who come home."""

from django.urls import path

from cunlian.desk.coming_home import entering, gatherings, views

urlpatterns = [
    path("coming-home/", views.path_list, name="homecomings"),
    path("coming-home/new/", entering.new, name="homecoming_new"),
    path("coming-home/gatherings/", gatherings.gathering_list, name="gatherings"),
    path("coming-home/gatherings/new/", gatherings.new, name="gathering_new"),
    path("coming-home/gatherings/<uuid:pk>/", gatherings.gathering, name="gathering"),
    path("coming-home/gatherings/<uuid:pk>/correct/", gatherings.correct, name="gathering_correct"),
    path("coming-home/<uuid:pk>/", views.detail, name="homecoming"),
    path("coming-home/<uuid:pk>/slip/", entering.slip, name="homecoming_slip"),
    path("coming-home/<uuid:pk>/reveal/", views.reveal, name="homecoming_reveal"),
    path("coming-home/<uuid:pk>/move/<str:name>/", views.move, name="homecoming_move"),
]
