"""Addresses of the register of skills for residents."""

from django.urls import path

from cunlian.resident.talent import mine, views

urlpatterns = [
    path("skills/", views.skills, name="skills"),
    path("skills/enter/", views.enter, name="skills_enter"),
    path("skills/thanks/", views.thanks, name="skills_thanks"),
    path("v/<str:code>/skills/", views.of_village, name="village_skills"),
    path("mine/skills/", mine.mine, name="my_skills"),
    path("mine/skills/agree/", mine.agree, name="my_skills_agree"),
    path("mine/skills/decline/", mine.decline, name="my_skills_decline"),
    path("mine/skills/confirm/", mine.confirm, name="my_skills_confirm"),
    path("mine/skills/change/", mine.change, name="my_skills_change"),
]
