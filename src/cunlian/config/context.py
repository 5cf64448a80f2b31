"""What every page may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cunlian.places.models import District


def _filing_number() -> str:
    """The district's filing number, asked for only by pages that have a foot; the setting until a district is set up."""
    return District.objects.values_list("filing_number", flat=True).first() or str(settings.FILING_NUMBER)


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "actor": getattr(request, "actor", None),
        "demo": settings.DEMO,
        "filing_number": SimpleLazyObject(_filing_number),
        "service_phone": settings.SERVICE_PHONE,
    }
