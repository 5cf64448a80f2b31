"""What the disputes' pages are tested with: the mediation body of the domain's tests, and pages pressed without scripts."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from cunlian.cases.disputes.models import Dispute
from tests.cases.disputes.conftest import Peace, peace
from tests.desk.conftest import soup

__all__ = ["Peace", "peace"]


def url_of(dispute: Dispute) -> str:
    return reverse("desk:dispute", args=[dispute.pk])


def move_url(dispute: Dispute, name: str) -> str:
    return reverse("desk:dispute_move", args=[dispute.pk, name])


def press(client: Client, dispute: Dispute, name: str, **said: object) -> object:
    """Open the form of a move, fill it in and send it with what it hides."""
    form = soup(client.get(move_url(dispute, name))).select_one("main form.form")
    assert form is not None, f"no form for {name}"
    hidden = {field["name"]: field["value"] for field in form.select("input[type=hidden]") if field.get("value")}
    return client.post(move_url(dispute, name), {**hidden, **said})
