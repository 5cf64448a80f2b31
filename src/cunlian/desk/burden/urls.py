"""Address of the page."""

from django.urls import path

from cunlian.desk.burden import views

urlpatterns = [path("burden/", views.burden, name="burden")]
