"""Addresses of committees and hand-overs."""

from django.urls import path

from cunlian.desk.units import views

urlpatterns = [
    path("units/committees/", views.committees, name="committees"),
    path("units/leavings/<uuid:pk>/", views.leaving, name="leaving"),
    path("units/leavings/<uuid:pk>/hand-over/", views.hand_over, name="leaving_hand_over"),
    path("units/leavings/<uuid:pk>/audit/", views.settle_audit, name="leaving_audit"),
]
