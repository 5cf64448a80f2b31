"""Addresses of the workbench and the search."""

from django.urls import path

from cunlian.desk.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
]
