"""Addresses of mentoring, reserve cadres, cultivation and studies."""

from django.urls import path

from cunlian.desk.mentoring import doing, usual, views

urlpatterns = [
    path("mentoring/", views.mentorings, name="mentorings"),
    path("mentoring/new/", doing.begin, name="mentoring_new"),
    path("mentoring/plans/", views.plans, name="reserve_plans"),
    path("mentoring/plans/new/", doing.new_plan, name="reserve_plan_new"),
    path("mentoring/plans/<uuid:pk>/", views.plan, name="reserve_plan"),
    path("mentoring/plans/<uuid:pk>/correct/", doing.correct_plan, name="reserve_plan_correct"),
    path("mentoring/plans/<uuid:pk>/move/<str:name>/", doing.move_plan, name="reserve_plan_move"),
    path("mentoring/cultivation/", views.cultivation, name="cultivation"),
    path("mentoring/cultivation/new/", doing.propose, name="cultivation_new"),
    path("mentoring/cultivation/<uuid:pk>/move/<str:name>/", doing.move_cultivation, name="cultivation_move"),
    path("mentoring/studies/", views.studies, name="studies"),
    path("mentoring/studies/new/", doing.win_over, name="study_new"),
    path("mentoring/studies/<uuid:pk>/move/<str:name>/", doing.move_study, name="study_move"),
    path("mentoring/rhythm/", usual.rhythm_list, name="mentoring_usual"),
    path("mentoring/rhythm/new/", usual.change, name="mentoring_usual_new"),
    path("mentoring/<uuid:pk>/", views.mentoring, name="mentoring"),
    path("mentoring/<uuid:pk>/mentee/", doing.mentee, name="mentoring_mentee"),
    path("mentoring/<uuid:pk>/meeting/", doing.meeting, name="mentoring_meeting"),
    path("mentoring/<uuid:pk>/rhythm/", doing.rhythm, name="mentoring_rhythm"),
    path("mentoring/<uuid:pk>/move/<str:name>/", doing.move, name="mentoring_move"),
]
