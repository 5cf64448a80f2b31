"""Taking back what a list made and changed, except what somebody changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Count, Q

from cunlian.kernel.models import Activity
from cunlian.people.imports import traces
from cunlian.people.models import (
    Absence,
    Household,
    HouseholdVersion,
    ImportLine,
    ImportTrace,
    Membership,
    Person,
    RegisterImport,
)

CHUNK = 500
LOOKS = ("people.contact_revealed", "people.found")
"""Somebody looked; nothing was changed by it."""
_OWN: dict[type[models.Model], set[tuple[type[models.Model], str]]] = {
    Person: {(Membership, "person"), (Absence, "person"), (ImportLine, "person"), (ImportTrace, "person")},
    Household: {(HouseholdVersion, "household"), (ImportTrace, "household")},
}
Progress = Callable[..., None]


def undo(batch: RegisterImport, progress: Progress) -> int:
    """Take it all back; how many records were kept. Part of ``actions.undo_import``, under its lock."""
    total, done = batch.traces.count(), 0
    for trace in batch.traces.filter(made=False).order_by("-pk"):
        _put_back(trace)
        done += 1
        progress(done, total)
    for field, remove in (("person", _remove_persons), ("household", _remove_households)):
        made = batch.traces.filter(made=True).exclude(**{field: None})
        for keys in _chunks(made, f"{field}_id"):
            stay = remove(batch, keys)
            made.filter(**{f"{field}__in": stay}).update(kept=True)
            done += len(keys)
            progress(done, total)
    batch.traces.filter(kept=False).delete()
    return batch.traces.count()


def _chunks(rows: models.QuerySet[ImportTrace], name: str) -> Iterator[list[UUID]]:
    keys = list(rows.order_by("-pk").values_list(name, flat=True))
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


def _put_back(trace: ImportTrace) -> None:
    record = trace.person or trace.household
    assert record is not None
    if traces.is_as_left(trace, record):
        traces.put_back(trace, record)
    else:
        trace.kept = True
        trace.save(update_fields=["kept"])


def _remove_persons(batch: RegisterImport, keys: list[UUID]) -> set[UUID]:
    """Those that stay: something was done with them, points at them, or their membership is another one since."""
    stay = _touched(batch, "person", keys) | _pointed_at(Person, keys)
    rows = Membership.objects.filter(person__in=keys).values("person")
    moved = rows.annotate(n=Count("pk"), ended=Count("ends_on")).filter(Q(n__gt=1) | Q(ended__gt=0))
    stay |= set(moved.values_list("person", flat=True))
    gone = [key for key in keys if key not in stay]
    ImportLine.objects.filter(person__in=gone).update(person=None)
    for model in (Membership, Absence):
        model._base_manager.filter(person__in=gone).delete()
    Person._base_manager.filter(pk__in=gone).delete()
    return stay & set(Person._base_manager.filter(pk__in=keys).values_list("pk", flat=True))


def _remove_households(batch: RegisterImport, keys: list[UUID]) -> set[UUID]:
    """Those that stay: somebody is left in them, or they were arranged anew."""
    stay = _touched(batch, "household", keys) | _pointed_at(Household, keys)
    rows = HouseholdVersion.objects.filter(household__in=keys).values("household")
    stay |= set(rows.annotate(n=Count("pk")).filter(n__gt=1).values_list("household", flat=True))
    gone = [key for key in keys if key not in stay]
    HouseholdVersion._base_manager.filter(household__in=gone).delete()
    Household._base_manager.filter(pk__in=gone).delete()
    return stay


def _touched(batch: RegisterImport, field: str, keys: Iterable[UUID]) -> set[UUID]:
    """Somebody did something with them, or a later list changed them."""
    done = Activity.objects.filter(object_id__in=keys).exclude(verb__in=LOOKS)
    later = ImportTrace.objects.filter(**{f"{field}__in": keys}, batch__state=RegisterImport.State.APPLIED)
    others = later.exclude(batch=batch)
    return set(done.values_list("object_id", flat=True)) | set(others.values_list(field, flat=True))


def _pointed_at(kind: type[models.Model], keys: list[UUID]) -> set[UUID]:
    """Something else of the county's points at them: a request, a post, a duty, a consent."""
    found: set[UUID] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is kind and (model, field.name) not in _OWN[kind]:
                rows = model._base_manager.filter(**{f"{field.name}__in": keys})
                found.update(rows.values_list(field.attname, flat=True))
    return found
