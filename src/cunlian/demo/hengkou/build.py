"""The whole of the demonstration, in one transaction a part, with a fixed seed: the same district every time."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from django.db import transaction

from cunlian.demo.hengkou import (
    answering,
    benches,
    branches,
    cases,
    consents,
    disputes,
    drawing,
    duties,
    home,
    instructions,
    land,
    leads,
    learning,
    lists_brought,
    people,
    register,
    staff,
    talent,
    today,
    units,
    visits,
)
from cunlian.demo.hengkou.lists import Names
from cunlian.kernel.models import OutboxEntry
from cunlian.places.models import District

SEED = 20260709
VILLAGES = 96
STEPS = VILLAGES + VILLAGES + 8 + cases.COUNT + 8 + disputes.COUNT
Login = tuple[str, str, str]


def is_built() -> bool:
    return District.objects.exists()


def build(step: Callable[[int], None], *, count: int = cases.COUNT) -> list[Login]:
    """Build everything and return the log-ins: (user name, post, name). Raises nothing when it exists: ask ``is_built``.

    What happened in the invented past is not told to anybody: its messages are marked as done."""
    chance = Random(SEED)
    names = Names(chance)
    with transaction.atomic():
        ground = land.build(chance, step)
        posts = staff.build(ground, names, step)
        residents = people.build(ground, names, chance, step)
        register.build(ground)
        consents.build(ground, posts, residents)
        year = cases.build(ground, posts, residents, names, chance, step, count)
        today.build(year)
        disputes.build(ground, posts, residents, names, chance, step)
        instructions.build(ground, posts)
        benches.build(year, Random(SEED + 17))
        answering.build(ground, posts)
        drawing.build(ground, posts)
        duties.build(ground, posts)
        visits.build(ground, posts)
        lists_brought.build(ground)
        talent.build(ground, posts, residents, Random(SEED + 11))
        home.build(ground, posts)
        learning.build(ground, posts, residents)
        units.build(ground, posts, residents)
        branches.build(ground, posts)
        leads.build(ground, posts)
        OutboxEntry.objects.filter(state=OutboxEntry.State.WAITING).update(state=OutboxEntry.State.DONE)
    return posts.logins
