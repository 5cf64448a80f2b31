"""The tree of skills as it is offered to be chosen from, and as it is read in public."""

from __future__ import annotations

from collections import defaultdict

from cunlian.kernel import clock
from cunlian.talent.models import Skill


def offered() -> list[tuple[Skill, list[Skill]]]:
    """Groups with their skills of today, in the order of their codes. One query."""
    rows = list(Skill.objects.listed_on(clock.today()).for_list())
    below: dict[object, list[Skill]] = defaultdict(list)
    for row in rows:
        below[row.parent_id].append(row)
    return [(group, below[group.pk]) for group in below[None] if below[group.pk]]


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """For a field of a form: skills by their keys, under the names of their groups."""
    return [(str(group), [(str(skill.pk), str(skill)) for skill in skills]) for group, skills in offered()]


def chosen(keys: list[str]) -> list[Skill]:
    return list(Skill.objects.listed_on(clock.today()).leaves().filter(pk__in=keys))
