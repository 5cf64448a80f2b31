"""The API of version 1, put together."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Schema

from cunlian.api import problems
from cunlian.api.cases import router as cases
from cunlian.api.description import DescribedAPI
from cunlian.api.keys import Key
from cunlian.api.places import router as places

api = DescribedAPI(
    title="Cunlian", version="1", description="Places and cases of one county.", auth=Key(), urls_namespace="api-v1",
    docs_url=None,
)  # fmt: skip
problems.install(api)
api.add_router("/places", places)
api.add_router("/cases", cases)


class Start(Schema):
    version: str
    description: str
    places: str
    cases: str


@api.get("/", response=Start, summary="Where to go from here")
def start(request: HttpRequest) -> dict[str, str]:
    return {
        "version": api.version, "description": "/api/v1/openapi.json", "places": "/api/v1/places",
        "cases": "/api/v1/cases",
    }  # fmt: skip
