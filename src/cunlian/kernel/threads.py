"""A thread: what came of what. A word at a night talk → a case → a project → money → a dividend.

A step shows its record's **public line** and nothing else: what kind of thing, where, in which state, on which day. It opens
only for those who may see the record. Followed backwards from a public record no step may name or single out a person: a
kind registered with ``personal=True`` shows neither day nor link to strangers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.models import ThreadLink
from cunlian.kernel.records import Ref, ref
from cunlian.kernel.refusals import Invalid, Text

Direction = Literal["before", "here", "after"]
MOST = 50
"""Steps shown in each direction."""


@dataclass(frozen=True)
class PublicLine:
    """What anybody may read of a record. No field can hold a name. ``url_name``: the address, given the record's key."""

    label: Text
    place: str
    state: Text
    day: date | None
    url_name: str = ""


@dataclass(frozen=True)
class Step:
    """One record of a thread: ``relation`` by which it hangs on the thread, ``direction`` from the record asked about."""

    ref: Ref
    relation: str
    direction: Direction
    line: PublicLine | None = None


Lines = Callable[[Collection[UUID]], dict[UUID, PublicLine]]
Withheld = Callable[[Actor, Collection[UUID]], Collection[UUID]]


@dataclass(frozen=True)
class _Kind:
    lines: Lines
    personal: bool
    withheld: Withheld | None


_kinds: dict[str, _Kind] = {}


def add_public_line(kind: str, lines: Lines, *, personal: bool = False, withheld: Withheld | None = None) -> None:
    """Register how records of ``kind`` read in a thread, once. ``lines`` leaves out those of which nothing is public.
    ``personal``: it began with a person. ``withheld``: which of the given keys are kept from this actor for cause; a thread
    ends there for them."""
    if kind in _kinds:
        raise ValueError(f"the public line of {kind} is registered twice")
    _kinds[kind] = _Kind(lines, personal, withheld)


@transaction.atomic
def link(source: models.Model, target: models.Model, relation: str) -> ThreadLink:
    """``source`` led to ``target``. Linking twice links once. Invalid when a record would come of itself."""
    from_, to = ref(source), ref(target)
    if from_.id == to.id or from_.id in _reach([to], forwards=True, most=None):
        raise Invalid(_("This would make a record the result of itself. Link it the other way round, or not at all."))
    row, _made = ThreadLink.objects.get_or_create(
        source_id=from_.id,
        target_id=to.id,
        relation=relation,
        defaults={"source_kind": from_.kind, "target_kind": to.kind, "made_at": clock.now()},
    )
    return row


def unlink(source: models.Model, target: models.Model, relation: str) -> None:
    """It was a mistake: ``target`` did not come of ``source``. That it was thought so stays in the log."""
    ThreadLink.objects.filter(source_id=source.pk, target_id=target.pk, relation=relation).delete()


def chain(record: models.Model, actor: Actor | None = None) -> list[Step]:
    """The thread of a record in order: what led to it (farthest first), itself, what came of it; at most ``MOST`` each way.
    Records withheld from ``actor`` are absent, and so is what hangs on the thread only through them."""
    here = ref(record)
    before = list(_reach([here], forwards=False, most=MOST, actor=actor).values())
    after = list(_reach([here], forwards=True, most=MOST, actor=actor).values())
    return [*reversed(before), Step(here, "", "here"), *after]


def with_lines(steps: Iterable[Step]) -> list[Step]:
    """The same steps with their public lines, one query a kind; steps of which nothing is public are left out."""
    steps = list(steps)
    lines = _lines_of(steps)
    return [replace(step, line=lines[step.ref.id]) for step in steps if step.ref.id in lines]


def public_chain(record: models.Model) -> list[Step]:
    """The thread as strangers read it from a public record."""
    shown = []
    for step in with_lines(chain(record)):
        line = step.line
        if line and step.direction != "here" and _kinds[step.ref.kind].personal:
            # With the day somebody could be found who spoke on it; the village and the kind tell enough.
            line = replace(line, day=None, url_name="")
        shown.append(replace(step, line=line))
    return shown


def _lines_of(steps: Iterable[Step]) -> dict[UUID, PublicLine]:
    by_kind: dict[str, set[UUID]] = defaultdict(set)
    for step in steps:
        by_kind[step.ref.kind].add(step.ref.id)
    lines: dict[UUID, PublicLine] = {}
    for kind, keys in by_kind.items():
        if kind in _kinds:
            lines |= _kinds[kind].lines(keys)
    return lines


def _reach(start: list[Ref], *, forwards: bool, most: int | None, actor: Actor | None = None) -> dict[UUID, Step]:
    """Records reached from ``start`` one way, nearest first, one query a generation."""
    seen = {item.id for item in start}
    found: dict[UUID, Step] = {}
    edge = list(seen)
    direction: Direction = "after" if forwards else "before"
    while edge and (most is None or len(found) < most):
        steps = {}
        for row in _links(edge, forwards=forwards):
            key = row.target_id if forwards else row.source_id
            kind = row.target_kind if forwards else row.source_kind
            if key not in seen:
                steps[key] = Step(Ref(kind, key), row.relation, direction)
        seen |= set(steps)
        for key in _withheld(steps.values(), actor):
            del steps[key]
        found |= steps
        edge = list(steps)
    return dict(list(found.items())[:most])


def _links(edge: list[UUID], *, forwards: bool) -> models.QuerySet[ThreadLink]:
    if forwards:
        return ThreadLink.objects.filter(source_id__in=edge).order_by("made_at", "pk")
    return ThreadLink.objects.filter(target_id__in=edge).order_by("-made_at", "-pk")


def _withheld(steps: Iterable[Step], actor: Actor | None) -> set[UUID]:
    if actor is None:
        return set()
    by_kind: dict[str, set[UUID]] = defaultdict(set)
    for step in steps:
        by_kind[step.ref.kind].add(step.ref.id)
    kept: set[UUID] = set()
    for kind, keys in by_kind.items():
        if kind in _kinds and (ask := _kinds[kind].withheld):
            kept |= set(ask(actor, keys)) & keys
    return kept
