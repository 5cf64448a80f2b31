"""Addresses of the figures."""

from django.urls import path

from cunlian.desk.figures import views

urlpatterns = [
    path("district/", views.district, name="district"),
    path("figures/", views.catalogue, name="figures"),
    path("figures/<str:code>/", views.figure, name="figure"),
]
