"""What calls, reviews, agreements, results and bases ask for. Fields are named as the arguments of their actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.desk.acting import DayField
from cunlian.desk.cases.choices import by_unit, keyed
from cunlian.desk.cases.forms import CHANNELS, words
from cunlian.desk.coming_home.forms import KeyForm
from cunlian.desk.places.seen import AREA_ORDER
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.organisations.models import Organisation, OrganisationKind, Post
from cunlian.organisations.querysets import COUNTY_DIGITS, of_own_county
from cunlian.places.models import Area, Level, Place, on
from cunlian.places.querysets import code_q
from cunlian.places.territory import territory_q
from cunlian.talent.models import ComesFrom, PartnerCall, Partnership
from cunlian.talent.partners.actions import Terms
from cunlian.talent.partners.rules import CALLERS
from cunlian.ui.forms import PhoneField


def _institutes(actor: Actor) -> Any:
    kind = OrganisationKind.INSTITUTE
    return Organisation.objects.visible_to(actor).current().filter(organisation_kind=kind).for_list()


def _own_places(actor: Actor, within: str = "") -> list[Place]:
    """Where the actor keeps calls: county, towns and villages, or those inside a place."""
    mine = Place.objects.visible_to(actor).current().filter(territory_q(actor, CALLERS, ""), level__lte=Level.VILLAGE)
    if within:
        mine = mine.filter(code_q(within))
    return list(mine.filter(level__gte=Level.COUNTY).order_by("code"))


class PlacedForm(KeyForm):
    """Its place is one of the actor's own."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        if "place" in self.fields:
            self.places = keyed(_own_places(actor))
            named = [("", ""), *((key, str(one)) for key, one in self.places.items())]
            self.fields["place"].choices = named  # type: ignore[attr-defined]
        if "institute" in self.fields:
            self.fields["institute"].queryset = _institutes(actor)  # type: ignore[attr-defined]

    def clean_place(self) -> Any:
        return self.places.get(self.cleaned_data["place"])


class CallWordsForm(PlacedForm):
    name = forms.CharField(label=_("What the call is called"), max_length=120)
    paper = forms.CharField(label=_("Paper or meeting that decides it"), max_length=200)
    paper_on = DayField(label=_("Day of the paper"))
    wanted = words(_("Who is wanted"), rows=4, most=3000, hint=_("Anybody reads this on the residents' site."))
    offered = words(
        _("What is offered"), rows=4, most=3000, hint=_("Nothing that only a village's members may decide.")
    )
    open_until = DayField(label=_("Open until"), initial=None)


class CallForm(CallWordsForm):
    place = forms.ChoiceField(label=_("For which place"))
    area = forms.ModelChoiceField(
        label=_("For an area together"), queryset=Area.objects.none(), required=False, empty_label="—"
    )

    field_order = ("name", "place", "area", "paper", "paper_on", "wanted", "offered", "open_until")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        areas = Area.objects.filter(of_own_county(actor, "root__"), on(clock.today())).order_by(*AREA_ORDER)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]


