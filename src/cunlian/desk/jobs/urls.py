"""Addresses of the long work one started."""

from django.urls import path

from cunlian.desk.jobs import views

urlpatterns = [
    path("jobs/", views.job_list, name="jobs"),
    path("jobs/<uuid:pk>/", views.detail, name="job"),
    path("jobs/<uuid:pk>/file/", views.file, name="job_file"),
]
