"""Entering the register of skills with the consent it rests on, in one step; and who hears that they are asked."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cunlian.flows.notify import language_of
from cunlian.kernel import messages
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.kernel.models import Activity, Evidence
from cunlian.kernel.secrets import decrypt
from cunlian.people.actions import meet_person, note_reporter
from cunlian.people.consent import give, holds
from cunlian.people.models import Consent, Person
from cunlian.places.models import Place
from cunlian.talent.models import Skill, TalentEntry
from cunlian.talent.register.actions import accept_entry, enter_skills, recommend
from cunlian.talent.register.querysets import PURPOSE
from cunlian.talent.register.states import State

Way = Consent.Way


@transaction.atomic
def enter_online(
    person: Person, *, by: Actor, version: int | None, skills: Iterable[Skill], words: str = "",
) -> TalentEntry:  # fmt: skip
    """The person agrees to the words they have read (``version``) and enters their skills."""
    if person.withheld and person.place:
        person = meet_person(person, by=SYSTEM, place=person.place)
    if version is not None and not holds(person, PURPOSE):
        give(person, by=by, purpose=PURPOSE, way=Way.ONLINE, version=version)
    return enter_skills(person, by=by, skills=skills, words=words)


@transaction.atomic
def enter_for(
    person: Person, *, by: Actor, scan: Evidence | None, skills: Iterable[Skill], words: str = "",
) -> TalentEntry:  # fmt: skip
    """A helper enters it on the person's word, with the signed form; without the form it waits for the consent."""
    if scan is not None:
        give(person, by=by, purpose=PURPOSE, way=Way.PAPER, scan=scan)
    return enter_skills(person, by=by, skills=skills, words=words)


@transaction.atomic
def agree_to_entry(
    entry: TalentEntry, *, by: Actor, scan: Evidence | None = None, version: int | None = None
) -> TalentEntry:
    """The person agrees to what somebody entered for them: online to the words they read, or on the signed form."""
    if scan is not None:
        give(entry.person, by=by, purpose=PURPOSE, way=Way.PAPER, scan=scan)
    elif version is not None and not holds(entry.person, PURPOSE):
        give(entry.person, by=by, purpose=PURPOSE, way=Way.ONLINE, version=version)
    return accept_entry(entry, by=by)


@transaction.atomic
def offer_skills(
    *, by: Actor, place: Place, name: str, phone: str, skills: Iterable[Skill], words: str = "", for_other: bool = False
) -> TalentEntry | None:
    """Without an account: somebody names themself or a neighbour, who is then asked for their consent. Where the person
    has an entry already nothing happens, and the visitor is told nothing of it; but whoever declined and now writes for
    themself is asked again."""
    person = note_reporter(by=SYSTEM, place=place, name=name, phone=phone)
    entries = TalentEntry.objects.filter(person=person)
    if (entries if for_other else entries.exclude(state=State.DECLINED)).exists():
        return None
    if for_other:
        return recommend(person, by=by, skills=skills, words=words)
    return enter_skills(person, by=by, skills=skills, words=words)


def tell_named(activity: Activity) -> None:
    """A text message to whoever was recommended, or whose entry is a year old: where they say yes or no."""
    entry = TalentEntry.objects.select_related("person__user").filter(pk=activity.object_id).first()
    if entry is None or not entry.person.can_be_told:
        return
    with translation.override(language_of(entry.person.user)):
        texts = {
            "talent.recommended": _(
                "You were recommended for the register of local skills. Nothing is used before you agree. Say yes or no "
                "here, or tell your village: %(link)s"
            ),
            "talent.refresh_asked": _(
                "Your entry in the register of local skills is a year old. Does it still hold? Say so here, or tell your "
                "village: %(link)s"
            ),
        }
        body = texts[activity.verb] % {"link": f"{settings.PUBLIC_URL}/mine/skills/"}
    messages.queue(f"{activity.id}:{entry.person_id}", "sms", decrypt(entry.person.phone), "", body, about=entry)
