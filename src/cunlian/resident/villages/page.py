"""What the page of a village says: who answers for what, the grids as the law publishes them, what became of requests.

Names stand here only of people in public posts (elected or appointed in the village) and of grid workers, whose names
and supervision phone are to be published (泸州网格条例 Art. 10, 滨州网格条例 Art. 6). Never a private phone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cunlian.cases.published import Month, Shown, by_month, open_now, shown_in
from cunlian.kernel import clock
from cunlian.organisations.choosing.published import Published, published
from cunlian.organisations.coverage.five import Answer, five_of
from cunlian.organisations.models import Capacity, Duty, Organisation, OrganisationKind, Post, Posting
from cunlian.places.extents import extent_of, with_groups
from cunlian.places.models import (
    Area,
    AreaMembership,
    District,
    Grid,
    Place,
    VillageProfile,
    modules_off,
    on,
    unused_modules,
)
from cunlian.places.querysets import code_q
from cunlian.resident.villages.answering import YearLines, answering
from cunlian.ui import formats


@dataclass(frozen=True)
class PostLine:
    title: str
    holder: str


@dataclass(frozen=True)
class UnitLine:
    name: str
    phone: str
    posts: list[PostLine]


@dataclass(frozen=True)
class GridLine:
    """A grid: name, what it covers (its villager groups where nobody has drawn it), its worker ("": nobody), and the
    worker's post."""

    name: str
    extent: str
    worker: str
    post: str


@dataclass(frozen=True)
class ProfileLine:
    label: str
    value: str


@dataclass(frozen=True)
class AreaBoard:
    """A management area of the village with its five matters, named or not."""

    area: Area
    answers: list[Answer]


@dataclass(frozen=True)
class VillagePage:
    village: Place
    path: str
    areas: list[Area]
    units: list[UnitLine]
    answering: list[YearLines]
    five: list[AreaBoard]
    choices: list[Published]
    grids: list[GridLine]
    supervision_phone: str
    months: list[Month]
    open_now: int | None
    shown: list[Shown]
    profile: VillageProfile | None
    numbers: list[ProfileLine]
    off: frozenset[str]


def _holders(posts: Iterable[Post]) -> dict[object, str]:
    rows = Posting.objects.on(clock.today()).filter(post__in=list(posts), person__erased_at=None)
    return {row.post_id: row.person.name for row in rows.select_related("person")}


_FIRST = [
    OrganisationKind.PARTY_BRANCH,
    OrganisationKind.VILLAGERS_COMMITTEE,
    OrganisationKind.SUPERVISION_COMMITTEE,
    OrganisationKind.MEDIATION_COMMITTEE,
]


def _rank(unit: Organisation) -> int:
    """In the order in which people look for them; other kinds behind."""
    return _FIRST.index(kind) if (kind := OrganisationKind(unit.organisation_kind)) in _FIRST else len(_FIRST)


def _units(village: Place) -> list[UnitLine]:
    day = clock.today()
    units = sorted(Organisation.objects.current().of_place(village), key=lambda unit: (_rank(unit), unit.name))
    posts = list(Post.objects.filter(on(day), organisation__in=units, place=village).order_by("rank", "title", "pk"))
    names = _holders(posts)
    lines = []
    for unit in units:
        own = [PostLine(post.title, names.get(post.pk, "")) for post in posts if post.organisation_id == unit.pk]
        lines.append(UnitLine(unit.name, unit.phone, own))
    return [line for line in lines if line.posts or line.phone]


def _grids(village: Place) -> list[GridLine]:
    """The village's grids in the order of their codes; where a grid has no row of its own, its place stands for it."""
    places = list(Place.objects.current().filter(code_q(village.code), parent=village).order_by("code"))
    drawn = with_groups(Grid.objects.filter(on(clock.today()), place__in=places), clock.today())
    extents = {grid.place_id: extent_of(grid) for grid in drawn}
    duties = Duty.objects.filter(on(clock.today()), place__in=places, capacity=Capacity.GRID_WORKER, household=None)
    workers = {duty.place_id: duty.post for duty in duties.select_related("post__organisation").order_by("-starts_on")}
    names = _holders(workers.values())
    lines = []
    for place in places:
        post = workers.get(place.pk)
        worker = names.get(post.pk, "") if post else ""
        lines.append(GridLine(place.name, extents.get(place.pk, ""), worker, post.title if post else ""))
    return lines


def _numbers(profile: VillageProfile) -> list[ProfileLine]:
    people, houses, units = _("people"), pgettext("unit", "households"), ""
    lines = [
        (_("Registered population"), formats.count(profile.registered_population, people)),
        (_("Resident population"), formats.count(profile.resident_population, people)),
        (_("60 and older"), formats.count(profile.aged_60, people)),
        (_("Number of households"), formats.count(profile.households, houses)),
        (_("Vacant houses"), formats.count(profile.vacant_houses, units)),
        (_("Idle land"), formats.mu(profile.idle_land)),
        (_("Firms"), formats.count(profile.firms, units)),
        (_("Cooperatives"), formats.count(profile.cooperatives, units)),
        (_("Operating income of the collective, year before"), formats.wan(profile.operating_income_fen)),
    ]
    return [ProfileLine(label, value) for label, value in lines]


def _five(areas: list[Area]) -> list[AreaBoard]:
    led = [area for area in areas if area.area_kind == Area.AreaKind.MANAGEMENT]
    known = five_of(led, clock.today())
    return [AreaBoard(area, known[area.pk]) for area in led]


def page_of(village: Place, district: District) -> VillagePage:
    """Constant queries, whatever the number of posts and grids."""
    above = [place.short_name for place in (village.parent,) if place and place.pk != district.root_id]
    memberships = AreaMembership.objects.filter(on(clock.today()), place=village).select_related("area")
    areas = [row.area for row in memberships]
    profile = VillageProfile.objects.filter(place=village).order_by("-as_of").first()
    return VillagePage(
        village=village, path=" ".join([district.name, *above]), areas=areas, units=_units(village),
        answering=answering(village, areas), five=_five(areas), choices=published(village), grids=_grids(village),
        supervision_phone=district.hotline or district.office_phone, months=by_month(village),
        open_now=open_now(village), shown=shown_in(village), profile=profile, numbers=_numbers(profile) if profile else [],
        off=modules_off(village) | unused_modules(),
    )  # fmt: skip
