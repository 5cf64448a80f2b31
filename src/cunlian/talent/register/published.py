"""What anybody may read of the register: which skills there are and in which villages. No person, no name, no number under
five: in a small village a one is a person."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from cunlian.places.models import Place
from cunlian.places.querysets import code_q
from cunlian.talent.models import Skill, TalentEntry, TalentSkill
from cunlian.talent.register.tree import offered

LEAST = 5


@dataclass(frozen=True)
class SkillLine:
    """``people``: in the whole district, None when fewer than five; ``villages``: where, whatever the number."""

    skill: Skill
    people: int | None
    villages: list[Place]


def published(root: Place, village: Place | None = None) -> list[tuple[Skill, list[SkillLine]]]:
    """The skills somebody has, under their groups; of one village, those that are there. Four queries."""
    inside = TalentEntry.objects.in_register().filter(code_q(root.code, "person__place__"))
    rows = TalentSkill.objects.filter(entry__in=inside).values_list("skill_id", "entry__person__place__code")
    people, where = Counter[object](), defaultdict[object, set[str]](set)
    for skill, code in rows:
        people[skill] += 1
        where[skill].add(code)
    names = {place.code: place for place in Place.objects.current().villages().filter(code_q(root.code))}
    lines = []
    for group, skills in offered():
        held = [
            SkillLine(
                skill, people[skill.pk] if people[skill.pk] >= LEAST else None,
                [names[code] for code in sorted(where[skill.pk]) if code in names],
            )
            for skill in skills
            if skill.pk in where and (village is None or village.code in where[skill.pk])
        ]  # fmt: skip
        if held:
            lines.append((group, held))
    return lines
