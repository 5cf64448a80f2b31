"""Addresses of the radar, coverage, the five levels, the five matters, loads and leaves."""

from django.urls import path

from cunlian.desk.radar import board, closing, leave, loads, views

urlpatterns = [
    path("radar/", views.radar, name="radar"),
    path("radar/gaps/<str:rule>/<uuid:key>/", closing.gap, name="radar_gap"),
    path("radar/coverage/", views.rules, name="coverage"),
    path("radar/coverage/<str:code>/", views.missing, name="coverage_missing"),
    path("radar/levels/", views.levels, name="levels"),
    path("radar/levels/<str:level>/", views.level, name="leading"),
    path("radar/five/", board.board, name="five"),
    path("radar/five/<uuid:pk>/<str:matter>/", board.name, name="five_name"),
    path("radar/five/<uuid:pk>/", board.end, name="five_end"),
    path("radar/loads/", loads.too_much, name="overload"),
    path("radar/loads/ceilings/", loads.ceilings, name="duty_ceilings"),
    path("radar/loads/ceilings/new/", loads.decide, name="duty_ceiling_new"),
    path("radar/leaves/new/<uuid:pk>/", leave.enter, name="leave_enter"),
    path("radar/leaves/<uuid:pk>/end/", leave.end, name="leave_end"),
]
