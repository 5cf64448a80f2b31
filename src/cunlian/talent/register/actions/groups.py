"""Advisory groups: set up on a paper, their members drawn from the register, from a day to a day. They decide nothing."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, days, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.places.models import Level, Place, require_module
from cunlian.talent.models import AdvisoryGroup, AdvisoryMember, TalentEntry
from cunlian.talent.rules import MODULE


@transaction.atomic
def found_group(
    *, by: Actor, place: Place, name: str, field: str, paper: str, starts_on: date | None = None
) -> AdvisoryGroup:
    """A group of a county, township or village that advises on ``field``."""
    group = AdvisoryGroup(
        place=place, name=" ".join(name.split()), field=" ".join(field.split()), paper=paper.strip(),
        starts_on=starts_on or clock.today(),
    )  # fmt: skip
    require(by, "talent.keep_groups", group)
    if place.level not in (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE):
        raise Invalid(_("A group belongs to a county, a township or a village."), field="place")
    require_module(place, MODULE)
    for named in ("name", "field", "paper"):
        if not getattr(group, named):
            raise Invalid(
                _("Say what the group is called, what it advises on, and which paper sets it up."), field=named
            )
    if AdvisoryGroup.objects.filter(place=place, name=group.name, ends_on=None).exists():
        raise Conflict(_("There is a group of this name here already."), field="name")
    group.save(force_insert=True)
    log.record(by, "talent.group_founded", group)
    return group


@transaction.atomic
def seat_member(
    group: AdvisoryGroup, *, by: Actor, entry: TalentEntry, starts_on: date | None = None
) -> AdvisoryMember:
    """Somebody who stands in the register of the group's place joins it."""
    group = lock(group)
    require(by, "talent.keep_groups", group)
    day = starts_on or clock.today()
    if group.ends_on:
        raise Conflict(_("This group has ended."))
    if day < group.starts_on:
        raise Invalid(_("The group began on %(day)s.") % {"day": days.day(group.starts_on)}, field="starts_on")
    here = TalentEntry.objects.in_register().filter(pk=entry.pk, person__place__code__startswith=group.place.code)
    if not here.exists():
        raise Invalid(
            _("Members are drawn from the register of the place. Choose somebody who stands in it."), field="entry"
        )
    if group.members.filter(entry=entry, ends_on=None).exists():
        raise Conflict(_("This person is a member already."), field="entry")
    member = AdvisoryMember.objects.create(group=group, entry=entry, starts_on=day)
    log.record(by, "talent.member_seated", member)
    return member


@transaction.atomic
def unseat_member(member: AdvisoryMember, *, by: Actor, ends_on: date | None = None) -> AdvisoryMember:
    """The seat ends on a day (exclusive), today when None."""
    member = lock(member)
    require(by, "talent.keep_groups", member)
    day = ends_on or clock.today()
    if member.ends_on:
        raise Conflict(_("This seat has ended already."))
    if day < member.starts_on:
        raise Invalid(_("It began on %(day)s.") % {"day": days.day(member.starts_on)}, field="ends_on")
    changed = change(member, ends_on=day)
    log.record(by, "talent.member_unseated", member, changed=changed)
    return member


@transaction.atomic
def end_group(group: AdvisoryGroup, *, by: Actor, ends_on: date | None = None) -> AdvisoryGroup:
    """The group and every seat in it end on a day (exclusive), today when None."""
    group = lock(group)
    require(by, "talent.keep_groups", group)
    day = ends_on or clock.today()
    if group.ends_on:
        raise Conflict(_("This group has ended."))
    if day < group.starts_on:
        raise Invalid(_("It began on %(day)s.") % {"day": days.day(group.starts_on)}, field="ends_on")
    changed = change(group, ends_on=day)
    for member in group.members.filter(ends_on=None):
        change(member, ends_on=max(day, member.starts_on))
    log.record(by, "talent.group_ended", group, changed=changed)
    return group
