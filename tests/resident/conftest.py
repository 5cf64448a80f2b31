"""Fixtures of the residents' door."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from tests.cast import Cast
from tests.resident.site import Site, Visitor, build_site


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Tests speak Chinese unless they ask for another language."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def site(cast: Cast) -> Site:
    return build_site(cast)


@pytest.fixture
def visitor(client: Client) -> Visitor:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-CN"
    return Visitor(client)


@pytest.fixture
def stranger() -> Visitor:
    return Visitor(Client(HTTP_ACCEPT_LANGUAGE="zh-CN"))
