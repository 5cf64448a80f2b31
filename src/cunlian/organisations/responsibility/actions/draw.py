"""Drawing up a yearly list: whose it is, and its lines."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.actions.duties import place_of
from cunlian.organisations.models import Capacity, Duty, Post, ResponsibilityLine, ResponsibilityList
from cunlian.organisations.querysets import COUNTY_DIGITS
from cunlian.organisations.responsibility.aims import AIMS, Aim, aim_of
from cunlian.organisations.responsibility.changes import key_of
from cunlian.organisations.responsibility.states import State
from cunlian.people.models import Household
from cunlian.places.models import Area, Lane, Level, Place, VillagerGroup
from cunlian.places.querysets import code_q


@transaction.atomic
def draw_list(
    *, by: Actor, place: Place, year: int, capacity: str, paper: str = "", invented: bool = False
) -> ResponsibilityList:
    """An empty draft for one capacity at ``place`` (a county, township or village) in this year or the next."""
    drawn = ResponsibilityList(place=place, year=year, capacity=capacity, paper=paper.strip(), invented=invented)
    require(by, "organisations.draw_list", drawn)
    if capacity not in Capacity.values:
        raise Invalid(_("Please choose in what capacity the posts answer."), field="capacity")
    if place.level not in (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE):
        raise Invalid(_("A list is drawn up for a county, a township or a village."), field="place")
    if year - clock.today().year not in (0, 1):
        raise Invalid(_("A list is drawn up for this year or the next."), field="year")
    if ResponsibilityList.objects.filter(place=place, year=year, capacity=capacity).exists():
        raise Conflict(_("There is a list of this year for this capacity already. Work on that one."), field="capacity")
    drawn.save(force_insert=True)
    log.record(by, "organisations.list_drawn", drawn)
    return drawn


def _of_draft(one: ResponsibilityList) -> None:
    if one.state != State.DRAFT:
        raise Conflict(_("Lines are changed in a draft only. Take the list back to the draft first."))


def check_line(line: ResponsibilityLine) -> None:
    """Raise Invalid where the line cannot stand on its list: wrong kind, outside its place, another county, ended post."""
    one, duty = line.on_list, line.as_duty()
    aim = aim_of(duty)
    if aim is None or aim not in AIMS[Capacity(one.capacity)]:
        fits = ", ".join(str(known.label) for known in Aim if known in AIMS[Capacity(one.capacity)])
        raise Invalid(
            _("In this capacity a post answers for: %(fits)s. Choose one of these.") % {"fits": fits}, field="place"
        )
    if not line.place.code.startswith(one.place.code):
        raise Invalid(_("This lies outside the place of the list."), field="place")
    if line.post.place.code[:COUNTY_DIGITS] != one.place.code[:COUNTY_DIGITS]:
        raise Invalid(_("This post is of another county."), field="post")
    if line.post.ends_on and line.post.ends_on <= clock.today():
        raise Invalid(_("This post has ended. Choose another one."), field="post")


@transaction.atomic
def add_line(
    one: ResponsibilityList,
    *,
    by: Actor,
    post: Post,
    place: Place | None = None,
    area: Area | None = None,
    household: Household | None = None,
    lane: Lane | None = None,
    group: VillagerGroup | None = None,
) -> ResponsibilityLine:
    """The post is to answer for one object: a place, or an area, household, lane or group."""
    one = lock(one)
    require(by, "organisations.draw_list", one)
    _of_draft(one)
    if sum(1 for aim in (place, area, household, lane, group) if aim) != 1:
        raise Invalid(_("Choose one thing the post is to answer for."), field="place")
    where = place or place_of(area=area, household=household, lane=lane, group=group)
    assert where is not None
    line = ResponsibilityLine(
        on_list=one, post=post, place=where, area=area, household=household, lane=lane, group=group
    )
    check_line(line)
    if key_of(line) in {key_of(known) for known in one.lines.filter(post=post)}:
        raise Conflict(_("This line stands on the list already."), field="post")
    line.save(force_insert=True)
    log.record(by, "organisations.line_added", one, changed={"line": (None, str(line.pk))})
    return line


@transaction.atomic
def remove_line(line: ResponsibilityLine, *, by: Actor) -> None:
    """Out of the draft. A duty that runs is not touched by it before the list is published."""
    one = lock(line.on_list)
    require(by, "organisations.draw_list", one)
    _of_draft(one)
    log.record(by, "organisations.line_removed", one, changed={"line": (str(line.pk), None)})
    line.delete()


@transaction.atomic
def take_over(one: ResponsibilityList, *, by: Actor) -> int:
    """Put every duty of the capacity that runs today at the place and below it on the draft, so that the pairs of the
    year before are kept unless somebody changes them. Returns how many lines were new."""
    one = lock(one)
    require(by, "organisations.draw_list", one)
    _of_draft(one)
    here = code_q(one.place.code, "place__")
    held = Duty.objects.on(clock.today()).filter(here, capacity=one.capacity, matter="").for_list()
    have = {key_of(line) for line in one.lines.all()}
    fits = AIMS[Capacity(one.capacity)]
    new = {key_of(duty): duty for duty in held if aim_of(duty) in fits and key_of(duty) not in have}
    ResponsibilityLine.objects.bulk_create(
        ResponsibilityLine(
            on_list=one, post=duty.post, place=duty.place, area=duty.area, household=duty.household, lane=duty.lane,
            group=duty.group,
        )
        for duty in new.values()
    )  # fmt: skip
    log.record(by, "organisations.lines_taken_over", one, changed={"lines": (0, len(new))})
    return len(new)
