"""Addresses of training."""

from django.urls import path

from cunlian.desk.learning import doing, views

urlpatterns = [
    path("learning/", views.courses, name="courses"),
    path("learning/new/", doing.plan, name="course_new"),
    path("learning/sessions/", views.sessions, name="sessions"),
    path("learning/sessions/<uuid:pk>/", views.session, name="session"),
    path("learning/sessions/<uuid:pk>/sheet/", views.sheet, name="session_sheet"),
    path("learning/sessions/<uuid:pk>/enter/", doing.enter, name="session_enter"),
    path("learning/sessions/<uuid:pk>/declare/", doing.declare, name="session_declare"),
    path("learning/sessions/<uuid:pk>/lessons/", doing.lessons, name="session_lessons"),
    path("learning/sessions/<uuid:pk>/move/<str:name>/", doing.move_session, name="session_move"),
    path("learning/attendance/<uuid:pk>/out/", doing.attendance_out, name="attendance_out"),
    path("learning/calls/<uuid:pk>/out/", doing.call_out, name="call_out"),
    path("learning/certificates/<uuid:pk>/print/", doing.print_one, name="certificate_print"),
    path("learning/certificates/<uuid:pk>/back/", doing.revoke, name="certificate_revoke"),
    path("learning/<uuid:pk>/", views.course, name="course"),
    path("learning/<uuid:pk>/correct/", doing.correct, name="course_correct"),
    path("learning/<uuid:pk>/who/", views.course_roster, name="course_roster"),
    path("learning/<uuid:pk>/session/", doing.new_session, name="session_new"),
    path("learning/<uuid:pk>/post/", doing.call_post, name="course_call_post"),
    path("learning/<uuid:pk>/person/", doing.call_person, name="course_call_person"),
    path("learning/<uuid:pk>/certificates/", views.certificates, name="certificates"),
    path("learning/<uuid:pk>/certificates/issue/", doing.issue, name="certificates_issue"),
    path("learning/<uuid:pk>/move/<str:name>/", doing.move, name="course_move"),
]
