"""Circumstances: with a purpose, a basis, named viewers and an end; hidden when the basis ends, then erased."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.kernel.models import Activity, Look
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid, Missing
from cunlian.people import consent
from cunlian.people.consent.circumstances import (
    end_circumstance,
    end_viewer,
    look_at_circumstance,
    name_viewer,
    note_circumstance,
)
from cunlian.people.consent.retention import KEPT, forget_ended
from cunlian.people.models import Circumstance, CircumstanceKind, Consent, Person, Purpose, PurposeViewer
from tests.cast import Cast

WORDS = "一个人住，晚上看不清路"


def soon(days: int = 90) -> date:
    return clock.today() + timedelta(days=days)


@pytest.fixture
def person(cast: Cast) -> Person:
    return cast.world.persons["resident"]


@pytest.fixture
def viewer(cast: Cast) -> PurposeViewer:
    return name_viewer(
        by=cast.township_staff, purpose="home_help", place=cast.world.grid, post_id=cast.world.posts["grid_worker"].pk
    )


@pytest.fixture
def agreed(cast: Cast, person: Person) -> Consent:
    return consent.give(person, by=cast.resident, purpose="home_help", way=Consent.Way.ONLINE)


def note(person: Person, by: Actor, **values: Any) -> Circumstance:
    said: dict[str, Any] = {
        "purpose": "home_help",
        "kind": CircumstanceKind.LIVING_ALONE,
        "ends_on": soon(),
        "words": WORDS,
    }
    return note_circumstance(person, by=by, **(said | values))


@pytest.fixture
def noted(cast: Cast, person: Person, viewer: PurposeViewer, agreed: Consent) -> Circumstance:
    return note(person, cast.grid_worker)


def test_named_post_notes_and_sees_it_and_the_person_reads_who_looked(
    cast: Cast, person: Person, noted: Circumstance
) -> None:
    told = look_at_circumstance(noted, by=cast.grid_worker, purpose="冬天上门看看")
    assert (told.kind, told.words) == (CircumstanceKind.LIVING_ALONE, WORDS)
    look = Look.objects.get(person_id=person.pk)
    assert (look.post_id, look.fields) == (cast.world.posts["grid_worker"].pk, "circumstance")
    assert WORDS not in str(list(Activity.objects.values("changed")))


def test_nothing_of_it_stands_in_the_clear(noted: Circumstance) -> None:
    row = Circumstance.objects.values().get(pk=noted.pk)
    assert not any("living_alone" in str(value) or WORDS in str(value) for value in row.values())


@pytest.mark.parametrize(
    "name", ["village_cadre", "village_head", "lane_leader", "neighbour_worker", "township_staff", "county_staff",
             "county_leader", "auditor", "administrator", "stranger", "anonymous"],
)  # fmt: skip
def test_no_rank_sees_it_without_being_named(cast: Cast, noted: Circumstance, name: str) -> None:
    by = getattr(cast, name)
    assert not Circumstance.objects.visible_to(by).exists()
    for act in (lambda: look_at_circumstance(noted, by=by, purpose="看看"), lambda: end_circumstance(noted, by=by)):
        with pytest.raises((Missing, Forbidden)):
            act()
    assert not Look.objects.exists()


def test_without_consent_nothing_is_noted(cast: Cast, person: Person, viewer: PurposeViewer) -> None:
    with pytest.raises(Invalid) as refusal:
        note(person, cast.grid_worker)
    assert refusal.value.field == "purpose"


def test_what_the_law_obliges_to_needs_no_consent(cast: Cast, person: Person) -> None:
    post = cast.world.posts["village_cadre"].pk
    name_viewer(by=cast.county_staff, purpose="child_care", place=cast.world.village, post_id=post)
    kept = note(person, cast.village_cadre, purpose="child_care", kind=CircumstanceKind.LEFT_BEHIND)
    assert Circumstance.objects.visible_to(cast.village_cadre).get() == kept


@pytest.mark.parametrize(("values", "field"), [
    ({"kind": CircumstanceKind.LEFT_BEHIND}, "kind"),
    ({"purpose": "talent"}, "kind"),
    ({"ends_on": date(2020, 1, 1)}, "ends_on"),
    ({"ends_on": date(2099, 1, 1)}, "ends_on"),
    ({"words": "长" * 501}, "words"),
])  # fmt: skip
def test_each_has_a_fitting_kind_few_words_and_an_end(
    cast: Cast, person: Person, viewer: PurposeViewer, agreed: Consent, values: dict[str, Any], field: str
) -> None:
    post = cast.world.posts["grid_worker"].pk
    PurposeViewer.objects.create(
        purpose=consent.purpose_of("talent"), post_id=post, place=cast.world.grid, starts_on=clock.today()
    )
    with pytest.raises(Invalid) as refusal:
        note(person, cast.grid_worker, **values)
    assert refusal.value.field == field


def test_only_named_keepers_note(cast: Cast, person: Person, viewer: PurposeViewer, agreed: Consent) -> None:
    for name in ("village_cadre", "neighbour_worker", "auditor", "resident"):
        with pytest.raises(Forbidden):
            note(person, getattr(cast, name))


def test_look_needs_a_reason(cast: Cast, noted: Circumstance) -> None:
    with pytest.raises(Invalid):
        look_at_circumstance(noted, by=cast.grid_worker, purpose=" ")


def test_ended_early_it_is_gone_at_once(cast: Cast, noted: Circumstance) -> None:
    end_circumstance(noted, by=cast.grid_worker)
    assert not Circumstance.objects.filter(pk=noted.pk).exists()
    assert Activity.objects.filter(verb="people.circumstance_ended", object_id=noted.pk).count() == 1


def test_viewer_who_is_ended_sees_nothing_from_then_on(cast: Cast, noted: Circumstance, viewer: PurposeViewer) -> None:
    with pytest.raises(Forbidden):
        end_viewer(viewer, by=cast.village_cadre)
    end_viewer(viewer, by=cast.township_staff)
    assert not Circumstance.objects.visible_to(cast.grid_worker).exists()
    assert Circumstance.objects.visible_to(cast.resident).get() == noted


def test_viewers_are_posts_that_work_there_named_once_by_the_township(cast: Cast, viewer: PurposeViewer) -> None:
    world = cast.world
    again: dict[str, Any] = {"purpose": "home_help", "place": world.grid, "post_id": world.posts["grid_worker"].pk}
    with pytest.raises(Conflict):
        name_viewer(by=cast.township_staff, **again)
    for values in ({"post_id": world.posts["neighbour_worker"].pk}, {"purpose": "talent"}):
        with pytest.raises(Invalid):
            name_viewer(by=cast.township_staff, **(again | values))
    for name in ("grid_worker", "village_head", "stranger"):
        with pytest.raises(Forbidden):
            name_viewer(by=getattr(cast, name), **again)


def test_consent_taken_back_hides_at_once_and_the_job_erases(
    cast: Cast, noted: Circumstance, agreed: Consent, monkeypatch: pytest.MonkeyPatch
) -> None:
    erased: list[Any] = []

    def erase(key: Any) -> int:
        erased.append(key)
        return 1

    monkeypatch.setitem(KEPT, "home_help", {"test": erase})
    consent.withdraw(agreed, by=cast.resident)
    for by in (cast.grid_worker, cast.resident, SYSTEM):
        assert not Circumstance.objects.visible_to(by).exists()
    assert Circumstance.objects.filter(pk=noted.pk).exists(), "hidden before the job has run"
    assert forget_ended(clock.now()) == 2
    assert not Circumstance.objects.filter(pk=noted.pk).exists()
    assert erased == [agreed.person_id]
    assert forget_ended(clock.now()) == 0


def test_consent_given_anew_keeps_what_was_kept(
    cast: Cast, person: Person, noted: Circumstance, agreed: Consent
) -> None:
    consent.withdraw(agreed, by=cast.resident)
    consent.give(person, by=cast.resident, purpose="home_help", way=Consent.Way.ONLINE)
    forget_ended(clock.now())
    assert Circumstance.objects.visible_to(cast.grid_worker).get() == noted


def test_past_its_day_it_is_hidden_and_erased(cast: Cast, noted: Circumstance) -> None:
    with clock.set_to(clock.at(noted.ends_on)):
        assert not Circumstance.objects.visible_to(cast.grid_worker).exists()
        assert forget_ended(clock.now()) == 1
    assert not Circumstance.objects.exists()


def test_a_purpose_that_ended_takes_everything_with_it(cast: Cast, noted: Circumstance, agreed: Consent) -> None:
    Purpose.objects.filter(code="home_help").update(ends_on=clock.today())
    assert not Circumstance.objects.visible_to(cast.grid_worker).exists()
    forget_ended(clock.now())
    assert not Circumstance.objects.exists()
    agreed.refresh_from_db()
    assert agreed.withdrawn_at and agreed.erased_at


def test_after_three_years_the_proof_of_a_consent_goes_too(cast: Cast, agreed: Consent) -> None:
    consent.withdraw(agreed, by=cast.resident)
    forget_ended(clock.now())
    assert Consent.objects.exists()
    forget_ended(clock.now() + timedelta(days=1100))
    assert not Consent.objects.exists()
