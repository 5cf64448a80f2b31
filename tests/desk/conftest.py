"""What the desk's tests share: the cases' own world, clients that are logged in, and pages read as their readers do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from cunlian.cases.models import Case
from cunlian.kernel.access import Actor
from tests.cases.conftest import Desk, desk, district
from tests.cast import log_in
from tests.tianditu import service

__all__ = ["Desk", "desk", "district", "service"]

Enter = Callable[[Actor], Client]


@pytest.fixture
def enter() -> Enter:
    """``enter(cast.grid_worker)``: a client of their own, logged in, reading English."""

    def client_of(actor: Actor) -> Client:
        client = log_in(Client(HTTP_ACCEPT_LANGUAGE="en"), actor)
        return client

    return client_of


def soup(response: object) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")  # type: ignore[attr-defined]


def case_url(case: Case) -> str:
    return reverse("desk:case", args=[case.pk])


def move_url(case: Case, name: str) -> str:
    return reverse("desk:move", args=[case.pk, name])


def press(client: Client, case: Case, name: str, **said: object) -> object:
    """Open the form of a move as a page without scripts does, fill it in and send it with what it hides."""
    page = soup(client.get(move_url(case, name)))
    form = page.select_one(f'form[action="{move_url(case, name)}"]') or page.select_one(
        f'form[action^="{move_url(case, name)}?"]'
    )
    assert form is not None, f"no form for {name}"
    hidden = {field["name"]: field["value"] for field in form.select("input[type=hidden]") if field.get("value")}
    hidden.pop("csrfmiddlewaretoken", None)
    return client.post(str(form["action"]), {**hidden, **said})
