"""Who knows the fact, who may look inside, and who reads the notes: the mediators, and nobody else."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection

from cunlian.cases.disputes import actions
from cunlian.cases.disputes.actions import Said
from cunlian.cases.disputes.models import BodyMember, Dispute, MediationNote
from cunlian.cases.disputes.rules import is_inside, may_read
from cunlian.cases.disputes.states import State
from cunlian.kernel import clock, erasure, figures
from cunlian.kernel.access import SYSTEM, may
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Forbidden
from cunlian.people.actions import erase_person
from tests.cases.disputes.conftest import A_NAME, A_PHONE, NOTE, SUBJECT, TERMS, Peace

pytestmark = pytest.mark.django_db

ALL = (
    "grid_worker neighbour_worker lane_leader village_cadre village_head social_worker village_supervisor mediator "
    "area_staff township_staff township_head dispatcher county_staff county_leader auditor administrator stranger "
    "resident anonymous neighbour_cadre"
).split()
INSIDE = {"mediator", "social_worker"}
KNOWS = INSIDE | {
    "village_cadre", "village_head", "area_staff", "township_staff", "township_head", "dispatcher", "county_staff",
    "county_leader", "auditor",
}  # fmt: skip


def _noted(peace: Peace, **values: object) -> Dispute:
    dispute = peace.in_state(State.AGREED, **values)
    actions.add_note(dispute, by=peace.cast.mediator, side="a", text=NOTE)
    return dispute


@pytest.mark.parametrize("name", ALL)
def test_the_fact_the_file_and_the_notes(peace: Peace, name: str) -> None:
    dispute, actor = _noted(peace), getattr(peace.cast, name)
    assert Dispute.objects.visible_to(actor).exists() == (name in KNOWS)
    assert Dispute.objects.readable_by(actor).exists() == (name in INSIDE | {"auditor"})
    assert MediationNote.objects.visible_to(actor).exists() == (name in INSIDE)
    assert (may_read(actor, dispute), is_inside(actor, dispute)) == (name in INSIDE | {"auditor"}, name in INSIDE)
    assert may(actor, "disputes.note", dispute) == (name in INSIDE)


@pytest.mark.parametrize("name", sorted(set(ALL) - INSIDE))
def test_nobody_else_does_anything(peace: Peace, name: str) -> None:
    dispute = peace.in_state(State.IN_MEDIATION)
    with pytest.raises(Forbidden):
        actions.add_note(dispute, by=getattr(peace.cast, name), side="a", text=NOTE)
    with pytest.raises(Forbidden):
        actions.fail_dispute(dispute, by=getattr(peace.cast, name), ways=["court"])


def test_a_member_who_is_a_side_is_not_inside(peace: Peace) -> None:
    _noted(peace, side_b=Said(person=peace.cast.world.persons["social_worker"]))
    assert not Dispute.objects.inside_of(peace.cast.social_worker).exists()
    assert not MediationNote.objects.visible_to(peace.cast.social_worker).exists()
    assert MediationNote.objects.visible_to(peace.cast.mediator).exists()


def test_a_member_whose_unit_is_a_side_is_not_inside(peace: Peace) -> None:
    _noted(peace, side_b=Said(organisation=peace.cast.world.units["committee"]))
    assert not MediationNote.objects.visible_to(peace.cast.social_worker).exists()


def test_who_has_left_the_body_reads_no_more(peace: Peace) -> None:
    _noted(peace)
    seat = BodyMember.objects.get(post=peace.cast.world.posts["social_worker"])
    actions.end_member(seat, by=peace.cast.township_staff)
    assert not MediationNote.objects.visible_to(peace.cast.social_worker).exists()


def _tables() -> str:
    """Every cell of the log and the outbox, as text."""
    found = [json.dumps(row.changed, ensure_ascii=False) for row in Activity.objects.all().order_by("pk")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM kernel_outboxentry")
        found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_the_log_knows_that_a_note_was_written_and_nothing_of_it(peace: Peace) -> None:
    dispute = _noted(peace)
    row = Activity.objects.get(verb="disputes.noted")
    assert (row.object_id, row.changed) == (dispute.pk, {})
    for secret in (NOTE, SUBJECT, TERMS, A_NAME, A_PHONE):
        assert secret not in _tables()


def test_the_note_is_sealed_in_the_database(peace: Peace) -> None:
    _noted(peace)
    note = MediationNote.objects.get()
    assert note.words == NOTE and NOTE.encode() not in bytes(note.text)


def test_what_a_dispute_is_called_tells_nothing_of_it(peace: Peace) -> None:
    dispute = _noted(peace)
    assert SUBJECT not in str(dispute) and A_NAME not in str(dispute)


@pytest.mark.parametrize("name", ALL)
def test_a_note_changes_no_number_anybody_can_ask_for(peace: Peace, name: str) -> None:
    dispute, actor = peace.in_state(State.IN_MEDIATION), getattr(peace.cast, name)
    codes = [code for code in figures.INDICATORS if code.startswith("disputes.")]
    before = [figures.compute(code, actor).value for code in codes]
    actions.add_note(dispute, by=peace.cast.mediator, side="b", text=NOTE)
    assert [figures.compute(code, actor).value for code in codes] == before


def test_erasing_a_side_leaves_nothing_of_it(peace: Peace) -> None:
    dispute = _noted(peace)
    person = dispute.parties.get(side="a").person
    assert person is not None
    erase_person(person, by=peace.cast.township_staff)
    dispute = peace.again(dispute)
    assert (dispute.subject, dispute.agreement.terms) == ("", "")
    assert dispute.parties.get(side="a").person is None
    assert not MediationNote.objects.exists()
    assert [session.words for session in dispute.sessions.all()] == [""]
    assert dispute.state == State.AGREED and dispute.number
    assert erasure.ERASERS["disputes.parties"](person.pk) == 0


def test_erasing_a_member_leaves_the_seat_empty(peace: Peace) -> None:
    erase_person(peace.elder, by=peace.cast.township_staff)
    assert BodyMember.objects.filter(person=None, post=None).count() == 1


def test_a_seat_that_begins_tomorrow_opens_nothing_today(peace: Peace) -> None:
    _noted(peace)
    actions.add_member(
        peace.body, by=SYSTEM, post=peace.cast.world.posts["village_cadre"], starts_on=clock.today() + timedelta(days=1)
    )
    assert not Dispute.objects.inside_of(peace.cast.village_cadre).exists()
