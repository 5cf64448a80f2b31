"""Addresses of committees, joint bodies, leads, filings, hand-overs and declared numbers."""

from django.urls import path

from cunlian.desk.units import filing, joint, views

urlpatterns = [
    path("units/committees/", views.committees, name="committees"),
    path("units/filings/", filing.filings, name="filings"),
    path("units/filings/<uuid:pk>/", filing.file, name="filing"),
    path("units/declared/", filing.declared, name="declared"),
    path("units/declared/new/", filing.declare, name="declare"),
    path("units/members/", joint.memberships, name="unit_memberships"),
    path("units/members/new/", joint.join, name="unit_join"),
    path("units/members/<uuid:pk>/end/", joint.separate, name="unit_separate"),
    path("units/leads/", joint.leads, name="leads"),
    path("units/leads/new/", joint.name_lead, name="lead_new"),
    path("units/leads/<uuid:pk>/end/", joint.end_lead, name="lead_end"),
    path("units/leavings/", filing.leavings, name="leavings"),
    path("units/leavings/<uuid:pk>/", views.leaving, name="leaving"),
    path("units/leavings/<uuid:pk>/sheet/", views.leaving_sheet, name="leaving_sheet"),
    path("units/leavings/<uuid:pk>/hand-over/", views.hand_over, name="leaving_hand_over"),
    path("units/leavings/<uuid:pk>/audit/", views.settle_audit, name="leaving_audit"),
]
