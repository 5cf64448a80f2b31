"""Addresses of proposals of who takes what."""

from django.urls import path

from cunlian.desk.assignment import doing, views

urlpatterns = [
    path("assignment/", views.assignments, name="assignments"),
    path("assignment/new/<uuid:pk>/", doing.new, name="assignment_new"),
    path("assignment/lines/<uuid:pk>/rule/", doing.rule, name="assignment_rule"),
    path("assignment/posts/<uuid:pk>/ceiling/", doing.ceiling, name="assignment_ceiling"),
    path("assignment/<uuid:pk>/", views.detail, name="assignment"),
    path("assignment/<uuid:pk>/move/<str:name>/", doing.move, name="assignment_move"),
]
