"""Addresses of the components page and of the two choices every reader has: language and size of text."""

from django.urls import path

from cunlian.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.components, name="components"),
    path("text", views.text_size, name="text_size"),
    path("<slug:door>/", views.components, name="components"),
]
