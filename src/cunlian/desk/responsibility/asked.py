"""Which place or area the page of the chain is about, and what stands on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cunlian.desk.places.seen import AREA_ORDER, own_places
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may
from cunlian.kernel.refusals import Missing
from cunlian.organisations.chain import chain_for, seats
from cunlian.organisations.models import Duty, Gap, Leave, Organisation, Post, Posting
from cunlian.organisations.querysets import of_own_county
from cunlian.places.models import Area, AreaMembership, Level, Place, on


class WhereForm(forms.Form):
    """Kept in the address. A grid's code stands for its village."""

    place = forms.ModelChoiceField(
        label=_("Village"), queryset=Place.objects.none(), to_field_name="code", required=False, empty_label="—"
    )
    area = forms.ModelChoiceField(label=_("or area"), queryset=Area.objects.none(), required=False, empty_label="—")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        villages = own_places(actor).current().filter(level=Level.VILLAGE).order_by("code")
        areas = Area.objects.filter(of_own_county(actor, "root__")).order_by(*AREA_ORDER)
        self.villages = villages
        for name, rows in (("place", villages), ("area", areas)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    def usual(self, actor: Actor) -> Place | None:
        """The first village of the actor's own territory."""
        lows = sorted(grant.low for grant in actor.grants)
        near = self.villages.filter(code__gte=lows[0][:12]).first() if lows else None
        return near or self.villages.first()


def chosen(request: HttpRequest, form: WhereForm, day: date) -> dict[str, Any]:
    """Missing when the address names a place or area that is not there for the actor."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if form.is_bound and not form.is_valid():
        raise Missing(_("There is no such village or area here. Choose one from the list."))
    area = form.cleaned_data.get("area") if form.is_bound else None
    place = None if area else (form.cleaned_data.get("place") if form.is_bound else None) or form.usual(actor)
    form.initial = {"place": place.code if place else "", "area": area.pk if area else ""}
    gaps = Gap.objects.visible_to(actor).open().for_list()
    return {
        "place": place, "area": area, "chain": chain_for(place, day) if place else [],
        **(_of_area(area, day, actor) if area else {"held": [], "villages": []}),
        "open_gaps": [(gap, (clock.today() - gap.found_on).days) for gap in _within(gaps, place, area, day)],
        "all_gaps": gaps.count(),
    }  # fmt: skip


def _within(gaps: Any, place: Place | None, area: Area | None, day: date) -> Any:
    if place:
        return gaps.within(place)
    villages = AreaMembership.objects.filter(on(day), area=area).values_list("place__code", flat=True)
    return [gap for gap in gaps if gap.place.code[:12] in set(villages)]


def _of_area(area: Area, day: date, actor: Actor) -> dict[str, Any]:
    """The posts that answer for the whole area, and its villages of that day."""
    duties = list(Duty.objects.visible_to(actor).on(day).filter(area=area).for_list())
    seated = seats({duty.post_id for duty in duties}, day)
    members = AreaMembership.objects.filter(on(day), area=area).select_related("place").order_by("place__code")
    return {"held": [(duty, seated.get(duty.post_id)) for duty in duties], "villages": [row.place for row in members]}


def seat_in(unit: Organisation) -> Post:
    """A post of the unit as it would be, to ask whether one may be created."""
    return Post(organisation=unit, place=unit.place)


def may_do(actor: Actor, post: Post) -> dict[str, bool]:
    acts = ("appoint", "end_posting", "assign_duty", "end_duty", "arrange_stand_in", "end_stand_in")
    return {f"may_{name}": may(actor, f"organisations.{name}", post) for name in acts}


def leaves_of(actor: Actor, post: Post) -> dict[str, Any]:
    """When the holder is or was away, and whether this actor enters it."""
    posting = (
        Posting.objects.visible_to(actor).on(clock.today()).filter(post=post).select_related("post__place").first()
    )
    leaves = Leave.objects.visible_to(actor).filter(posting__post=post).order_by("-starts_on")[:10]
    may_enter = bool(posting and may(actor, "organisations.enter_leave", posting))
    return {"leaves": leaves, "posting": posting, "may_enter_leave": may_enter}
