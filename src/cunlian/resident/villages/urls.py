"""Choosing a village, and its page."""

from django.urls import path

from cunlian.resident.villages import views

urlpatterns = [
    path("villages/", views.villages, name="villages"),
    path("villages/choose/", views.choose, name="choose_village"),
    path("villages/sketch/", views.on_sketch, name="sketch"),
    path("v/<str:code>/", views.village, name="village"),
    path("v/<str:code>/pictures/<uuid:key>/", views.picture, name="village_picture"),
]
