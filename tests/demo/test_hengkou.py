"""The demonstration builds through the actions and holds together."""

from __future__ import annotations

import pytest
from django.db.models import Q

from cunlian.accounts.actors import actor_of
from cunlian.accounts.models import User
from cunlian.accounts.roles import Role
from cunlian.cases.models import Case, Showing
from cunlian.demo.hengkou import build
from cunlian.demo.hengkou.people import SINCE, a_resident
from cunlian.instructions.models import Copy, Form, Programme
from cunlian.kernel import clock, figures
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity, Look, OutboxEntry
from cunlian.kernel.verification import verify
from cunlian.organisations.chain import chain_for
from cunlian.organisations.models import Capacity, Duty, Organisation, OrganisationKind, Post, Posting, PostKind, Rank
from cunlian.people.duplicates import alike
from cunlian.people.models import (
    Absence,
    Circumstance,
    Consent,
    DataRequest,
    House,
    Household,
    HouseholdSuccession,
    HouseUse,
    Membership,
    Person,
    PersonMerge,
    PersonPair,
    PurposeViewer,
)
from cunlian.places.models import Area, District, Level, PlaceVersion, on
from cunlian.talent.models import Attendance

pytestmark = pytest.mark.django_db


def test_a_district_with_everything_in_it() -> None:
    steps: list[int] = []
    logins = build.build(steps.append, count=12)
    district = District.current()
    assert (district.listed().count(), district.counted().count()) == (98, 96)
    assert Area.objects.filter(area_kind=Area.AreaKind.MANAGEMENT).count() == 9
    assert len(logins) >= len(Role) - 2
    assert Household.objects.values("place").distinct().count() >= 6 and Household.objects.count() >= 300
    assert Case.objects.count() > 12 and sum(steps) > 200
    assert not OutboxEntry.objects.filter(state=OutboxEntry.State.WAITING).exists()
    assert Activity.objects.filter(object_kind="case", verb="cases.reported").count() > 0
    received = figures.compute("cases.received", SYSTEM).value
    assert received == Case.objects.count()
    assert not [finding for finding in verify().findings if finding.kind in {"changed", "missing", "forged"}]
    assert Person.objects.exclude(name="").count() > 600
    name, phone = a_resident()
    assert [person.name for person in Person.objects.with_phone(phone)] == [name]
    _register_is_alive()
    _consents_are_there()
    _benches_are_full()
    _staff_live_where_they_work(district)
    _the_report_is_told()
    _every_kind_is_there()


def _staff_live_where_they_work(district: District) -> None:
    """A list of who attended tells villages; and the city's work station counts without a rank of the city in the chain."""
    grid_post = Q(post__place__level=Level.GRID)
    workers = Posting.objects.filter(grid_post).select_related("post__place", "person__place")
    assert workers and all(row.post.place.code.startswith(row.person.place.code) for row in workers)
    assert Attendance.objects.values("person__place").distinct().count() > 50
    assert figures.compute("organisations.city_work_station_count", SYSTEM).value == 1
    assert Rank.CITY not in [link.rank for link in chain_for(workers[0].post.place, clock.today())]


def _told(claim: str) -> int | None:
    code = next(one.code for one in figures.INDICATORS.values() if claim in one.claims)
    return figures.compute(code, SYSTEM).value


def _the_report_is_told() -> None:
    """What the zone's report counts of units and posts is counted here from records, to the same numbers."""
    report = {"A01": 96, "A02": 226_000, "A03": 38_331, "A04": 646, "A05": 5, "A06": 54, "A07": 127, "A08": 44, "A09": 9,
              "A10": 9, "A11": 1, "A12": 5, "A14": 1, "A18": 18, "B01": 1, "B02": 1, "B03": 5, "B04": 2, "B05": 2, "B06": 5,
              "B22": 5, "C28": 3, "C29": 3, "D24": 1, "D25": 4, "D26": 2, "E21": 1}  # fmt: skip
    assert {claim: _told(claim) for claim in report} == report


def _every_kind_is_there() -> None:
    """Every capacity somebody may answer in, every kind of unit and post, every basis of a posting."""
    today = clock.today()
    for model, field, kinds in (
        (Duty, "capacity", Capacity), (Organisation, "organisation_kind", OrganisationKind),
        (Post, "post_kind", PostKind), (Posting, "basis", Posting.Basis), (Programme, "form", Form),
    ):  # fmt: skip
        rows = model.objects.filter(on(today)).values_list(field, flat=True)  # type: ignore[attr-defined]
        assert set(kinds.values) - set(rows) <= {Form.PLAN}, model  # type: ignore[attr-defined]
    assert set(Consent.objects.values_list("way", flat=True)) == set(Consent.Way.values)
    assert PlaceVersion.objects.exists() and PersonPair.objects.exists()


def _benches_are_full() -> None:
    """Whoever logs in finds work of today; and what was put right is shown on the village's page."""
    for name in ("social", "lane", "area", "township"):
        actor = actor_of(User.objects.get(username=name))
        assert Case.objects.waiting_for(actor).count() >= 3, name
    assert Copy.objects.filter(post__in=actor_of(User.objects.get(username="supervisor")).post_ids).count() >= 2
    assert Showing.objects.running().count() == 2


def _register_is_alive() -> None:
    """Every object of the register is there, with a past that differs from today."""
    assert House.objects.filter(use=HouseUse.RUINED).exists() and HouseholdSuccession.objects.exists()
    brought = Household.objects.filter(import_traces__isnull=False)
    assert brought.exists() and not Household.objects.filter(lane=None).exclude(pk__in=brought).exists()
    assert Household.objects.filter(house=None).exclude(pk__in=brought).count() < 20
    assert not Household.objects.filter(invented=False).exists()
    assert not Person.objects.filter(invented=False, memberships__isnull=False).exists()
    assert Absence.objects.exclude(ask_about="").exists() and PersonMerge.objects.count() == 2  # one of them undone
    assert {person.gone_because for person in Person.objects.exclude(gone_on=None)} == set(Person.Gone)
    known = Membership.objects.exclude(person__import_traces__isnull=False)
    begun, now = (known.on(day).count() for day in (SINCE, clock.today()))
    assert begun > now > 600
    assert [pair.sure for pair in alike(SYSTEM)]


def _consents_are_there() -> None:
    """Given on paper and online, one taken back; circumstances with an end; a look; a wish done and one open."""
    assert {consent.way for consent in Consent.objects.all()} >= {"paper", "online"}
    assert Consent.objects.exclude(withdrawn_at=None).exists() and PurposeViewer.objects.count() == 3
    assert Circumstance.objects.in_force().count() >= 3
    assert Look.objects.filter(fields="circumstance").exists()
    assert {wish.state for wish in DataRequest.objects.all()} == {"asked", "done"}
