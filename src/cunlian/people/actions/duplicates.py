"""Two files of one person become one; two that only look alike stay two, or are parted again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, days, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.people import standing
from cunlian.people.duplicates import move_back, move_references
from cunlian.people.models import Absence, Membership, Person, PersonMerge, PersonPair, PersonVersion, Relation

FILLED = (("phone", "phone_digest"), ("id_number", "id_digest"), ("birth_date",), ("birth_year",), ("gender",))
WHERE = ("whereabouts", "work", "back_in", "ask_about")


def _lock_both(one: Person, other: Person) -> tuple[Person, Person]:
    if one.pk == other.pk:
        raise Invalid(_("Choose two different files."))
    locked = {person.pk: lock(person) for person in sorted((one, other), key=lambda person: person.pk)}
    return locked[one.pk], locked[other.pk]


def _check_one_person(kept: Person, gone: Person) -> None:
    for person in (kept, gone):
        if person.gone_because == Person.Gone.MERGED or person.erased_at:
            raise Conflict(_("One of the two files is closed already. Look at the list of duplicates again."))
    if kept.id_digest and gone.id_digest and kept.id_digest != gone.id_digest:
        raise Invalid(_("The two have different identity numbers: they are two persons, or one number is wrong."))
    if kept.user_id and gone.user_id:
        raise Conflict(
            _("Both have an account. Keep the file that is used, and ask for the other account to be closed.")
        )


def _missing(kept: Person, gone: Person) -> dict[str, Any]:
    """What is missing in the file kept and known in the other."""
    values = {name: getattr(gone, name) for names in FILLED if not getattr(kept, names[0]) for name in names}
    if kept.birth_year and kept.birth_year != gone.birth_year:
        values.pop("birth_date", None)
    return {name: value for name, value in values.items() if value}


def _set(person: Person, values: dict[str, Any]) -> None:
    """Set what is known; what stood there stays in the register of the days before."""
    before = person.version(clock.today())
    if change(person, **values):
        last = PersonVersion.objects.filter(person=person).order_by("ends_on", "pk").last()
        before.starts_on = last.ends_on if last else None
        before.save(force_insert=True)


def _take_home(into: Person, row: Membership | None, absence: Absence | None, day: date) -> dict[str, Any]:
    """Who was in no household comes into that of the other file; by key what that made."""
    if row is None or into.household or into.gone_because == Person.Gone.DIED:
        return {}
    was, made = _gone(into), {}
    standing.belong(into, row.household, day, row.relation)
    change(into, gone_on=None, gone_because="")
    if absence and not into.is_away:
        standing.leave(into, max(day, absence.starts_on), **{name: getattr(absence, name) for name in WHERE})
        made["absence"] = str(Absence.objects.get(person=into, ends_on=None).pk)
    return {"membership": str(Membership.objects.get(person=into, ends_on=None).pk), "kept_was": was, **made}


def _gone(person: Person) -> list[str]:
    return [person.gone_on.isoformat() if person.gone_on else "", person.gone_because]


@transaction.atomic
def merge_persons(gone: Person, *, by: Actor, into: Person, day: date | None = None) -> Person:
    """Both files are of one person: all that points at ``gone`` points at ``into`` from now on, and what ``into`` lacked is
    filled in. ``gone`` keeps its memberships, absences and corrections up to ``day``, so the register of an earlier day
    stays as it was. What cannot be had twice (a second consent to the same) stays with it too."""
    gone, into = _lock_both(gone, into)
    for person in (gone, into):
        require(by, "people.merge_persons", person)
    _check_one_person(into, gone)
    dates = (standing.member_since(person) for person in (gone, into))
    day = standing.check_day(day, *dates)
    row = Membership.objects.filter(person=gone, ends_on=None).first()
    absence = Absence.objects.filter(person=gone, ends_on=None).first()
    user, missing = gone.user, _missing(into, gone)
    brought = {
        "left": str(row.pk) if row else "", "was_away": str(absence.pk) if absence else "", "gone_was": _gone(gone),
        "account": str(user.pk) if user else "", "filled": sorted(missing),
    }  # fmt: skip
    changed = standing.belong(gone, None, day) | standing.come_back(gone, day)
    changed |= change(gone, user=None, gone_on=day, gone_because=Person.Gone.MERGED, merged_into=into)
    brought |= _take_home(into, row, absence, day)
    _set(into, missing)
    change(into, **({"user": user} if user else {}))
    moved = move_references(gone, into)
    PersonMerge.objects.create(
        kept=into, gone=gone, day=day, moved=moved, brought=brought, entered_on=clock.today()
    )  # fmt: skip
    log.record(by, "people.persons_merged", gone, changed=changed | {"into": (None, into.pk)})
    return into


def _check_undoable(merge: PersonMerge, gone: Person, kept: Person) -> None:
    if merge.undone_on or gone.merged_into_id != kept.pk:
        raise Conflict(_("This merge is undone already. Look at the list of merged files again."))
    if kept.gone_because == Person.Gone.MERGED:
        raise Conflict(_("The file kept was merged into another one later. Undo that merge first."))
    if clock.today() > merge.undo_until:
        raise Invalid(
            _("It could be undone until %(day)s. Register the second person anew, or correct the file.")
            % {"day": days.day(merge.undo_until)}
        )


def _part_values(merge: PersonMerge, gone: Person, kept: Person) -> None:
    """What was filled in from the other file goes, unless it was corrected since."""
    names = [name for name in merge.brought["filled"] if getattr(kept, name) == getattr(gone, name)]
    _set(kept, {name: getattr(Person(), name) for name in names})
    if merge.brought["account"] and str(kept.user_id) == merge.brought["account"]:
        user = kept.user
        change(kept, user=None)
        change(gone, user=user)


def _part_homes(merge: PersonMerge, gone: Person, kept: Person, day: date) -> None:
    """From ``day`` on each lives where they lived before: the file kept only if it has not moved since."""
    brought = merge.brought
    if _running(Membership, brought.get("membership"), kept):
        standing.belong(kept, None, day)
        if kept.gone_on is None:
            change(kept, **_as_gone(brought["kept_was"]))
        if _running(Absence, brought.get("absence"), kept):
            standing.come_back(kept, day)
    row = Membership.objects.filter(person=gone, pk__in=_keys(brought["left"]), household__ends_on=None).first()
    if row:
        taken = Membership.objects.filter(household=row.household_id, ends_on=None, relation="head").exists()
        relation = "" if row.relation == Relation.HEAD and taken else row.relation
        standing.belong(gone, row.household, day, relation)
    absence = Absence.objects.filter(person=gone, pk__in=_keys(brought["was_away"])).first()
    if absence:
        standing.leave(gone, day, **{name: getattr(absence, name) for name in WHERE})


def _keys(key: str | None) -> list[str]:
    return [key] if key else []


def _running(model: type[Membership | Absence], key: str | None, person: Person) -> bool:
    return model._default_manager.filter(pk__in=_keys(key), person=person, ends_on=None).exists()


def _as_gone(was: list[str]) -> dict[str, Any]:
    day, because = was
    return {"gone_on": date.fromisoformat(day) if day else None, "gone_because": because}


@transaction.atomic
def undo_merge(merge: PersonMerge, *, by: Actor, reason: str) -> Person:
    """They are two persons after all: from today each file is what it was, with all the merge took along; the register of
    the days between stays as it was. What came to the file kept since the merge stays with it. Conflict or Invalid when
    it is undone already, too old, or followed by another merge."""
    merge = lock(merge)
    gone, kept = _lock_both(merge.gone, merge.kept)
    for person in (gone, kept):
        require(by, "people.undo_merge", person)
    if not reason.strip():
        raise Invalid(_("Please say why they are two persons after all."), field="reason")
    _check_undoable(merge, gone, kept)
    day = standing.check_day(None, *(standing.member_since(person) for person in (gone, kept)))
    changed = change(gone, merged_into=None, **_as_gone(merge.brought["gone_was"]))
    _part_homes(merge, gone, kept, day)
    _part_values(merge, gone, kept)
    move_back(merge.moved, gone, kept)
    change(merge, undone_on=day, undone_because=reason.strip()[:200])
    log.record(by, "people.merge_undone", gone, changed=changed | {"from": (kept.pk, None)})
    return gone


@transaction.atomic
def keep_apart(one: Person, *, by: Actor, other: Person) -> PersonPair:
    """Two persons that only look alike: they are not suggested again."""
    one, other = _lock_both(one, other)
    for person in (one, other):
        require(by, "people.merge_persons", person)
    first, second = sorted((one, other), key=lambda person: person.pk)
    pair, made = PersonPair.objects.get_or_create(first=first, second=second)
    if made:
        log.record(by, "people.kept_apart", pair, place_id=one.place_id)
    return pair
