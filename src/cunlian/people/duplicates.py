"""Files that may be of one person, and what points at a person when two files become one.

Every foreign key to ``Person`` moves by itself: the tables are asked, so a new one needs no line anywhere. ``STAYS`` names
those that are the history of the file itself. A table that has a person's bare key says so: ``add_bare_key``. What else
follows from whose file it is, is worked out by movers: ``add_mover``. What has moved goes back by the list of its keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Count, Q

from cunlian.kernel.access import Actor
from cunlian.people.contact import birth_date_of
from cunlian.people.models import Person, PersonMerge, PersonPair
from cunlian.people.querysets import PersonQuerySet

Mover = Callable[[Person, Person], int]
MOVERS: dict[str, tuple[Mover, Mover | None]] = {}
BARE: dict[str, tuple[type[models.Model], str]] = {}
STAYS = frozenset(
    {
        "people.Absence.person",
        "people.Membership.person",
        "people.Person.merged_into",
        "people.PersonMerge.gone",
        "people.PersonMerge.kept",
        "people.PersonPair.first",
        "people.PersonPair.second",
        "people.PersonVersion.person",
    }
)
"""The file's own history stays with it, so that the register of an earlier day stays as it was."""
MOST = 500


def add_mover(name: str, function: Mover, back: Mover | None = None) -> None:
    """Register, once, at import of a domain's ``rules.py``: ``function(gone, kept)`` works out what the keys do not say and
    returns the number of rows. It runs after the keys have moved; ``back(gone, kept)`` after they have moved back. Without
    ``back`` what was combined stays with the file kept."""
    if name in MOVERS:
        raise ValueError(f"mover {name} is registered twice")
    MOVERS[name] = function, back


def add_bare_key(model: type[models.Model], field: str) -> None:
    """Register, once, that ``field`` holds a person's key without a foreign key."""
    BARE[f"{model._meta.label}.{field}"] = model, field


def references() -> Iterator[tuple[str, type[models.Model], str]]:
    """Every foreign key to ``Person`` and every bare one: its name, the table, the field."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is Person:
                yield f"{model._meta.label}.{field.name}", model, field.name
    for name, (model, bare) in BARE.items():
        yield name, model, bare


def move_references(gone: Person, kept: Person) -> dict[str, list[str]]:
    """Point at ``kept`` what pointed at ``gone``; what moved, by table and field. A row ``kept`` has its like of already
    (the database says so) stays where it is. Called inside ``actions.merge_persons``."""
    moved = {}
    for name, model, field in references():
        if name in STAYS:
            continue
        keys = [key for key in _pointing(model, field, gone) if _move(model, field, key, kept)]
        if keys:
            moved[name] = [str(key) for key in keys]
    for mover, _back in MOVERS.values():
        mover(gone, kept)
    return moved


def move_back(moved: dict[str, list[str]], gone: Person, kept: Person) -> None:
    """Point at ``gone`` again what ``move_references`` took from it and still points at ``kept``. What came since then
    stays. Called inside ``actions.undo_merge``."""
    for name, model, field in references():
        for key in moved.get(name, ()):
            if model._base_manager.filter(pk=key, **{field: kept.pk}).exists():
                _move(model, field, key, gone)
    for _mover, back in MOVERS.values():
        if back:
            back(gone, kept)


def parted(merge: PersonMerge) -> Iterator[tuple[str, int, int]]:
    """By name of the reference: how many rows would go back to the file that went, and how many came to the file kept
    since the merge and stay there. Keys are ordered by the time they were made."""
    for name, model, field in references():
        if name in STAYS:
            continue
        here = model._base_manager.filter(**{field: merge.kept_id})
        keys = merge.moved.get(name, [])
        back, since = here.filter(pk__in=keys).count(), here.filter(pk__gt=merge.pk).exclude(pk__in=keys).count()
        if back or since:
            yield name, back, since


def _pointing(model: type[models.Model], field: str, gone: Person) -> list[Any]:
    return list(model._base_manager.filter(**{field: gone.pk}).order_by("pk").values_list("pk", flat=True))


def _move(model: type[models.Model], field: str, key: Any, kept: Person) -> bool:
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=key).update(**{field: kept.pk})
    except IntegrityError:
        return False
    return True


class Likeness(NamedTuple):
    """Two files that may be of one person. ``sure``: they have the same identity number."""

    first: Person
    second: Person
    sure: bool

    @property
    def pk(self) -> UUID:
        return self.first.pk


def alike(actor: Actor, rows: PersonQuerySet | None = None) -> list[Likeness]:
    """Pairs among the persons the actor may see: the same identity number; or the same name and year of birth in one
    village, unless their days of birth or identity numbers differ. Without those somebody kept apart; the sure ones
    first; at most 500 of each."""
    seen = (rows if rows is not None else Person.objects.all()).visible_to(actor).present()
    apart = set(PersonPair.objects.values_list("first_id", "second_id"))
    found = dict.fromkeys(_pairs(seen, ~Q(id_digest=""), ("id_digest",)), True)
    for pair in _pairs(seen, ~Q(name="") & Q(birth_year__isnull=False), ("name", "birth_year", "place__code")):
        found.setdefault(pair, False)
    keys = {key for pair in found for key in pair}
    persons = {person.pk: person for person in seen.for_list().filter(pk__in=keys)}
    pairs = [
        Likeness(persons[one], persons[two], sure) for (one, two), sure in found.items() if (one, two) not in apart
    ]
    return sorted((pair for pair in pairs if _can_be_one(pair)), key=lambda pair: (not pair.sure, pair.first.name))


def _pairs(rows: PersonQuerySet, which: Q, by: tuple[str, ...]) -> Iterator[tuple[UUID, UUID]]:
    groups = rows.filter(which).order_by().values(*by).annotate(n=Count("pk")).filter(n__gt=1)[:MOST]
    same = Q(pk__in=())
    for group in groups:
        same |= Q(**{name: group[name] for name in by})
    members: dict[tuple[Any, ...], list[UUID]] = {}
    for line in rows.filter(which).filter(same).order_by("pk").values_list("pk", *by) if same.children else ():
        members.setdefault(tuple(line[1:]), []).append(line[0])
    for keys in members.values():
        yield from combinations(keys, 2)


def _can_be_one(pair: Likeness) -> bool:
    first, second = pair.first, pair.second
    if first.id_digest and second.id_digest:
        return first.id_digest == second.id_digest
    days = birth_date_of(first), birth_date_of(second)
    return not all(days) or days[0] == days[1]
