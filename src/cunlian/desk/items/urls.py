"""Addresses of the item list."""

from django.urls import path

from cunlian.desk.items import views

urlpatterns = [
    path("categories/", views.categories, name="categories"),
    path("categories/new/", views.new, name="category_new"),
    path("categories/<uuid:pk>/end/", views.end, name="category_end"),
    path("categories/<uuid:pk>/deadline/", views.deadline, name="category_deadline"),
    path("categories/templates/", views.templates, name="templates"),
    path("categories/templates/new/", views.new_template, name="template_new"),
    path("categories/templates/<uuid:pk>/remove/", views.drop_template, name="template_remove"),
]
