"""What is done with households and houses: entered, arranged anew, split, joined, ended."""

from __future__ import annotations

import secrets as random
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, days, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.people import standing
from cunlian.people.models import (
    STANDING,
    House,
    Household,
    HouseholdSuccession,
    HouseUse,
    Membership,
    Person,
    Relation,
)
from cunlian.places.models import Lane, Place, VillagerGroup

# Without 0/O and 1/I: the code stands on a card and is read out on the phone.
CARD_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
How = HouseholdSuccession.How


# Thirty-two letters: eight of the 256 bytes stand for each, so each is as likely.
_LETTER_OF = CARD_LETTERS.encode() * 8


def card_code() -> str:
    """A random code for the card at a door."""
    return random.token_bytes(10).translate(_LETTER_OF).decode()


def _check_number(place: Place, number: str, but: Household | None = None) -> str:
    number = number.strip()
    if not number or len(number) > 20:
        raise Invalid(_("Please write the household number, up to 20 characters."), field="number")
    same = Household.objects.current().filter(place=place, number=number)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise Conflict(_("This household number is in use in the village already."), field="number")
    return number


def _check_house(house: House | None, place: Place) -> None:
    if house and (house.ends_on or house.place.code != place.code):
        raise Invalid(_("This house is not in the village, or stands no longer. Choose another one."), field="house")


@transaction.atomic
def register_household(
    *,
    by: Actor,
    place: Place,
    number: str,
    address: str,
    grid: Place | None = None,
    lane: Lane | None = None,
    group: VillagerGroup | None = None,
    house: House | None = None,
    day: date | None = None,
    invented: bool = False,
) -> Household:
    """A household of a village, in one grid, lane and group of it where there are any. It gets a random card code for its
    door. ``day``: since when it is registered, today when None."""
    require(by, "people.register_household", grid or place)
    standing.check_standing(place, grid, lane, group)
    _check_house(house, place)
    household = Household(
        place=place, grid=grid, lane=lane, group=group, house=house, number=_check_number(place, number),
        address=address.strip(), starts_on=standing.check_day(day), card_code=card_code(), invented=invented,
    )  # fmt: skip
    household.save(force_insert=True)
    household.version(household.starts_on).save(force_insert=True)
    log.record(by, "people.household_registered", household)
    return household


@transaction.atomic
def arrange_household(household: Household, *, by: Actor, day: date | None = None, **values: Any) -> Household:
    """Another number, address, grid, lane, group, house or village from ``day`` on; what was stays in the register of the
    days before. ``by`` must keep where it was and where it comes."""
    household = lock(household)
    require(by, "people.arrange_household", household)
    if unknown := set(values) - set(STANDING):
        raise TypeError(f"a household's {', '.join(sorted(unknown))} cannot be arranged")
    _check_running(household)
    day = standing.check_day(day, standing.since(household))
    if "place" in values and not standing.same_village(household, values["place"]):
        values = {"grid": None, "lane": None, "group": None, "house": None} | values
    wanted = {name: values.get(name, getattr(household, name)) for name in STANDING}
    require(by, "people.arrange_household", wanted["grid"] or wanted["place"])
    standing.check_standing(wanted["place"], wanted["grid"], wanted["lane"], wanted["group"])
    _check_house(wanted["house"] if "house" in values else None, wanted["place"])
    if {"place", "number"} & set(values):
        values["number"] = _check_number(wanted["place"], wanted["number"], but=household)
    changed = standing.arrange(household, day, **values)
    if "place" in changed:
        Person.objects.filter(household=household).update(place=household.place)
    log.record(by, "people.household_arranged", household, changed=changed)
    return household


def _check_running(household: Household) -> None:
    if household.ends_on:
        raise Conflict(_("This household has ended. Choose one that exists today."))


def _members(household: Household, persons: Iterable[Person]) -> list[Membership]:
    """Their memberships of today, each locked; Invalid when somebody is no member."""
    wanted = {person.pk for person in persons}
    rows = list(
        Membership.objects.filter(household=household, ends_on=None, person__in=wanted).select_related("person")
    )
    if not wanted or len(rows) != len(wanted):
        raise Invalid(_("Choose the members who go. They must belong to this household today."), field="members")
    for row in rows:
        row.person = lock(row.person)
    return rows


def _move_members(rows: Iterable[Membership], to: Household, day: date, head: Person | None = None) -> None:
    """A head keeps that only where it is said: the household they come to has one, or is to get one."""
    for row in rows:
        relation = "" if row.relation == Relation.HEAD else row.relation
        standing.belong(row.person, to, day, Relation.HEAD if head and row.person_id == head.pk else relation)


