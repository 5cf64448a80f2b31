"""Mediation on the workbench: what this mediator owes, by its day, as a fact and never with what was said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cunlian.cases.disputes import actions
from cunlian.cases.disputes.actions import Said
from cunlian.cases.disputes.models import BodyMember, Dispute
from cunlian.cases.disputes.states import State
from cunlian.kernel import clock
from tests.cases.disputes.conftest import A_NAME, NOTE, SUBJECT, TERMS, Peace, peace
from tests.desk.conftest import Desk, Enter, soup
from tests.desk.home.test_workbench import counts

__all__ = ["peace"]
pytestmark = pytest.mark.django_db
TABS = ("waiting", "overdue", "today")
OUTSIDE = ("village_cadre", "township_staff", "county_leader", "dispatcher", "auditor", "grid_worker")


def _shown(client: Client, tab: str = "waiting") -> list[str]:
    return [str(link["href"]) for link in soup(client.get(f"/desk/?tab={tab}")).select(".todo .ttl > a")]


def _listed(client: Client, query: str) -> list[str]:
    return [str(link["href"]) for link in soup(client.get(f"/desk/disputes/?{query}")).select("td.ttl a")]


def _url(dispute: Dispute) -> str:
    return reverse("desk:dispute", args=[dispute.pk])


def test_what_the_mediator_owes_waits_for_them_and_opens_the_dispute(peace: Peace, enter: Enter) -> None:
    owed = [peace.in_state(state) for state in (State.ACCEPTED, State.IN_MEDIATION, State.AGREED)]
    for state in (State.PERFORMED, State.FAILED, State.BREACHED, State.WITHDRAWN):
        peace.in_state(state)
    client = enter(peace.cast.mediator)
    assert set(_shown(client)) == {_url(one) for one in owed}
    assert counts(client) == {"waiting": 3, "overdue": 0, "today": 0, "returned": 0, "word": 0, "passed": 0}


def test_each_count_opens_in_the_list_of_disputes(peace: Peace, enter: Enter) -> None:
    dispute, client = peace.in_state(State.IN_MEDIATION), enter(peace.cast.mediator)
    assert dispute.promise
    for now, tabs in ((dispute.promise.due_at - timedelta(hours=2), {"waiting", "today"}),
                      (dispute.promise.due_at + timedelta(days=9), {"waiting", "overdue"})):  # fmt: skip
        with clock.set_to(now):
            client = enter(peace.cast.mediator)
            assert {tab for tab in TABS if _shown(client, tab)} == tabs == {tab for tab in TABS if counts(client)[tab]}
            for tab in tabs:
                link = soup(client.get(f"/desk/?tab={tab}")).select_one('p.picked a[href^="/desk/disputes/"]')
                assert link is not None and _listed(client, str(link["href"]).split("?")[1]) == [_url(dispute)]


def test_it_stands_among_the_requests_by_its_day(peace: Peace, desk: Desk, enter: Enter) -> None:
    early = peace.in_state(State.IN_MEDIATION)
    assert early.promise
    with clock.set_to(early.promise.due_at + timedelta(days=1)):
        case = desk.report("迟不了的。")
        case.holder = peace.cast.world.posts["mediator"]
        case.save(update_fields=["holder"])
        page = soup(enter(peace.cast.mediator).get("/desk/"))
    heads = [head.text.split()[0] for head in page.select(".todo .grp th")]
    assert heads == ["Overdue1", "Coming"]
    assert [row.select_one(".act a").text for row in page.select(".todo tr:has(.ttl)")] == [  # type: ignore[union-attr]
        "Agreement reached", "Take on",
    ]  # fmt: skip


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_else_owes_it(peace: Peace, enter: Enter, who: str) -> None:
    for state in (State.APPLIED, State.IN_MEDIATION, State.AGREED):
        peace.in_state(state)
    assert set(counts(enter(getattr(peace.cast, who))).values()) == {0}


def test_another_member_of_the_body_does_not_owe_it(peace: Peace, enter: Enter) -> None:
    peace.in_state(State.IN_MEDIATION)
    assert counts(enter(peace.cast.social_worker))["waiting"] == 0


def test_without_a_mediator_it_waits_for_the_head_of_the_body(peace: Peace, enter: Enter) -> None:
    new = {_url(peace.in_state(state)) for state in (State.APPLIED, State.FOUND, State.CONSENTED)}
    head = enter(peace.cast.mediator)
    assert set(_shown(head)) == new and not _shown(enter(peace.cast.social_worker))
    BodyMember.objects.filter(is_head=True).update(is_head=False)
    assert not _shown(head)


def test_who_is_a_side_owes_and_sees_nothing(peace: Peace, enter: Enter) -> None:
    dispute = peace.in_state(State.IN_MEDIATION)
    dispute.parties.filter(side="b").update(person=peace.cast.world.persons["mediator"])
    assert not _shown(enter(peace.cast.mediator)) and counts(enter(peace.cast.mediator))["waiting"] == 0


def test_the_bench_tells_the_fact_and_nothing_of_the_file(peace: Peace, enter: Enter) -> None:
    dispute = peace.in_state(State.AGREED, side_b=Said(name="魏石榴", phone="13500002222"))
    actions.add_note(dispute, by=peace.cast.mediator, side="a", text=NOTE)
    text = soup(enter(peace.cast.mediator).get("/desk/")).text
    assert dispute.number in text and "Between neighbours" in text
    assert not any(words in text for words in (SUBJECT, TERMS, NOTE, A_NAME, "贾*峰", "魏*榴", "让了一步"))


def test_the_side_bar_counts_the_same(peace: Peace, enter: Enter) -> None:
    peace.in_state(State.IN_MEDIATION)
    link = soup(enter(peace.cast.mediator).get("/desk/disputes/")).select_one('nav a[href="/desk/"]')
    assert link is not None and link.text.strip().endswith("1")


def test_queries_are_as_many_for_one_row_as_for_many(
    peace: Peace, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    client, taken = enter(peace.cast.mediator), []
    for more in (1, 5):
        for _n in range(more):
            peace.in_state(State.IN_MEDIATION)
        with django_assert_max_num_queries(90) as seen:
            client.get("/desk/")
        taken.append(len(seen))
    assert taken[0] == taken[1]
