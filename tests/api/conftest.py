"""A program with a key, and what it says and hears."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from cunlian.accounts.actions import make_service_key
from cunlian.accounts.models import ServiceKey
from cunlian.accounts.roles import Role
from cunlian.api.problems import MEDIA_TYPE
from cunlian.cases.rules import PROGRAM_SCOPES as SCOPES
from cunlian.organisations.actions import make_post_key
from cunlian.organisations.models import Post
from cunlian.places.models import Place
from tests.cases.conftest import Desk, desk, district

__all__ = ["SCOPES", "desk", "district"]


@dataclass(frozen=True)
class Program:
    """Calls the API with its key; every failure must come as a problem."""

    client: Client
    secret: str
    key: ServiceKey | None = None

    def call(self, method: str, address: str, body: Any = None, **headers: str) -> HttpResponse:
        data = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        known = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        response: HttpResponse = getattr(self.client, method)(f"/api/v1{address}", headers=known | headers, **data)
        if response.status_code >= 400:
            assert response.headers["Content-Type"].startswith(MEDIA_TYPE), response.content
            assert {"type", "title", "status", "detail"} <= set(response.json())  # type: ignore[attr-defined]
        return response

    def get(self, address: str, **headers: str) -> Any:
        return self.call("get", address, **headers)

    def post(self, address: str, body: Any, **headers: str) -> Any:
        return self.call("post", address, body, **headers)

    def move(self, case: Any, name: str, **body: Any) -> Any:
        return self.post(f"/cases/{case.pk}/moves/{name}", body)


MakeKey = Callable[..., Program]


@pytest.fixture(autouse=True)
def empty_cache(db: None) -> None:
    cache.clear()


@pytest.fixture
def key(desk: Desk) -> MakeKey:
    """``key(place, role=…, scopes=…)``: a program with a key of its own; ``key(post=…)``: one that acts as a post."""

    def make(
        place: Place | None = None,
        role: str = Role.DISPATCHER,
        scopes: Iterable[str] = SCOPES,
        post: Post | None = None,
    ) -> Program:
        said: dict[str, Any] = {"by": desk.cast.administrator, "name": "热线", "scopes": scopes}
        where = place or desk.cast.world.township
        made, secret = make_post_key(post, **said) if post else make_service_key(place=where, role=role, **said)
        return Program(Client(raise_request_exception=False), secret, made)

    return make


@pytest.fixture
def program(key: MakeKey) -> Program:
    """The township's hotline: all scopes the API knows, as a dispatcher."""
    return key()


@pytest.fixture
def stranger(desk: Desk) -> Program:
    return Program(Client(raise_request_exception=False), "")
