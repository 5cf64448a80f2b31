"""Addresses of visits."""

from django.urls import path

from cunlian.desk.visits import views

urlpatterns = [
    path("visits/", views.visits, name="visits"),
    path("visits/new/", views.new, name="visit_new"),
    path("visits/<uuid:pk>/", views.visit, name="visit"),
    path("visits/<uuid:pk>/follow/", views.follow, name="visit_follow"),
    path("visits/<uuid:pk>/report/", views.report, name="visit_report"),
]
