"""Addresses of the seals."""

from django.urls import path

from cunlian.resident.seals import views

urlpatterns = [
    path("public/seals/", views.seals, name="seals"),
    path("public/seals.txt", views.lines, name="seal_lines"),
]