@transaction.atomic
def split_household(
    household: Household,
    *,
    by: Actor,
    members: Sequence[Person],
    head: Person,
    number: str,
    address: str = "",
    day: date | None = None,
) -> Household:
    """Some members make a household of their own from ``day`` on, in the same grid, lane and group until it is arranged
    anew. ``head`` is one of them. Relations to the former head are not carried over: they are said anew."""
    household = lock(household)
    require(by, "people.split_household", household)
    _check_running(household)
    rows = _members(household, members)
    if head.pk not in {row.person_id for row in rows}:
        raise Invalid(_("The head of the new household is one of those who go."), field="head")
    if len(rows) == Membership.objects.filter(household=household, ends_on=None).count():
        raise Invalid(_("Somebody must stay. To change the address of all, arrange the household."), field="members")
    day = standing.check_day(day, household.starts_on, *(row.starts_on for row in rows))
    place = standing.village_of(household)
    new = Household(
        place=place, grid=household.grid, lane=household.lane, group=household.group,
        number=_check_number(place, number), address=address.strip() or household.address, starts_on=day,
        card_code=card_code(), invented=household.invented,
    )  # fmt: skip
    new.save(force_insert=True)
    new.version(day).save(force_insert=True)
    for row in rows:
        row.relation = ""
    _move_members(rows, new, day, head)
    HouseholdSuccession.objects.create(from_household=household, to_household=new, how=How.SPLIT, day=day)
    log.record(by, "people.household_split", household, changed={"new": (None, new.pk), "day": (None, day)})
    return new


@transaction.atomic
def join_households(household: Household, *, by: Actor, into: Household, day: date | None = None) -> Household:
    """All members of ``household`` belong to ``into`` from ``day`` on, and it ends. ``into`` keeps its head."""
    first, second = sorted((household, into), key=lambda one: one.pk)
    locked = {one.pk: one for one in (lock(first), lock(second))}
    household, into = locked[household.pk], locked[into.pk]
    for one in (household, into):
        require(by, "people.join_households", one)
        _check_running(one)
    if household.pk == into.pk:
        raise Invalid(_("Choose another household than this one."), field="into")
    rows = list(Membership.objects.filter(household=household, ends_on=None).select_related("person"))
    latest = (row.starts_on for row in rows)
    day = standing.check_day(day, standing.since(household), into.starts_on, *latest)
    for row in rows:
        row.person, row.relation = lock(row.person), ""
    _move_members(rows, into, day)
    HouseholdSuccession.objects.create(from_household=household, to_household=into, how=How.JOINED, day=day)
    changed = standing.close(household, day) | {"into": (None, into.pk)}
    log.record(by, "people.households_joined", household, changed=changed)
    return into


def _check_join(succession: HouseholdSuccession, household: Household, into: Household) -> None:
    later = HouseholdSuccession.objects.filter(from_household=household, how=How.JOINED, pk__gt=succession.pk)
    if succession.how != How.JOINED or succession.undone_on or household.ends_on is None or later.exists():
        raise Conflict(_("These two households are not joined any longer. Look at the household again."))
    if clock.today() > succession.undo_until:
        raise Invalid(
            _("It could be undone until %(day)s. Split the household instead.")
            % {"day": days.day(succession.undo_until)}
        )
    _check_running(into)


@transaction.atomic
def undo_join(succession: HouseholdSuccession, *, by: Actor, reason: str) -> Household:
    """They are two households after all: from today the one that ended stands again as it was, with those who came from it
    and have not moved since, each as what they were to its head. The register of the days between stays as it was."""
    succession = lock(succession)
    household, into = lock(succession.from_household), lock(succession.to_household)
    for one in (household, into):
        require(by, "people.undo_join", one)
    if not reason.strip():
        raise Invalid(_("Please say why they are two households after all."), field="reason")
    _check_join(succession, household, into)
    _check_number(household.place, household.number)
    left = Membership.objects.filter(household=household, ends_on=succession.day).select_related("person")
    came = Membership.objects.filter(household=into, starts_on=succession.day, ends_on=None).values("person")
    rows = list(left.filter(person__in=came))
    day = standing.check_day(None, *(standing.member_since(row.person) for row in rows))
    changed = change(household, ends_on=None)
    household.version(day).save(force_insert=True)
    for row in rows:
        standing.belong(lock(row.person), household, day, row.relation)
    change(succession, undone_on=day, undone_because=reason.strip()[:200])
    log.record(by, "people.join_undone", household, changed=changed | {"from": (into.pk, None)})
    return household


