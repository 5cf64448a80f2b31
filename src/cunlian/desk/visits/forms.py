"""What a visit asks for: whom, when, what was heard, what follows. No photo, no place on a map, no time of day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cunlian.cases.models import Category
from cunlian.desk.acting import DayField
from cunlian.desk.places.seen import own_places
from cunlian.desk.responsibility.forms import choose_from
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.organisations.models import Duty, Post, VisitNote
from cunlian.organisations.visits.rules import VISITORS
from cunlian.people.models import Circumstance, Household
from cunlian.places.models import Level
from cunlian.places.territory import territory_q


def households_of(actor: Actor) -> Any:
    """Those the actor's posts answer for by name, lane, group or grid, have been to, or know a need of; so every household
    that waits for a visit of theirs is among them."""
    duties = Duty.objects.on(clock.today()).filter(post_id__in=actor.post_ids)
    needs = Circumstance.objects.named_for(actor).filter(person__household__isnull=False)
    mine = (
        Q(pk__in=duties.filter(household__isnull=False).values("household"))
        | Q(lane__in=duties.filter(lane__isnull=False).values("lane"))
        | Q(group__in=duties.filter(group__isnull=False).values("group"))
        | Q(grid__in=duties.filter(place__level=Level.GRID, household=None, lane=None, group=None).values("place"))
        | Q(pk__in=VisitNote.objects.visible_to(actor).filter(household__isnull=False).values("household"))
        | Q(pk__in=needs.values("person__household"))
    )
    known = Household.objects.visible_to(actor).current().filter(mine)
    return known.select_related("place").order_by("place__code", "number")


class HouseholdChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """By village and number: no name on a list that lies open on a phone."""

    def label_from_instance(self, obj: Any) -> str:
        return _now("%(village)s household %(number)s") % {"village": obj.place, "number": obj.number}


class VisitForm(forms.Form):
    household = HouseholdChoice(
        label=_("Household"), queryset=Household.objects.none(), required=False, empty_label="—"
    )
    place = forms.ModelChoiceField(
        label=_("or place"), queryset=Post.objects.none(), required=False, empty_label="—", to_field_name="code"
    )
    post = forms.ModelChoiceField(label=_("From which post"), queryset=Post.objects.none(), empty_label=None)
    visited_on = DayField(label=_("Day of the visit"))
    heard = forms.CharField(
        label=_("What was heard"), max_length=2000, widget=forms.Textarea({"rows": 5}),
        help_text=_("The household reads it. Illness, disability and money do not belong here: they are noted under help "
                    "and care, with consent."),
    )  # fmt: skip
    follows = forms.CharField(
        label=_("What follows"), max_length=500, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("Empty: nothing. A request can be begun from the note afterwards."),
    )  # fmt: skip
    promise_days = forms.IntegerField(
        label=_("Promised within so many working days"), required=False, min_value=1, max_value=60
    )
    again_on = DayField(label=_("Look in again on"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "household", households_of(actor))
        here = territory_q(actor, VISITORS, "")
        levels = (Level.VILLAGE, Level.GRID)
        choose_from(self, "place", own_places(actor).current().filter(here, level__in=levels).order_by("code"))
        posts = Post.objects.visible_to(actor).current().filter(pk__in=actor.post_ids).for_list()
        choose_from(self, "post", posts)
        if len(posts) == 1:
            self.fields["post"].widget = forms.HiddenInput()
            self.fields["post"].initial = posts[0].pk


class FollowForm(forms.Form):
    done = forms.CharField(label=_("What was done"), max_length=500, widget=forms.Textarea({"rows": 3}))


class ReportForm(forms.Form):
    text = forms.CharField(label=_("What is to be settled"), max_length=2000, widget=forms.Textarea({"rows": 4}))
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.none(), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "category", Category.objects.leaves().listed_on(clock.today()).order_by("code"))