class ReviewerForm(KeyForm):
    post = forms.ChoiceField(
        label=_("Post that reviews"),
        help_text=_("Whoever holds it sees the applications, and declares a conflict of interest themself."),
    )

    def __init__(self, *args: Any, one: PartnerCall, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.visible_to(actor).current().filter(code_q(one.place.code[:COUNTY_DIGITS], "place__"))
        named = set(one.reviewers.values_list("post_id", flat=True))
        self.posts = keyed(post for post in posts.for_list().with_holders() if post.pk not in named)
        self.fields["post"].choices = by_unit(list(self.posts.values()))  # type: ignore[attr-defined]

    def clean_post(self) -> Any:
        return self.posts.get(self.cleaned_data["post"])


class NothingMore(KeyForm):
    """The press says it all."""

    def __init__(self, *args: Any, one: Any = None, actor: Actor | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class WordForm(NothingMore):
    in_favour = forms.TypedChoiceField(
        label=_("Your word"), choices=[("yes", _("For it")), ("no", _("Against it"))], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    words = words(_("Reason"), rows=3, most=1000, hint=_("Only the reviewers read this."))


class ConflictForm(NothingMore):
    words = words(
        _("Why you are too near to it"),
        required=False,
        rows=2,
        most=1000,
        hint=_("As much as you want to say."),
    )


class AnswerForm(NothingMore):
    answer = words(_("Answer to the person"), rows=3, most=500)


class TakenForm(AnswerForm):
    answer = words(_("Answer to the person"), required=False, rows=3, most=500)


class WithdrawForm(NothingMore):
    channel = forms.ChoiceField(label=_("How the person said it"), choices=CHANNELS, widget=forms.RadioSelect)


class TermsForm(KeyForm):
    """What the agreement says. Over collective assets only with the decision of the village's own members."""

    paper = forms.CharField(label=_("Agreement, its number or its day"), max_length=200)
    starts_on = DayField(label=pgettext_lazy("agreement", "From"))
    ends_on = DayField(label=pgettext_lazy("agreement", "Until (this day no more)"), initial=None)
    touches_assets = forms.BooleanField(
        label=_("It touches collective assets of a village: land, houses, money, shares"), required=False
    )
    asset_village = forms.ChoiceField(label=_("Of which village"), required=False)
    decision_paper = forms.CharField(
        label=_("Decision of that village's own members"), max_length=200, required=False,
        help_text=_("Of the members' assembly. No area, joint body or call decides over a village's assets."),
    )  # fmt: skip
    decision_on = DayField(label=_("Day of that decision"), required=False)

    TERMS = ("paper", "starts_on", "ends_on", "touches_assets", "asset_village", "decision_paper", "decision_on")

    def __init__(self, *args: Any, one: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.near = self._near(one)
        villages = [place for place in self.near if place.level == Level.VILLAGE]
        self.villages = keyed(villages)
        named = [("", "—"), *((str(place.pk), str(place)) for place in villages)]
        self.fields["asset_village"].choices = named  # type: ignore[attr-defined]

    def _near(self, one: Any) -> list[Place]:
        place = one.place if isinstance(one, Partnership) else one.call.place
        inside = Place.objects.current().filter(code_q(place.code), level__lte=Level.VILLAGE)
        return list(inside.order_by("code"))

    def clean_asset_village(self) -> Any:
        return self.villages.get(self.cleaned_data["asset_village"])

    def clean(self) -> dict[str, Any]:
        """As the action's arguments: the terms are one of them."""
        values = dict(self.cleaned_data)
        if not set(self.TERMS) <= set(values):
            return values
        return {name: value for name, value in values.items() if name not in self.TERMS} | {
            "terms": Terms(**{name: values[name] for name in self.TERMS})
        }


class AgreeForm(TermsForm):
    place = forms.ChoiceField(label=_("Where it works"))

    field_order = ("key", "place", *TermsForm.TERMS)

    def __init__(self, *args: Any, one: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, one=one, actor=actor, **kwargs)
        self.places = keyed(self.near)
        self.fields["place"].choices = [(str(place.pk), str(place)) for place in self.near]  # type: ignore[attr-defined]

    def clean_place(self) -> Any:
        return self.places.get(self.cleaned_data["place"])


class ProjectForm(NothingMore):
    project = forms.CharField(label=_("Name of the project"), max_length=120)


class OutcomeForm(NothingMore):
    outcome = words(_("What came of it"), rows=3, most=2000, hint=_("The latest words stand."))


class EndForm(OutcomeForm):
    ended_on = DayField(label=_("Ended on"))


class ApplicationForm(KeyForm):
    """For somebody who rang, wrote or came by."""

    channel = forms.ChoiceField(label=_("How it came"), choices=CHANNELS[:3], widget=forms.RadioSelect, initial="phone")
    offer = words(_("What they would bring"), hint=_("In the person's own words, as far as you have them."), most=3000)
    comes_from = forms.ChoiceField(label=_("Where they come from"), choices=ComesFrom, widget=forms.RadioSelect)
    unit_name = forms.CharField(label=_("College, institute or firm"), required=False, max_length=120)
    institute = forms.ModelChoiceField(
        label=_("The college or institute, if it is entered"), queryset=Organisation.objects.none(), required=False,
        empty_label="—",
    )  # fmt: skip
    name = forms.CharField(label=_("Name"), max_length=60)
    phone = PhoneField(label=_("Phone"), whose="off", required=False)
    contact_note = forms.CharField(label=_("When or how to reach them"), required=False, max_length=100)
    agreed = forms.BooleanField(
        label=_("They agree that the reviewers keep this until it is decided, and half a year after when it is not taken, and "
                "know that they can take it back at any time."),
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institute"].queryset = _institutes(actor)  # type: ignore[attr-defined]


class ResultForm(PlacedForm):
    name = forms.CharField(label=_("The result"), max_length=200)
    institute = forms.ModelChoiceField(label=_("Of which college or institute"), queryset=Organisation.objects.none())
    place = forms.ChoiceField(label=_("Where it is used"))
    used_by = forms.CharField(label=_("Used by which unit"), max_length=120)
    taken_up_on = DayField(label=_("Taken up on"))


class ResultOutcomeForm(KeyForm):
    outcome = words(_("What came of it"), rows=3, most=500, hint=_("The latest words stand."))
    outcome_on = DayField(label=_("As of"))


class BaseForm(PlacedForm):
    name = forms.CharField(label=_("Name of the base"), max_length=120)
    institute = forms.ModelChoiceField(label=_("Of which college or institute"), queryset=Organisation.objects.none())
    place = forms.ChoiceField(label=_("Where it is"))
    paper = forms.CharField(label=_("Agreement, its number or its day"), max_length=200)
    starts_on = DayField(label=pgettext_lazy("agreement", "From"))


class BaseEndForm(KeyForm):
    ends_on = DayField(label=_("Holds until (this day no more)"))
