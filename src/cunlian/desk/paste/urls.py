"""Address of the page."""

from django.urls import path

from cunlian.desk.paste import views

urlpatterns = [path("cases/paste/", views.paste, name="case_paste")]
