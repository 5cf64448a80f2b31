"""Addresses of the page of failures."""

from django.urls import path

from cunlian.desk.deliveries import views

urlpatterns = [
    path("deliveries/", views.failures, name="deliveries"),
    path("deliveries/reactions/<int:pk>/retry/", views.retry_reaction, name="reaction_retry"),
    path("deliveries/messages/<uuid:pk>/retry/", views.retry_message, name="message_retry"),
]
