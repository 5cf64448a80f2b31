"""A resident's account: in, out, and who looked."""

from django.urls import path

from cunlian.resident.account import views

urlpatterns = [
    path("enter/", views.enter, name="enter"),
    path("enter/code/", views.enter_code, name="enter_code"),
    path("leave/", views.leave, name="leave"),
    path("mine/looks/", views.looks, name="looks"),
]
