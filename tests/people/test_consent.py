"""Consent: given by the person, on paper or by a guardian, to words of a version, and taken back without harm."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile

from cunlian.kernel import clock, evidence
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity, Attachment, Evidence
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid, Missing
from cunlian.people import consent
from cunlian.people.consent.actions import add_text
from cunlian.people.consent.purposes import purpose_of
from cunlian.people.contact import looks_at
from cunlian.people.models import Consent, ConsentForm, Person, Purpose, PurposeText
from tests.cast import Cast

Way = Consent.Way
NEW_WORDS = "村里只记您在哪个省、做哪一行，其余都不记；可以随时撤回。"


@pytest.fixture
def person(cast: Cast) -> Person:
    return cast.world.persons["resident"]


@pytest.fixture
def form(db: None, settings: Any, tmp_path: Any) -> Evidence:
    settings.MEDIA_ROOT = tmp_path
    return evidence.store(ContentFile(b"%PDF-1.4 signed\n%%EOF", name="form.pdf"), sealed=True)


def test_person_agrees_online_and_takes_it_back(cast: Cast, person: Person) -> None:
    assert not consent.holds(person, "talent")
    given = consent.give(person, by=cast.resident, purpose="talent", way=Way.ONLINE)
    assert consent.holds(person, "talent") and not consent.holds(person, "contact_away")
    consent.withdraw(given, by=cast.resident)
    assert not consent.holds(person, "talent")
    assert [row.verb for row in Activity.objects.filter(object_id=given.pk).order_by("recorded_at")] == [
        "people.consent_given", "people.consent_withdrawn",
    ]  # fmt: skip


def test_form_on_paper_is_kept_and_who_entered_it(cast: Cast, person: Person, form: Evidence) -> None:
    by = cast.grid_worker.for_("paper", person.pk)
    given = consent.give(person, by=by, purpose="talent", way=Way.PAPER, scan=form)
    assert Attachment.objects.about(given).get().evidence == form
    row = Activity.objects.get(object_id=given.pk)
    assert (row.behalf_channel, row.behalf_id) == ("paper", person.pk)
    assert row.changed == {"purpose": [None, "talent"], "version": [None, 1], "way": [None, "paper"]}


@pytest.mark.parametrize(("values", "field"), [
    ({"way": Way.ONLINE}, "way"),
    ({"way": Way.PAPER}, "scan"),
    ({"way": Way.GUARDIAN, "scan": True}, "guardian"),
    ({"way": "shouted", "scan": True}, "way"),
    ({"way": Way.PAPER, "scan": True, "purpose": "everything"}, "purpose"),
])  # fmt: skip
def test_what_is_missing_is_said_beside_its_field(
    cast: Cast, person: Person, form: Evidence, values: dict[str, Any], field: str
) -> None:
    values = {"purpose": "talent", **values, "scan": form if values.get("scan") else None}
    with pytest.raises(Invalid) as refusal:
        consent.give(person, by=cast.village_cadre, **values)
    assert refusal.value.field == field
    assert not Consent.objects.exists()


def test_for_a_child_the_guardian_agrees(cast: Cast, person: Person, form: Evidence) -> None:
    Person.objects.filter(pk=person.pk).update(birth_year=clock.today().year - 14)
    for way in (Way.ONLINE, Way.PAPER):
        with pytest.raises(Invalid) as refusal:
            consent.give(person, by=cast.resident, purpose="talent", way=way, scan=form)
        assert "31" in str(refusal.value.rule)
    given = consent.give(
        person, by=cast.village_cadre, purpose="talent", way=Way.GUARDIAN, scan=form, guardian="张大山"
    )
    assert given.guardian_name == "张大山"
    assert "张大山".encode() not in bytes(Consent.objects.values_list("guardian", flat=True).get())


def test_somebody_of_fifteen_agrees_for_themself(cast: Cast, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(birth_year=clock.today().year - 15)
    assert consent.give(person, by=cast.resident, purpose="talent", way=Way.ONLINE)


@pytest.mark.parametrize("name", ["neighbour_worker", "stranger", "administrator", "village_supervisor", "auditor"])
def test_others_neither_give_nor_withdraw(cast: Cast, person: Person, form: Evidence, name: str) -> None:
    given = consent.give(person, by=cast.resident, purpose="talent", way=Way.ONLINE)
    with pytest.raises(Forbidden):
        consent.give(person, by=getattr(cast, name), purpose="contact_away", way=Way.PAPER, scan=form)
    with pytest.raises(Forbidden):
        consent.withdraw(given, by=getattr(cast, name))
    assert not Consent.objects.visible_to(cast.stranger).exists()
    assert Consent.objects.visible_to(cast.resident).get() == given


def test_agreeing_twice_is_one_consent_and_new_words_make_another(cast: Cast, person: Person) -> None:
    first = consent.give(person, by=cast.resident, purpose="talent", way=Way.ONLINE)
    assert consent.give(person, by=cast.resident, purpose="talent", way=Way.ONLINE) == first
    add_text(first.purpose, by=cast.county_staff, text=NEW_WORDS)
    assert consent.holds(person, "talent"), "who agreed to the earlier words agreed to those"
    with pytest.raises(Conflict):
        consent.give(person, by=cast.resident, purpose="talent", way=Way.ONLINE, version=1)
    second = consent.give(person, by=cast.resident, purpose="talent", way=Way.ONLINE, version=2)
    first.refresh_from_db()
    assert first.withdrawn_at and second.text.text == NEW_WORDS


def test_words_of_a_purpose_are_added_by_the_county_only(cast: Cast) -> None:
    purpose = consent.purpose_of("talent")
    with pytest.raises(Forbidden):
        add_text(purpose, by=cast.township_staff, text=NEW_WORDS)
    for words in ("短", purpose.current_text().text):
        with pytest.raises((Invalid, Conflict)):
            add_text(purpose, by=cast.county_staff, text=words)
    assert PurposeText.objects.count() == 1


def test_consent_is_asked_as_of_a_day(cast: Cast, person: Person) -> None:
    day = timedelta(days=1)
    given = consent.give(person, by=cast.resident, purpose="talent", way=Way.ONLINE)
    start = given.given_at - 10 * day
    Consent.objects.filter(pk=given.pk).update(given_at=start, withdrawn_at=start + 4 * day)
    asked = [consent.holds(person, "talent", clock.day_of(start + n * day)) for n in (-1, 0, 3, 4, 9)]
    assert asked == [False, True, True, False, False]


def test_a_purpose_that_ended_allows_nothing(cast: Cast, person: Person) -> None:
    consent.give(person, by=cast.resident, purpose="talent", way=Way.ONLINE)
    Purpose.objects.filter(code="talent").update(ends_on=date(2020, 1, 1))
    assert not consent.holds(person, "talent")
    with pytest.raises(Invalid):
        consent.give(person, by=cast.resident, purpose="talent", way=Way.ONLINE)


def test_nobody_erased_has_agreed_to_anything(cast: Cast, person: Person) -> None:
    consent.give(person, by=SYSTEM, purpose="talent", way=Way.ONLINE)
    Person.objects.filter(pk=person.pk).update(erased_at=clock.now())
    person.refresh_from_db()
    assert not consent.holds(person, "talent")


# --- printed forms ---


def _printed(cast: Cast, copies: int = 1, purpose: str = "talent") -> list[ConsentForm]:
    return consent.print_forms(purpose_of(purpose), by=cast.grid_worker, copies=copies)


def test_each_printed_form_has_a_number_of_its_own_and_proves_the_words(
    cast: Cast, person: Person, form: Evidence
) -> None:
    one, other = _printed(cast, 2)
    assert one.number != other.number and one.text == purpose_of("talent").current_text()
    by = cast.grid_worker.for_("paper", person.pk)
    spoken = f"{one.number[:4]} {one.number[4:]}"
    given = consent.give(person, by=by, purpose="talent", way=Way.PAPER, scan=form, form_number=spoken)
    assert given.form == one and Activity.objects.filter(verb="people.consent_forms_printed").count() == 1


def test_a_form_of_other_words_of_another_purpose_used_or_unknown_is_refused(
    cast: Cast, person: Person, form: Evidence
) -> None:
    other = cast.world.persons["village_cadre"]
    used, old, away = _printed(cast)[0], _printed(cast)[0], _printed(cast, purpose="contact_away")[0]
    Person.objects.filter(pk=other.pk).update(place=cast.world.village)
    said: dict[str, Any] = {"by": SYSTEM, "purpose": "talent", "way": Way.PAPER, "scan": form}
    consent.give(other, form_number=used.number, **said)
    add_text(purpose_of("talent"), by=cast.county_staff, text=NEW_WORDS)
    for number in (used.number, old.number, away.number, "26010000000", "nonsense"):
        with pytest.raises(Invalid) as refusal:
            consent.give(person, form_number=number, **said)
        assert refusal.value.field == "form_number", number
    assert not Consent.objects.filter(person=person).exists()


def test_forms_are_printed_by_keepers_and_for_what_is_asked_only(cast: Cast) -> None:
    for who in ("resident", "administrator", "auditor", "village_supervisor"):
        with pytest.raises(Forbidden):
            consent.print_forms(purpose_of("talent"), by=getattr(cast, who))
    for values in ({"purpose": "child_care"}, {"copies": 0}, {"copies": 21}):
        with pytest.raises(Invalid):
            _printed(cast, **values)  # type: ignore[arg-type]


def test_a_look_at_the_form_has_a_purpose_and_the_person_reads_it(cast: Cast, person: Person, form: Evidence) -> None:
    given = consent.give(person, by=cast.grid_worker, purpose="talent", way=Way.PAPER, scan=form)
    with pytest.raises(Invalid):
        consent.look_at_form(given, by=cast.grid_worker, purpose=" ")
    with pytest.raises(Forbidden):
        consent.look_at_form(given, by=cast.neighbour_worker, purpose="好奇")
    assert not looks_at(person)
    consent.look_at_form(given, by=cast.grid_worker, purpose="核对签名")
    assert [(line.fields, line.purpose) for line in looks_at(person)] == [("consent_form", "核对签名")]
    row = Activity.objects.get(verb="people.consent_form_seen")
    assert row.object_id == given.pk and row.actor_id == cast.grid_worker.user_id
    online = consent.give(person, by=cast.resident, purpose="contact_away", way=Way.ONLINE)
    with pytest.raises(Missing):
        consent.look_at_form(online, by=cast.grid_worker, purpose="核对签名")