@transaction.atomic
def end_household(household: Household, *, by: Actor, day: date | None = None) -> Household:
    """Nobody belongs to it any more: all died or moved. It stays in the register of the days before."""
    household = lock(household)
    require(by, "people.end_household", household)
    _check_running(household)
    if Membership.objects.filter(household=household, ends_on=None).exists():
        raise Conflict(_("Somebody belongs to this household. Enter first where its members went."))
    left = (row.ends_on for row in Membership.objects.filter(household=household))
    changed = standing.close(household, standing.check_day(day, standing.since(household), *left))
    log.record(by, "people.household_ended", household, changed=changed)
    return household


@transaction.atomic
def name_head(household: Household, *, by: Actor, person: Person, day: date | None = None) -> Household:
    """Another head from ``day`` on. The relations of all to the former head end with that: they are said anew."""
    household = lock(household)
    require(by, "people.name_head", household)
    rows = list(Membership.objects.filter(household=household, ends_on=None).select_related("person"))
    if person.pk not in {row.person_id for row in rows}:
        raise Invalid(_("The head is a member of the household. Choose one."), field="person")
    if any(row.person_id == person.pk and row.relation == Relation.HEAD for row in rows):
        return household
    day = standing.check_day(day, *(row.starts_on for row in rows))
    rows.sort(key=lambda row: row.person_id == person.pk)  # the former head gives it up first
    for row in rows:
        relation = Relation.HEAD if row.person_id == person.pk else Relation.UNKNOWN
        standing.belong(lock(row.person), household, day, relation)
    log.record(by, "people.head_named", household, changed={"day": (None, day)})
    return household


@transaction.atomic
def register_house(
    *,
    by: Actor,
    place: Place,
    address: str,
    use: str = HouseUse.OCCUPIED,
    grid: Place | None = None,
    lane: Lane | None = None,
    group: VillagerGroup | None = None,
    day: date | None = None,
    invented: bool = False,
) -> House:
    """A house of a village, whether or not somebody lives in it."""
    require(by, "people.register_house", grid or place)
    standing.check_standing(place, grid, lane, group)
    if not address.strip():
        raise Invalid(_("Please write where the house stands."), field="address")
    if use not in HouseUse:
        raise Invalid(_("Please say whether somebody lives there."), field="use")
    house = House(
        place=place, grid=grid, lane=lane, group=group, address=address.strip(), use=use,
        starts_on=standing.check_day(day), invented=invented,
    )  # fmt: skip
    house.save(force_insert=True)
    standing.use_house(house, house.starts_on, use)
    log.record(by, "people.house_registered", house)
    return house


@transaction.atomic
def set_house_use(house: House, *, by: Actor, use: str, day: date | None = None) -> House:
    """Lived in, at times, vacant or ruined from ``day`` on. A house somebody's household stands in is neither vacant nor a
    ruin."""
    house = lock(house)
    require(by, "people.set_house_use", house)
    if use not in HouseUse:
        raise Invalid(_("Please say whether somebody lives there."), field="use")
    empty = use in (HouseUse.VACANT, HouseUse.RUINED)
    if empty and Person.objects.registered().filter(household__house=house, is_away=False).exists():
        raise Conflict(
            _("Somebody registered in this house is at home. Enter first that they are away or where they live."),
            field="use",
        )
    last = house.states.order_by("-starts_on").values_list("starts_on", flat=True).first()
    changed = standing.use_house(house, standing.check_day(day, last), use)
    log.record(by, "people.house_use_set", house, changed=changed)
    return house


@transaction.atomic
def print_cards(village: Place, *, by: Actor, grid: Place | None = None) -> list[Household]:
    """The households whose door cards are printed, in the order of their numbers: of the village or of one grid of it.
    Recorded, for a card's code opens the form of that house to whoever holds it."""
    require(by, "people.print_cards", grid or village)
    where = {"grid": grid} if grid else {}
    households = list(
        Household.objects.current()
        .filter(place__code=village.code, **where)
        .select_related("place")
        .order_by("place", "number", "pk")
    )
    if not households:
        raise Invalid(_("No household is registered here yet. Register them first, then print their cards."))
    changed = {"households": (None, len(households)), "grid": (None, grid.pk if grid else None)}
    log.record(by, "people.cards_printed", village, changed=changed)
    return households


__all__ = [
    "arrange_household", "card_code", "end_household", "join_households", "name_head", "print_cards", "register_house",
    "register_household", "set_house_use", "split_household", "undo_join",
]  # fmt: skip
