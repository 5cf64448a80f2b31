"""Addresses of this door."""

from django.urls import include, path

app_name = "resident"
urlpatterns = [
    path("", include("cunlian.resident.home.urls")),
    path("", include("cunlian.resident.cases.urls")),
    path("", include("cunlian.resident.coming_home.urls")),
    path("", include("cunlian.resident.partners.urls")),
    path("", include("cunlian.resident.villages.urls")),
    path("", include("cunlian.resident.account.urls")),
    path("", include("cunlian.resident.learning.urls")),
    path("", include("cunlian.resident.mydata.urls")),
    path("", include("cunlian.resident.seals.urls")),
    path("", include("cunlian.resident.talent.urls")),
]
