"""Address of the sheet."""

from django.urls import path

from cunlian.desk.week import views

urlpatterns = [path("week/<str:code>/", views.week, name="week")]
