"""What the pages of instructions are tested with: the chain of the domain's tests, and forms sent without scripts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from cunlian.instructions.models import Copy
from cunlian.kernel import clock
from tests.desk.conftest import soup
from tests.instructions.conftest import Chain, chain, working_day

__all__ = ["Chain", "chain"]


def url_of(copy: Copy) -> str:
    return reverse("desk:instruction_copy", args=[copy.pk])


def move_url(copy: Copy, name: str) -> str:
    return reverse("desk:instruction_move", args=[copy.pk, name])


def press(client: Client, copy: Copy, name: str, **said: object) -> Any:
    """Open the form of a move, fill it in and send it with what it hides."""
    form = soup(client.get(move_url(copy, name))).select_one("main form.form")
    assert form is not None, f"no form for {name}"
    hidden = {field["name"]: field["value"] for field in form.select("input[type=hidden]") if field.get("value")}
    return client.post(move_url(copy, name), {**hidden, **said})


def entry(chain: Chain, **said: object) -> dict[str, object]:
    """The form of a whole instruction."""
    due = working_day(5)
    return {
        "title": "查清闲置房", "text": "逐户核对。", "origin_kind": "paper", "origin": "区农〔2026〕12号",
        "origin_on": clock.today(), "basis": "村民委员会组织法第四十三条", "places": [str(chain.cast.world.village.pk)],
        "asked": "闲置房的间数", "return_kind": "number", "unit": "间", "due_on": due, "ends_on": due + timedelta(days=9),
        **said,
    }  # fmt: skip


def hidden_of(response: Any) -> dict[str, str]:
    form = soup(response).select_one("main form.form")
    assert form is not None
    return {
        str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden]") if field.get("value")
    }
