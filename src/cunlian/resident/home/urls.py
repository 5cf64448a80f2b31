"""The first page, the notices, the sheet of paper."""

from django.urls import path

from cunlian.resident.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("help/", views.help_page, name="help"),
    path("privacy/", views.privacy, name="privacy"),
    path("paper/", views.paper, name="paper"),
]
