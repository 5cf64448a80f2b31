"""Two people at the same case in the same moment: one wins, the other is told; a button pressed twice at once does it once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from cunlian.cases.models import Case
from cunlian.cases.states import State
from cunlian.desk.cases.moves import seen_of
from cunlian.kernel.ids import uuid7
from cunlian.kernel.models import Activity
from tests.desk.conftest import Desk, Enter, move_url

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(clients: list[Client], url: str, said: list[dict[str, Any]]) -> list[int]:
    """The answers' statuses when all press in the same moment."""
    ready = Barrier(len(clients))

    def post(client: Client, form: dict[str, Any]) -> int:
        try:
            ready.wait(timeout=30)
            return client.post(url, form).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(clients)) as pool:
        return sorted(pool.map(post, clients, said))


def test_of_two_who_take_it_on_one_wins_and_the_other_is_told(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.REPORTED)
    clients = [enter(desk.keeper(case)), enter(desk.cast.dispatcher)]
    seen = seen_of(Case.objects.get(pk=case.pk))

    statuses = at_once(clients, move_url(case, "accept"), [{"seen": seen, "key": uuid7().hex} for _one in clients])

    assert statuses == [303, 409]
    assert Activity.objects.filter(verb="cases.accepted").count() == 1


def test_a_double_click_does_it_once(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.IN_PROGRESS)
    form = {"seen": seen_of(case), "key": uuid7().hex, "text": "明天到货"}

    statuses = at_once([enter(desk.keeper(case)) for _press in range(2)], move_url(case, "note_progress"), [form, form])

    assert statuses == [303, 303]
    assert case.remarks.count() == 1
