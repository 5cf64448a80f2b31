"""One row of every table that says something about a person, made from nothing but the models: a table added tomorrow is
among them. Personal texts hold a mark that can be looked for afterwards, in the clear or sealed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from cunlian.kernel import clock, ids
from cunlian.kernel.secrets import encrypt
from cunlian.organisations.visits.models import Words
from cunlian.people.models import CircumstanceKind, Person, Told

# What no rule can guess, for tables whose constraints want more than a filled row: given the mark, values by field.
ALSO: dict[str, Callable[[str], dict[str, Any]]] = {
    "Person": lambda mark: {"gone_on": None, "gone_because": "", "merged_into": None},
    "Household": lambda mark: {"address": "前巷"},  # of the house, which stays
    "HouseholdVersion": lambda mark: {"address": "前巷"},
    # Of households the person never belonged to; of their own a test of its own says that it goes.
    "HouseholdSuccession": lambda mark: {"undone_because": "两家各过各的"},
    "RegisterImport": lambda mark: {"file_name": "x.xlsx"},  # of everybody in it
    "Posting": lambda mark: {"ends_on": clock.today()},  # every post of the cast is held
    "Mentoring": lambda mark: {"expert": ""},  # one mentor: the person
    "Circumstance": lambda mark: {
        "sealed": Told(CircumstanceKind.OTHER, mark).seal(), "ends_on": clock.today() + timedelta(days=30),
    },
    "VisitNote": lambda mark: {
        "sealed": Words(mark, mark).seal(), "kept_until": clock.today() + timedelta(days=30), "again_on": None,
    },
}  # fmt: skip


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("cunlian.")]


def links_to_person(model: type[models.Model]) -> Iterator[str]:
    """The fields by which a row points at a person: a foreign key, or a plain key called so."""
    for field in model._meta.concrete_fields:
        if field.related_model is Person or (isinstance(field, models.UUIDField) and field.name == "person_id"):
            yield field.attname


def _text(field: Any, mark: str, personal: bool) -> str:
    if field.choices:
        return str(next(value for value, _label in field.flatchoices if value))
    if field.unique or field.name == "code":
        return ids.uuid7().hex[-min(field.max_length or 12, 12) :]
    return mark if personal and (field.max_length or 99) >= len(mark) else "x"


def _value(field: Any, mark: str, personal: bool) -> Any:
    if isinstance(field, models.BinaryField):
        return encrypt(mark) if personal else b"x"
    if isinstance(field, models.CharField | models.TextField):
        return _text(field, mark, personal)
    if isinstance(field, models.JSONField):
        return {"words": mark} if personal else {}
    if isinstance(field, models.DateTimeField):
        return clock.now()
    if isinstance(field, models.DateField):
        return clock.today()
    if isinstance(field, models.BooleanField):
        return False
    return ids.uuid7() if isinstance(field, models.UUIDField) else 1


class Rows:
    """``made`` lists every row built; a table whose row could not be built stands in ``failed`` with the database's word."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.made: list[models.Model] = []
        self.failed: dict[str, str] = {}

    def build(self, model: type[models.Model], **given: Any) -> models.Model:
        personal: frozenset[str] = getattr(model, "PERSONAL", frozenset())
        values = (ALSO[model.__name__](self.mark) if model.__name__ in ALSO else {}) | given
        for field in model._meta.concrete_fields:
            mine = field.name in personal
            if field.attname in values or field.name in values or field.primary_key:
                continue
            if isinstance(field, models.ForeignKey):
                if not field.null:
                    values[field.name] = self._other(field.related_model)
            elif (mine and not field.choices) or not (field.null or field.has_default() or field.blank):
                values[field.name] = _value(field, self.mark, mine)
        row = model(**values)
        with transaction.atomic():
            row.save(force_insert=True)
        self.made.append(row)
        return row

    def _other(self, model: Any) -> models.Model:
        fresh = [row for row in self.made if isinstance(row, model)]
        found = fresh[-1] if fresh else None if getattr(model, "PERSONAL", None) else model._base_manager.first()
        return found or self.build(model)

    def try_build(self, model: type[models.Model], **given: Any) -> None:
        try:
            self.build(model, **given)
        except (IntegrityError, StopIteration, ValueError, TypeError) as error:
            self.failed[model.__name__] = str(error).splitlines()[0]

    def about(self, person: Person) -> None:
        """A row for every link of every table to the person, and then one of every table that hangs on one of those."""
        for model in ours():
            for link in links_to_person(model):
                self.try_build(model, **{link: person.pk})
        for row in list(self.made):
            for relation in row._meta.related_objects:
                child: Any = relation.related_model
                # A row that names persons, itself or in a table of its own, and does not name this one is about others.
                if child in ours() and child is not Person and getattr(child, "PERSONAL", None):
                    if not any(_names_persons(one) for one in (child, *_parts(child))):
                        self.try_build(child, **{relation.field.name: row})


def _names_persons(model: type[models.Model]) -> bool:
    return any(links_to_person(model))


def _parts(model: type[models.Model]) -> Iterator[type[models.Model]]:
    """The tables whose rows go with a row of ``model``, such as those who were met on a visit."""
    for relation in model._meta.related_objects:
        if relation.on_delete is models.CASCADE and isinstance(relation.related_model, type):
            yield relation.related_model
