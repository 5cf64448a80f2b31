"""Addresses of choices and candidates."""

from django.urls import path

from cunlian.desk.choosing import candidates, doing, sheets, views

urlpatterns = [
    path("choosing/", views.choices, name="choices"),
    path("choosing/new/", doing.open_new, name="choice_new"),
    path("choosing/<uuid:pk>/", views.choice, name="choice"),
    path("choosing/<uuid:pk>/step/", doing.step, name="choice_step"),
    path("choosing/<uuid:pk>/move/<str:name>/", doing.move, name="choice_move"),
    path("choosing/<uuid:pk>/roll/", sheets.roll, name="choice_roll"),
    path("choosing/<uuid:pk>/sheets/<str:name>/", sheets.sheet, name="choice_sheet"),
    path("choosing/<uuid:pk>/candidates/new/", candidates.propose, name="candidate_new"),
    path("choosing/candidates/<uuid:pk>/", candidates.candidate, name="candidate"),
    path("choosing/candidates/<uuid:pk>/paper/", candidates.paper, name="candidate_paper"),
    path("choosing/candidates/<uuid:pk>/opinion/", candidates.opinion, name="candidate_opinion"),
    path("choosing/candidates/<uuid:pk>/withdraw/", candidates.withdraw, name="candidate_withdraw"),
    path("choosing/papers/<uuid:pk>/open/", candidates.open_file, name="candidate_paper_open"),
]
