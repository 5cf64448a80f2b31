"""Addresses: residents at /, staff at /desk/, disclosure at /public/, programs at /api/v1/."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from cunlian.api.routes import api
from cunlian.config.language import set_language


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz),
    path("accounts/", include("cunlian.accounts.urls")),
    path("i18n/setlang/", set_language, name="set_language"),
    path("ui/", include("cunlian.ui.urls")),
    path("api/v1/", api.urls),
    path("desk/", include("cunlian.desk.urls")),
    path("", include("cunlian.resident.urls")),
]
