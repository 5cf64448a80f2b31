"""Addresses of one's own training, and of the check of certificates."""

from django.urls import path

from cunlian.resident.learning import views

urlpatterns = [
    path("mine/learning/", views.mine, name="learning"),
    path("mine/learning/<uuid:pk>.pdf", views.file, name="learning_certificate"),
    path("public/certificates/", views.ask, name="certificates"),
    path("public/certificates/<str:code>/", views.certificate, name="certificate"),
]
