"""Addresses of the lists brought in."""

from django.urls import path

from cunlian.desk.imports import views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/template/", views.template, name="import_template"),
    path("imports/new/", views.new, name="import_new"),
    path("imports/<uuid:pk>/", views.detail, name="import"),
    path("imports/<uuid:pk>/columns/", views.columns, name="import_columns"),
    path("imports/<uuid:pk>/decide/", views.decide, name="import_decide"),
    path("imports/<uuid:pk>/give-up/", views.give_up, name="import_give_up"),
    path("imports/<uuid:pk>/<slug:move>/", views.work, name="import_work"),
]
