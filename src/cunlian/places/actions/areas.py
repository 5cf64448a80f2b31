"""Drawing areas over villages. Dated: a redrawn area leaves its past readable."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cunlian.kernel import log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Invalid
from cunlian.places.models import Area, AreaMembership, Level, Place

PERMISSION = "places.draw_area"


@transaction.atomic
def create_area(
    root: Place, *, by: Actor, name: str, area_kind: str, starts_on: date, paper: str = "", invented: bool = False
) -> Area:
    """A new, empty area under ``root``. Its name must be free among today's areas."""
    require(by, PERMISSION, root)
    name = name.strip()
    if not name:
        raise Invalid(_("Please give the area a name."), field="name")
    if area_kind not in Area.AreaKind.values:
        raise Invalid(_("Choose one of the kinds of area."), field="area_kind")
    if Area.objects.filter(root=root, name=name, ends_on=None).exists():
        raise Invalid(_("There is an area called %(name)s already.") % {"name": name}, field="name")
    area = Area.objects.create(
        root=root, name=name, area_kind=area_kind, starts_on=starts_on, paper=paper, invented=invented
    )
    log.record(by, "places.area_created", area, changed={"name": (None, name), "starts_on": (None, starts_on)})
    return area


@transaction.atomic
def add_village_to_area(area: Area, *, by: Actor, village: Place, starts_on: date) -> AreaMembership:
    """The village belongs to the area from that day, beside any other area it is in."""
    area = lock(area)
    require(by, PERMISSION, area)
    inside = Place.objects.within(area.root).filter(pk=village.pk).exists()
    if village.level != Level.VILLAGE or village.ends_on is not None or not inside:
        raise Invalid(_("Choose a village of this district that exists today."), field="village")
    if starts_on < area.starts_on or area.ends_on is not None:
        raise Invalid(_("The area does not exist on that day."), field="starts_on")
    if AreaMembership.objects.filter(area=area, place=village, ends_on=None).exists():
        raise Invalid(_("%(village)s is in this area already.") % {"village": village}, field="village")
    if AreaMembership.objects.filter(area=area, place=village, ends_on__gt=starts_on).exists():
        raise Invalid(_("%(village)s was in this area on that day; choose a later one.") % {"village": village})
    row = AreaMembership.objects.create(area=area, place=village, starts_on=starts_on)
    log.record(
        by, "places.area_joined", area, changed={"village": (None, village), "starts_on": (None, starts_on)},
        place_id=village.pk,
    )  # fmt: skip
    return row


@transaction.atomic
def end_area_membership(membership: AreaMembership, *, by: Actor, ends_on: date) -> AreaMembership:
    """The village is out of the area from ``ends_on`` on."""
    membership = lock(membership)
    require(by, PERMISSION, membership.area)
    if membership.ends_on is not None or ends_on < membership.starts_on:
        raise Invalid(_("Choose a day after the village joined the area."), field="ends_on")
    changed = change(membership, ends_on=ends_on)
    changed["village"] = (membership.place, None)
    log.record(by, "places.area_left", membership.area, changed=changed, place_id=membership.place_id)
    return membership


@transaction.atomic
def end_area(area: Area, *, by: Actor, ends_on: date) -> Area:
    """End the area and with it every membership that still holds."""
    area = lock(area)
    require(by, PERMISSION, area)
    if area.ends_on is not None or ends_on < area.starts_on:
        raise Invalid(_("Choose a day after the area began."), field="ends_on")
    held = AreaMembership.objects.filter(area=area, ends_on=None)
    if held.filter(starts_on__gt=ends_on).exists():
        raise Invalid(_("Some villages joined after that day. Choose a later one."), field="ends_on")
    count = held.update(ends_on=ends_on)
    changed = change(area, ends_on=ends_on)
    changed["memberships"] = (count, 0)
    log.record(by, "places.area_ended", area, changed=changed)
    return area
