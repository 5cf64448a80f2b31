"""Entries: entered by the person or on somebody's recommendation, agreed to, confirmed each year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log, promises
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.people.consent.questions import holds, is_child
from cunlian.people.consent.rules import speaks_for
from cunlian.people.models import Person
from cunlian.places.models import Place, require_module
from cunlian.talent.models import Skill, Source, TalentEntry, TalentSkill
from cunlian.talent.register.promises import ASK, owe, reckon_check, settle
from cunlian.talent.register.querysets import PURPOSE
from cunlian.talent.register.states import HELD, MOVES, State
from cunlian.talent.rules import MODULE

# Who declined is not asked again for a year.
AGAIN = timedelta(days=365)
MOST_SKILLS = 8
LONGEST_WORDS = 300


def _check_person(person: Person) -> Place:
    if person.place is None or person.gone_on or person.erased_at:
        raise Invalid(_("Skills are entered for people of a village. First say which village this person is of."))
    if is_child(person):
        raise Invalid(_("Nobody under fourteen is entered in the register of skills."))
    require_module(person.place, MODULE)
    return person.place


def _check_skills(skills: Iterable[Skill]) -> list[Skill]:
    chosen = sorted({skill.pk: skill for skill in skills}.values(), key=lambda skill: skill.code)
    if not chosen:
        raise Invalid(_("Please choose at least one skill."), field="skills")
    if len(chosen) > MOST_SKILLS:
        raise Invalid(_("Choose at most %(most)s skills, the best ones.") % {"most": MOST_SKILLS}, field="skills")
    if any(skill.parent_id is None or skill.ends_on for skill in chosen):
        raise Invalid(_("Choose skills of the tree, not a whole group."), field="skills")
    return chosen


def _clean_words(words: str) -> str:
    if len(words) > LONGEST_WORDS:
        raise Invalid(_("Write at most %(most)s characters.") % {"most": LONGEST_WORDS}, field="words")
    return " ".join(words.split())


def _set_skills(entry: TalentEntry, skills: list[Skill]) -> None:
    """Those that stay keep who verified them."""
    entry.skills.exclude(skill__in=skills).delete()
    have = set(entry.skills.values_list("skill_id", flat=True))
    TalentSkill.objects.bulk_create(TalentSkill(entry=entry, skill=skill) for skill in skills if skill.pk not in have)


def _write(person: Person, skills: list[Skill], **values: object) -> TalentEntry:
    """The one row of the person, made or made anew."""
    entry = TalentEntry.objects.filter(person=person).first() or TalentEntry(person=person)
    for name, value in {"recommended_by_id": None, "confirmed_on": None, "rests_since": None, **values}.items():
        setattr(entry, name, value)
    entry.entered_on = clock.today()
    fresh = entry._state.adding
    if entry.state == State.ASKED and (entry.promise is None or entry.promise.settled_at):
        entry.promise = owe(ASK, entry)
    if fresh:
        entry.save(force_insert=True)
    else:
        entry.save(update_fields=[*values, "entered_on", "promise", "recommended_by", "confirmed_on", "rests_since"])
    _set_skills(entry, skills)
    reckon_check(entry)
    return entry


@transaction.atomic
def enter_skills(person: Person, *, by: Actor, skills: Iterable[Skill], words: str = "") -> TalentEntry:
    """The person's own entry, by themself or by a helper who passes on their word. With their consent on record it stands
    in the register at once; without, somebody asks for it and nothing of it is used before."""
    person = lock(person)
    require(by, "talent.enter", person)
    _check_person(person)
    chosen = _check_skills(skills)
    before = TalentEntry.objects.filter(person=person).first()
    if before and before.state in HELD:
        raise Conflict(_("This person stands in the register already. Change the skills there."))
    agreed = holds(person, PURPOSE) and (by.is_system or speaks_for(by, person))
    if agreed and before:
        settle(before)
    entry = _write(
        person, chosen, source=Source.OWN, state=State.LISTED if agreed else State.ASKED, words=_clean_words(words),
        confirmed_on=clock.today() if agreed else None,
    )  # fmt: skip
    log.record(by, "talent.entered", entry, changed={"state": (None, str(entry.state))})
    return entry


@transaction.atomic
def recommend(person: Person, *, by: Actor, skills: Iterable[Skill], words: str = "") -> TalentEntry:
    """Name somebody for the register. They are asked first; nothing of it is used before they agree, and whoever declined
    is not asked again for a year."""
    person = lock(person)
    require(by, "talent.recommend", person)
    _check_person(person)
    chosen = _check_skills(skills)
    before = TalentEntry.objects.filter(person=person).first()
    if before and before.state == State.DECLINED and clock.today() < before.entered_on + AGAIN:
        raise Conflict(_("This person was asked and declined. They are not asked again for a year."))
    if before and before.state != State.DECLINED:
        raise Conflict(_("This person stands in the register, or is being asked, already."))
    entry = _write(
        person, chosen, source=Source.RECOMMENDED, state=State.ASKED, words=_clean_words(words),
        recommended_by_id=by.post_id,
    )  # fmt: skip
    log.record(by, "talent.recommended", entry)
    return entry


@transaction.atomic
def accept_entry(entry: TalentEntry, *, by: Actor) -> TalentEntry:
    """The person agrees to what stands in it. Their consent to the register is on record before."""
    entry = lock(entry)
    require(by, "talent.answer", entry)
    MOVES.check(entry, "accept")
    if not holds(entry.person, PURPOSE):
        raise Invalid(_("Their consent to the register of skills is not on record yet. Enter it first."))
    changed = MOVES.apply(entry, "accept", confirmed_on=clock.today())
    settle(entry)
    reckon_check(entry)
    log.record(by, "talent.accepted", entry, changed=changed)
    return entry


@transaction.atomic
def decline_entry(entry: TalentEntry, *, by: Actor) -> TalentEntry:
    """The person says no. What was written goes at once; that they were asked stays for a year, so that nobody asks
    again."""
    entry = lock(entry)
    require(by, "talent.answer", entry)
    changed = MOVES.apply(entry, "decline", words="", entered_on=clock.today())
    entry.skills.all().delete()
    settle(entry)
    log.record(by, "talent.declined", entry, changed=changed)
    return entry


@transaction.atomic
def change_entry(entry: TalentEntry, *, by: Actor, skills: Iterable[Skill], words: str = "") -> TalentEntry:
    """Other skills or words; skills that stay keep who verified them. It counts as confirmed today."""
    entry = lock(entry)
    require(by, "talent.change", entry)
    chosen = _check_skills(skills)
    changed = MOVES.apply(
        entry, "change", words=_clean_words(words), confirmed_on=clock.today(),
        rests_since=None,
    )  # fmt: skip
    _set_skills(entry, chosen)
    settle(entry)
    reckon_check(entry)
    log.record(by, "talent.changed", entry, changed=changed)
    return entry


@transaction.atomic
def confirm_entry(entry: TalentEntry, *, by: Actor) -> TalentEntry:
    """The person says that it still holds; one that rested is shown again."""
    entry = lock(entry)
    require(by, "talent.confirm", entry)
    changed = MOVES.apply(entry, "confirm", confirmed_on=clock.today(), rests_since=None)
    settle(entry)
    reckon_check(entry)
    log.record(by, "talent.confirmed", entry, changed=changed)
    return entry


@transaction.atomic
def rest_entry(entry: TalentEntry, *, by: Actor) -> TalentEntry:
    """Nobody confirmed it in time: it is not shown or found until the person says that it holds."""
    entry = lock(entry)
    require(by, "talent.rest", entry)
    changed = MOVES.apply(entry, "rest", rests_since=clock.today())
    if entry.promise and entry.promise.settled_at is None:
        promises.release(entry.promise, "not_confirmed")
    reckon_check(entry, reason="not_confirmed")
    log.record(by, "talent.rested", entry, changed=changed)
    return entry
