"""Every address asks for a log-in, except those listed here."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from tests.consistency.code import report

# For everybody, by the beginning of the address. Whoever adds one says why a stranger may come here.
PUBLIC = {
    "healthz": "the load balancer asks",
    "accounts/": "log-in itself; allauth guards its own pages",
    "i18n/": "choosing the language",
    "public/": "disclosure: meant for everybody",
    "api/v1/openapi.json": "the description of the API holds no data",
    "api/v1/docs": "the same, for reading",
}
SAMPLES = {
    "uuid": "00000000-0000-7000-8000-000000000000",
    "int": "1",
    "str": "x",
    "slug": "x",
    "path": "x",
}


def _addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str]]:
    """(route, a sample of it) of every address."""
    for entry in resolver.url_patterns:
        if not isinstance(entry.pattern, RoutePattern):
            continue
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route, re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1] or "str", "x"), route)
        else:
            yield from _addresses(entry, route)


@pytest.mark.django_db
def test_a_stranger_is_asked_to_log_in() -> None:
    client = Client(raise_request_exception=False)
    faults = []
    for route, sample in _addresses(get_resolver()):
        if route.startswith(tuple(PUBLIC)) or not route.startswith(("desk/", "api/")):
            continue
        for method in ("get", "post"):
            answer = getattr(client, method)(f"/{sample}")
            asked = answer.status_code in (401, 403, 405) or (
                answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
            )
            if not asked:
                faults.append(f"{method.upper()} /{route} → {answer.status_code}")
    report(faults, "Log-in is the rule (or list it in PUBLIC and say why a stranger may come here):")


def test_every_address_belongs_to_a_door() -> None:
    doors = ("desk/", "api/", *PUBLIC)
    names = {entry.app_name for entry in get_resolver().url_patterns if isinstance(entry, URLResolver)}
    loose = [
        route
        for route, _sample in _addresses(get_resolver())
        if not route.startswith(doors) and "resident" not in names
    ]
    report(loose, "Addresses are / for residents, /desk/, /public/, /api/v1/:")
