"""Addresses of a resident's own data."""

from django.urls import path

from cunlian.resident.mydata import views

urlpatterns = [
    path("mine/data/", views.data, name="mydata"),
    path("mine/data/file/<str:kind>/", views.file, name="mydata_file"),
    path("mine/data/ask/", views.ask, name="mydata_ask"),
    path("mine/data/asked/<uuid:pk>/withdraw/", views.take_back, name="mydata_take_back"),
    path("mine/data/wishes/", views.wishes, name="mydata_wishes"),
    path("mine/data/phone/", views.phone, name="mydata_phone"),
    path("mine/data/phone/code/", views.phone_code, name="mydata_phone_code"),
    path("mine/consents/", views.consents, name="consents"),
    path("mine/consents/<str:code>/", views.consent, name="consent"),
]
