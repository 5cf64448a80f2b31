"""Keeping the tree of skills: the usual one taken over, skills added and taken off."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.places.models import Place, on
from cunlian.talent.models import Skill

USUAL = Path(__file__).resolve().parents[1] / "skills.csv"


def _checked(root: Place, code: str, name: str) -> Skill | None:
    """The group of a skill; None for a group."""
    if not (code.isascii() and code.isdigit()) or len(code) not in (2, 4):
        raise Invalid(_("A code is two digits for a group and four for a skill, such as 04 or 0401."), field="code")
    if not name.strip():
        raise Invalid(_("Please write what the skill is called."), field="name")
    current = Skill.objects.filter(root=root, ends_on=None)
    if current.filter(code=code).exists():
        raise Conflict(_("Code %(code)s is on the tree already. Choose another.") % {"code": code}, field="code")
    parent = current.filter(code=code[:2]).first() if len(code) == 4 else None
    if len(code) == 4 and parent is None:
        raise Invalid(_("Add the group %(code)s first.") % {"code": code[:2]}, field="code")
    return parent


@transaction.atomic
def add_skill(
    *, by: Actor, root: Place, code: str, name: str, name_en: str = "", words: str = "", starts_on: date | None = None
) -> Skill:
    """Put a skill on the county's tree. A four-digit code belongs to the group of its first two digits."""
    require(by, "talent.keep_skills", root)
    parent = _checked(root, code, name)
    skill = Skill.objects.create(
        root=root, code=code, parent=parent, name=name.strip(), name_en=name_en.strip() or name.strip(),
        words=" ".join(words.split()), starts_on=starts_on or clock.today(),
    )  # fmt: skip
    log.record(by, "talent.skill_added", skill)
    return skill


@transaction.atomic
def end_skill(skill: Skill, *, by: Actor) -> Skill:
    """Off the tree from today. Entries that carry it keep it; nobody new chooses it."""
    skill = lock(skill)
    require(by, "talent.keep_skills", skill)
    if skill.ends_on is not None:
        raise Conflict(_("This skill is off the tree already."))
    if skill.skills.filter(on(clock.today())).exists():
        raise Invalid(_("Take the skills of this group off first."))
    changed = change(skill, ends_on=max(clock.today(), skill.starts_on))
    log.record(by, "talent.skill_ended", skill, changed=changed)
    return skill


@transaction.atomic
def take_over_skills(root: Place, *, by: Actor) -> int:
    """Add to the county's tree what the usual tree has and it has not. How many were added."""
    root = lock(root)
    require(by, "talent.keep_skills", root)
    have = {skill.code: skill for skill in Skill.objects.filter(root=root, ends_on=None)}
    with USUAL.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["code"] not in have]
    for row in sorted(rows, key=lambda row: len(row["code"])):
        parent = have[row["code"][:2]] if len(row["code"]) == 4 else None
        have[row["code"]] = Skill(root=root, parent=parent, starts_on=clock.today(), **row)
    Skill.objects.bulk_create([have[row["code"]] for row in sorted(rows, key=lambda row: len(row["code"]))])
    log.record(by, "talent.skills_taken_over", root, changed={"skills": (0, len(rows))}, place_id=root.pk)
    return len(rows)
