"""What is counted about units and who holds posts in them. Persons are counted once, whatever posts they hold; the dates
and the basis of a posting decide, never its title."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.access import Actor
from cunlian.kernel.figures import Indicator, Unit, add_indicator
from cunlian.organisations.models import (
    PARTY_BODIES,
    PARTY_KINDS,
    SEATS,
    Declared,
    DeclaredNumber,
    Organisation,
    OrganisationKind,
    Posting,
    PostKind,
    SetUpOn,
    UnitMembership,
)
from cunlian.organisations.querysets import PostingQuerySet, of_own_county
from cunlian.places.models import Area, Level, on

K, P, B = OrganisationKind, PostKind, Posting.Basis
PERSONS = Unit(pgettext_lazy("unit", "person"), _("persons"))
UNITS = Unit(pgettext_lazy("unit", "unit"), _("units"))
NAMED = Unit(pgettext_lazy("unit of people named", "person"), pgettext_lazy("unit of people named", "persons"))
FIRMS = Unit(
    pgettext_lazy("unit of firms and institutes", "unit"), pgettext_lazy("unit of firms and institutes", "units")
)
SQUARE_KM = Unit(pgettext_lazy("unit", "square kilometre"), pgettext_lazy("unit", "square kilometres"))
LEVELS = Unit(pgettext_lazy("unit", "level"), _("levels"))
SENT = (B.DISPATCHED, B.SECONDED)


def _ever(*wanted: Q, **said: Any) -> Callable[[Actor], PostingQuerySet]:
    """Postings of any time the viewer may see."""

    def rows(viewer: Actor) -> PostingQuerySet:
        found = Posting.objects.visible_to(viewer).filter(*wanted, **said)
        return found.select_related("post__organisation", "person")

    return rows


def _held(*wanted: Q, **said: Any) -> Callable[[Actor, date], PostingQuerySet]:
    """Postings held on the day."""
    ever = _ever(*wanted, **said)
    return lambda viewer, day: ever(viewer).on(day)


def _units(*wanted: Q, **said: Any) -> Callable[[Actor, date], QuerySet[Organisation]]:
    return lambda viewer, day: Organisation.objects.visible_to(viewer).current(day).filter(*wanted, **said)


def _joined(*kinds: str) -> Callable[[Actor, date], QuerySet[UnitMembership]]:
    """Memberships of an area, or of a body that is at home in one."""
    of_area = Q(area__isnull=False) | Q(body__area__isnull=False)

    def rows(viewer: Actor, day: date) -> QuerySet[UnitMembership]:
        running = UnitMembership.objects.visible_to(viewer).on(day)
        return running.filter(of_area, unit__organisation_kind__in=kinds)

    return rows


OF_VILLAGE = Q(post__place__level=Level.VILLAGE)
IN_TWO = OF_VILLAGE & Q(
    post__organisation__organisation_kind__in=PARTY_BODIES | {K.VILLAGERS_COMMITTEE}, post__post_kind__in=SEATS
)
SECRETARY = OF_VILLAGE & Q(post__organisation__organisation_kind__in=PARTY_BODIES, post__post_kind=P.SECRETARY)
HOME_AREA = Q(area__isnull=False)


def _persons(
    code: str,
    name: Any,
    rows: Callable[..., QuerySet[Posting]],
    *claims: str,
    reading: Any = "",
    when: str = "",
    unit: Unit = NAMED,
) -> None:
    add_indicator(
        Indicator(
            f"organisations.{code}", name, unit, rows, measure="distinct", field="person", place="post__place",
            claims=claims, reading=reading, when=when, when_is_day=bool(when), dated=not when,
        )
    )  # fmt: skip


def _bodies(
    code: str, name: Any, rows: Callable[[Actor, date], Any], *claims: str, reading: Any = "", unit: Unit = UNITS
) -> None:
    add_indicator(Indicator(f"organisations.{code}", name, unit, rows, claims=claims, reading=reading, dated=True))


def _members(code: str, name: Any, kinds: tuple[str, ...], *claims: str, reading: Any = "", unit: Unit = UNITS) -> None:
    add_indicator(
        Indicator(
            f"organisations.{code}", name, unit, _joined(*kinds), measure="distinct", field="unit",
            place="unit__place", claims=claims, reading=reading, dated=True,
        )
    )  # fmt: skip


_persons(
    "two_committee_member_count", _("Members of the two committees"), _held(IN_TWO & ~Q(basis__in=SENT)), "A04",
    reading=_("persons who hold a seat in a village's Party body or villagers' committee; who sits in both counts once; "
              "dispatched and seconded cadres are counted by themselves"),
)  # fmt: skip
_persons(
    "returnee_party_secretary_count", _("Village secretaries who came home"),
    _held(SECRETARY, basis=B.RETURNED), "A05", unit=PERSONS,
    reading=_("Party secretaries of villages whose basis is “returned home”"),
)  # fmt: skip
_persons("first_secretary_count", _("First secretaries"), _held(OF_VILLAGE, post__post_kind=P.FIRST_SECRETARY), "A06")
_persons(
    "village_task_force_member_count", _("Members of village task forces"),
    _held(OF_VILLAGE, post__post_kind=P.TASK_FORCE), "A07", reading=_("without the first secretaries, who lead them"),
)  # fmt: skip
_persons(
    "deputy_secretary_or_director_assistant_count", _("Dispatched deputy secretaries and assistants"),
    _held(OF_VILLAGE, post__post_kind__in=(P.DEPUTY_SECRETARY, P.DIRECTOR_ASSISTANT), basis__in=SENT), "A08",
    reading=_("two posts in one count, as published; only who was dispatched or seconded to the village"),
)  # fmt: skip
_persons(
    "secondment_to_town_count", _("Seconded to a town"),
    _ever(Q(post__place__level=Level.TOWNSHIP), basis=B.SECONDED), "B05", when="starts_on",
    reading=_("secondments to posts of a town that began in the time asked for"),
)  # fmt: skip
_persons(
    "appointed_to_town_leadership_count", _("Appointed to the leadership of a town"),
    _ever(~Q(basis=B.SECONDED), post__post_kind=P.TOWN_LEADER), "B06", when="starts_on",
    reading=_("appointments that began in the time asked for; secondments are counted by themselves"),
)  # fmt: skip
_persons(
    "returned_talent_in_post_count", _("Came home and hold a village post"), _held(OF_VILLAGE, basis=B.RETURNED), "D07",
    reading=_("persons who hold any post of a village on the basis “returned home”"),
)  # fmt: skip

_bodies(
    "area_party_committee_count", _("Party committees of areas"),
    _units(HOME_AREA, organisation_kind=K.PARTY_COMMITTEE), "A10", "E04",
    reading=_("Party committees whose home is an area"),
)  # fmt: skip
_bodies(
    "area_general_branch_count", _("General branches of areas"),
    _units(HOME_AREA, organisation_kind=K.PARTY_GENERAL_BRANCH), "A14",
)  # fmt: skip
_bodies(
    "joint_village_general_branch_count", _("General branches of several villages"),
    _units(organisation_kind=K.PARTY_GENERAL_BRANCH, set_up_on=SetUpOn.VILLAGES), "D24",
)  # fmt: skip
_bodies(
    "city_work_station_count", _("Work stations set up by the city"),
    _units(organisation_kind=K.WORK_STATION, parent__place__level=Level.CITY), "E21",
    reading=_("work stations whose unit above is one of the city"),
)  # fmt: skip
_bodies(
    "partner_institute_named_count", _("Colleges and institutes by name"), _units(organisation_kind=K.INSTITUTE), "E35",
    unit=FIRMS, reading=_("the published number is a least one (“and others”)"),
)  # fmt: skip
add_indicator(
    Indicator(
        "organisations.party_org_level_count", _("Levels of rural Party organisations"), LEVELS,
        _units(organisation_kind__in=PARTY_KINDS, place__level__in=(Level.TOWNSHIP, Level.VILLAGE)), measure="distinct",
        field="place__level", nature="structural", claims=("D26",), dated=True,
        reading=_("town and village, where there is a Party organisation of that level"),
    )
)  # fmt: skip

_members(
    "village_party_org_integrated_count", _("Village Party organisations joined to an area"),
    tuple(sorted(PARTY_BODIES)), "E01", reading=_("members of an area or of its Party committee; each unit once"),
)  # fmt: skip
_members(
    "town_department_integrated_count", _("Offices joined to an area"),
    (K.TOWNSHIP_OFFICE, K.COUNTY_DEPARTMENT), "E02", reading=_("offices of town and county; each unit once"),
)  # fmt: skip
_members(
    "leading_enterprise_and_coop_count", _("Firms and cooperatives joined to an area"),
    (K.ENTERPRISE, K.COOPERATIVE), "E03", unit=FIRMS, reading=_("two kinds in one count, as published; each unit once"),
)  # fmt: skip


def _areas(viewer: Actor, day: date) -> QuerySet[Area]:
    """Which areas a district is divided into is no secret among its staff."""
    mine = of_own_county(viewer, "root__")
    return Area.objects.filter(mine, on(day), area_kind=Area.AreaKind.MANAGEMENT)


add_indicator(
    Indicator(
        "organisations.area_count",
        _("Areas"),
        Unit(pgettext_lazy("unit", "area"), pgettext_lazy("unit", "areas")),
        _areas,
        place="root",
        claims=("A09", "E36"),
        dated=True,
        reading=_("management areas; areas of an industry or a plan lie over them and are not counted"),
    )
)


def _declared(what: Declared) -> Callable[[Actor, date], QuerySet[DeclaredNumber]]:
    return lambda viewer, day: DeclaredNumber.objects.visible_to(viewer).newest(day).filter(what=what)


def _numbers(what: Declared, name: Any, unit: Any, *claims: str, reading: Any = "", decimals: int = 0) -> None:
    add_indicator(
        Indicator(
            f"organisations.{what}", name, unit, _declared(what), measure="sum", field="number",
            nature="declared", claims=claims, reading=reading, decimals=decimals, dated=True,
        )
    )  # fmt: skip


_numbers(
    Declared.POPULATION, _("Population as declared"), PERSONS, "A02",
    reading=_("the newest number a place declares with its source; never counted from the register, which holds who was "
              "entered"),
)  # fmt: skip
_numbers(
    Declared.LAND, _("Area of land as declared"), SQUARE_KM, "A03", decimals=2,
    reading=_("declared in hectares, a hundredth of a square kilometre"),
)  # fmt: skip
_numbers(
    Declared.PARTY_MEMBERS, _("Party members as declared"), PERSONS, reading=_("a number only, never who they are")
)
_numbers(
    Declared.NEW_PARTY_MEMBERS, _("New Party members as declared"), NAMED, "A18",
    reading=_("a number only, never who they are; of an area it counts in the whole district, not in a single village"),
)  # fmt: skip
_numbers(
    Declared.MEMBER_TALENTS, _("Party members named as local talent, as declared"), NAMED, "C22",
    reading=_("a number only: the register of skills does not ask who is a Party member"),
)  # fmt: skip
