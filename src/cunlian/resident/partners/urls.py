"""Addresses of calls for partners."""

from django.urls import path

from cunlian.resident.partners import views

urlpatterns = [
    path("partners/", views.calls, name="partner_calls"),
    path("partners/applied/<str:receipt>/", views.done, name="applied"),
    path("partners/application/<str:receipt>/", views.detail, name="application"),
    path("partners/application/<str:receipt>/slip/", views.slip, name="application_slip"),
    path("partners/application/<str:receipt>/take-back/", views.take_back, name="application_take_back"),
    path("partners/<str:number>/", views.call, name="partner_call"),
]
