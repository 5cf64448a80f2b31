"""What happened in the register since it was begun: houses, who went away and came home, moves, splits, deaths, a file
entered twice. All invented; drawn from a stream of its own, so that the rest of the district stays as it is."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from cunlian.demo.hengkou.land import Land
from cunlian.demo.hengkou.people import SINCE
from cunlian.kernel.access import SYSTEM
from cunlian.people import actions
from cunlian.people.consent import give
from cunlian.people.models import Absence, House, Household, HouseUse, Person, PersonMerge
from cunlian.places.models import Place

SEED = 20240301
EMPTY_HOUSES = 6
CITIES = ("浙江宁波", "江苏苏州", "广东东莞", "福建晋江", "陕西西安", "新疆石河子", "上海松江")
MATTERS = ("土地流转", "家里老人", "修房子", "村里投票", "入股分红")
ORDER = ("household__number", "-is_head", "birth_year", "name")
W, S = Absence.Work, Absence.Season


def build(land: Land) -> None:
    """After people and before what is reported: whoever reports stays at home and alive."""
    chance = Random(SEED)
    for village in land.detailed:
        _houses(village, chance)
        _absences(village, chance)
        _changes(village, chance)
    _twice(land.detailed[0])
    _alike(land.detailed[1])
    _parted(land.detailed[2])


def _day(chance: Random) -> date:
    return date(2024, 6, 1) + timedelta(days=chance.randrange(0, 700))


def _houses(village: Place, chance: Random) -> None:
    """Those whose people are all away are lived in at times; some nobody lives in."""
    lived_in = Person.objects.registered().filter(place=village, is_away=False).values("household__house")
    for house in House.objects.current().filter(place=village).exclude(pk__in=lived_in).order_by("address"):
        actions.set_house_use(house, by=SYSTEM, use=HouseUse.SEASONAL, day=_day(chance))
    for n in range(EMPTY_HOUSES):
        house = actions.register_house(
            by=SYSTEM,
            place=village,
            address=f"{village.short_name}老屋{n + 1}号",
            use=HouseUse.VACANT,
            day=SINCE,
            invented=True,
        )
        if n % 3 == 0:
            actions.set_house_use(house, by=SYSTEM, use=HouseUse.RUINED, day=_day(chance))


def _absences(village: Place, chance: Random) -> None:
    """Where they are, what they do; a few agreed to be asked, a few came home since."""
    grown = Person.objects.registered().filter(place=village, is_away=True, birth_year__lt=2006)
    for n, person in enumerate(grown.order_by(*ORDER)[:14]):
        said = {
            "whereabouts": chance.choice(CITIES),
            "work": chance.choice((W.FACTORY, W.BUILDING, W.SERVICES, W.CARE)),
        }
        if n % 4 == 0:
            give(person, by=SYSTEM, purpose="contact_away", way="online")
            said |= {"back_in": chance.choice((S.NEW_YEAR, S.HARVEST)), "ask_about": chance.choice(MATTERS)}
        left = _day(chance)
        actions.go_away(person, by=SYSTEM, day=left, **said)
        if n % 7 == 6:
            actions.come_home(person, by=SYSTEM, day=left + timedelta(days=chance.randrange(20, 60)))


def _changes(village: Place, chance: Random) -> None:
    """In each village: a child sets up a household, one person moves to another, one moves out, one dies."""
    others = list(Person.objects.registered().filter(place=village, is_head=False).order_by(*ORDER))
    splits = [person for person in others if person.birth_year and 1975 < person.birth_year < 2004]
    if splits and (home := splits[0].household):
        number = f"{900 + chance.randrange(90)}"
        actions.split_household(home, by=SYSTEM, members=[splits[0]], head=splits[0], number=number, day=_day(chance))
        others.remove(splits[0])
    moved, out, died = others[1:4]
    target = Household.objects.current().filter(place=village).exclude(members=moved).order_by("number").first()
    actions.move_person(moved, by=SYSTEM, place=village, household=target, relation="other", day=_later(moved, chance))
    actions.move_out(out, by=SYSTEM, day=_later(out, chance))
    actions.note_death(died, by=SYSTEM, day=_later(died, chance))


def _later(person: Person, chance: Random) -> date:
    """A day after whatever is on record about them."""
    rows = person.absences.order_by("-starts_on").values_list("starts_on", "ends_on")[:1]
    last = max([day for row in rows for day in row if day], default=SINCE)
    return max(last, _day(chance)) + timedelta(days=5)


def _twin(village: Place) -> tuple[Person, Person]:
    """A file entered a second time by somebody who did not look."""
    first = Person.objects.registered().filter(place=village, is_head=True).order_by(*ORDER)[3]
    second = actions.register_person(
        by=SYSTEM, place=village, name=first.name, birth_year=first.birth_year, gender=first.gender, invented=True
    )
    return first, second


def _twice(village: Place) -> None:
    first, second = _twin(village)
    actions.merge_persons(second, by=SYSTEM, into=first)


def _parted(village: Place) -> None:
    """Merged by mistake, and undone: two sisters of one name."""
    first, second = _twin(village)
    actions.merge_persons(second, by=SYSTEM, into=first)
    actions.undo_merge(PersonMerge.objects.get(gone=second), by=SYSTEM, reason="同名同岁，是两个人。")


def _alike(village: Place) -> None:
    """Left for whoever opens the list of pairs."""
    _twin(village)
