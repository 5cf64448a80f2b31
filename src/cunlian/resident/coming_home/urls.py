"""Addresses of coming home."""

from django.urls import path

from cunlian.resident.coming_home import views

urlpatterns = [
    path("coming-home/", views.tell, name="coming_home"),
    path("coming-home/done/<str:receipt>/", views.done, name="home_done"),
    path("coming-home/<str:receipt>/", views.detail, name="home_path"),
    path("coming-home/<str:receipt>/slip/", views.slip, name="home_slip"),
    path("coming-home/<str:receipt>/take-back/", views.withdraw, name="home_take_back"),
]
