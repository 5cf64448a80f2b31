"""What the register of skills holds about a person, as the person reads it; how it goes, and how it follows a merged file."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from cunlian.kernel.access import SYSTEM
from cunlian.kernel.erasure import add_eraser
from cunlian.kernel.holdings import Held, add_teller, facts
from cunlian.kernel.ids import uuid7
from cunlian.kernel.models import Look
from cunlian.kernel.promises import release
from cunlian.kernel.records import change
from cunlian.people.consent.masking import mask_of
from cunlian.people.consent.retention import add_kept
from cunlian.people.duplicates import add_mover
from cunlian.people.models import Person
from cunlian.talent.models import AdvisoryMember, TalentEntry, TalentSearch, TalentSkill
from cunlian.talent.register.actions.leaving import let_go_entry
from cunlian.talent.register.promises import let_go, reckon_check
from cunlian.talent.register.querysets import PURPOSE
from cunlian.talent.register.states import HELD, State


def tell_entry(person_id: UUID) -> list[Held]:
    """The entry with its skills, whatever its state, and the advisory groups it led to."""
    entry = TalentEntry.objects.filter(person_id=person_id).for_list().first()
    if entry is None:
        return []
    basis = (
        _("Your consent: register of skills") if entry.state in HELD else _("So that you can be asked, or not again")
    )
    values = facts(
        (_("State"), entry.get_state_display()), (_("Where it comes from"), entry.get_source_display()),
        (_("Recommended by"), entry.recommended_by), (_("In your own words"), entry.words),
        (_("Entered on"), entry.entered_on),
        (_("Last confirmed on"), entry.confirmed_on), (_("Rests since"), entry.rests_since),
    )  # fmt: skip
    told = [Held(entry.KIND, _("Register of skills"), values, entry.entered_on, basis)]
    for row in entry.skills.all():
        values = facts(
            (_("Verified on"), row.verified_on), (_("How"), row.get_verified_how_display()),
            (_("Looked at, not verified"), row.left_on), (_("Why they cannot be verified"), row.get_why_not_display()),
            (_("By"), row.looked_by),
        )  # fmt: skip
        told.append(Held(row.KIND, _("Skill: %(skill)s") % {"skill": row.skill}, values, row.verified_on, basis))
    for seat in AdvisoryMember.objects.filter(entry=entry).for_list():
        values = facts((_("Advises on"), seat.group.field), (_("From"), seat.starts_on), (_("Until"), seat.ends_on))
        told.append(
            Held(seat.KIND, _("Advisory group: %(group)s") % {"group": seat.group}, values, seat.starts_on, basis)
        )
    return told


def remove_entries(entries: list[TalentEntry], reason: str) -> int:
    """Entries with skills and seats. What the post owed stays as its own, released."""
    for entry in entries:
        let_go(entry, reason)
        entry.delete()
    return len(entries)


def forget_entry(person_id: UUID) -> int:
    """All of it, in files merged into theirs too: for who took the consent back."""
    whose = Q(person=person_id) | Q(person__merged_into=person_id)
    return remove_entries(
        list(TalentEntry.objects.filter(whose).select_related("promise", "check_promise")), "consent_ended"
    )


def forget_person(person_id: UUID) -> int:
    """All of it, and the name where somebody wrote it into the purpose of a search that found them."""
    about = Look.objects.filter(person_id=person_id, about_kind=TalentSearch.KIND).values("about_id")
    touched = mask_of(person_id).hide_in(TalentSearch.objects.filter(pk__in=about), "purpose")
    return touched + forget_entry(person_id)


def _take_over(mine: TalentEntry, other: TalentEntry) -> None:
    """What only waited for an answer becomes what was agreed to under the other file."""
    names = ("state", "source", "words", "confirmed_on", "rests_since")
    change(mine, **{name: getattr(other, name) for name in names})
    mine.skills.all().delete()
    if mine.promise and mine.promise.settled_at is None:
        release(mine.promise, "merged")


def move_entry(gone: Person, kept: Person) -> int:
    """Where both files had an entry, the one kept gets the skills and seats it lacked. The other stays with the file that
    went, hidden as that is, so that it is there again when the merge is undone."""
    rows = TalentEntry.objects.select_related("promise")
    mine, other = rows.filter(person=kept).first(), rows.filter(person=gone).first()
    if other:
        let_go_entry(other, by=SYSTEM, reason="merged")
    if mine is None or other is None or other.state not in HELD or mine.state == State.DECLINED:
        return 0
    if mine.state == State.ASKED:
        _take_over(mine, other)
    lacking = list(other.skills.exclude(skill__in=mine.skills.values("skill")))
    for row in lacking:
        row.pk, row.entry = uuid7(), mine
    TalentSkill.objects.bulk_create(lacking)
    reckon_check(mine)
    sits = mine.seats.filter(ends_on=None).values("group")
    return len(lacking) + other.seats.exclude(ends_on=None, group__in=sits).update(entry=mine)


add_teller("talent.register", tell_entry)
add_eraser("talent.register", forget_person)
add_kept(PURPOSE, "talent.register", forget_entry)
add_mover("talent.register", move_entry)
