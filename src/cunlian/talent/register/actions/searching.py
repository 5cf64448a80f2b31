"""Searching the register and opening an entry: for a purpose, written down, read by the people concerned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.models import Look
from cunlian.kernel.records import ref
from cunlian.kernel.refusals import Invalid, Missing
from cunlian.people.contact import full_contact
from cunlian.places.models import Place
from cunlian.talent.models import Skill, TalentEntry, TalentSearch, Whereabouts
from cunlian.talent.register.finding import fitting, villages_near
from cunlian.talent.register.words import kilometres_in, skills_in

MOST = 200
FURTHEST = 500


@dataclass(frozen=True)
class Opened:
    """Whom to call. Never kept, never put in a page that is not marked as a look."""

    name: str
    phone: str


def _check_purpose(purpose: str) -> str:
    if len(purpose.strip()) < 2:
        raise Invalid(_("Please say what you need it for. The people found will read this."), field="purpose")
    return purpose.strip()[:200]


def _read(words: str, skills: Iterable[Skill]) -> list[Skill]:
    """Skills that were chosen, else those the words speak of."""
    chosen = list(skills) or skills_in(words, Skill.objects.listed_on(clock.today()))
    if not chosen:
        raise Invalid(
            _("No skill of the tree fits these words. Say it in other words, or choose skills from the list."),
            field="words",
        )
    return chosen


@transaction.atomic
def search_talent(
    *,
    by: Actor,
    place: Place,
    purpose: str,
    words: str = "",
    skills: Iterable[Skill] = (),
    within_km: int | None = None,
    whereabouts: str = "",
    verified: bool = False,
) -> TalentSearch:
    """Who of the register in ``by``'s territory has one of the skills, within so many km of ``place`` (as the words say,
    where nothing else is given). Each of them, at most 200, reads that they were looked for, and why."""
    require(by, "talent.search", place)
    purpose = _check_purpose(purpose)
    if whereabouts and whereabouts not in Whereabouts:
        raise Invalid(_("Choose at home, away, or leave it open."), field="whereabouts")
    km = kilometres_in(words) if within_km is None else within_km
    if km is not None and not 1 <= km <= FURTHEST:
        raise Invalid(
            _("Write the distance in whole kilometres, 1 to %(most)s.") % {"most": FURTHEST}, field="within_km"
        )
    chosen = _read(words, skills)
    near = villages_near(place, km)
    rows = fitting(TalentEntry.objects.visible_to(by).in_register(), chosen, whereabouts, verified)
    rows = rows.filter(person__place__code__in=list(near)).order_by("person__place__code", "pk")
    persons = list(rows.values_list("person_id", flat=True)[:MOST])
    search = TalentSearch.objects.create(
        place=place, actor_id=by.user_id, post_id=by.post_id, skills=[skill.code for skill in chosen], within_km=km,
        whereabouts=whereabouts, verified=verified, purpose=purpose, found=len(persons), searched_at=clock.now(),
    )  # fmt: skip
    Look.objects.bulk_create(
        Look(
            person_id=person, actor_id=by.user_id, post_id=by.post_id, fields="skills", purpose=purpose,
            about_kind=search.KIND, about_id=search.pk, happened_at=search.searched_at,
        )
        for person in persons
    )  # fmt: skip
    log.record(by, "talent.searched", search, changed={"found": (None, len(persons))})
    return search


@transaction.atomic
def open_entry(entry: TalentEntry, *, by: Actor, purpose: str) -> Opened:
    """Name and phone, for a purpose the person will read. Missing when the entry lost its basis a moment ago."""
    found = TalentEntry.objects.visible_to(by).filter(pk=entry.pk).select_related("person").first()
    if found is None:
        raise Missing(_("This entry is not in the register any more."))
    require(by, "talent.open", found)
    about_kind, about_id = ref(found)
    Look.objects.create(
        person_id=found.person_id, actor_id=by.user_id, post_id=by.post_id, fields="name,phone",
        purpose=_check_purpose(purpose), about_kind=about_kind, about_id=about_id, happened_at=clock.now(),
    )  # fmt: skip
    log.record(by, "talent.opened", found)
    contact = full_contact(found.person)
    return Opened(contact.name, contact.phone)
