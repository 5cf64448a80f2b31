"""What the steps of a path home ask for. The names of the fields are those of the actions' arguments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.desk.acting import DayField, HundredthsField
from cunlian.desk.cases.choices import by_group, by_town, by_unit, categories_on_list, keyed, villages_of
from cunlian.desk.cases.forms import CHANNELS, words
from cunlian.kernel.access import Actor
from cunlian.kernel.ids import uuid7
from cunlian.organisations.models import Organisation, OrganisationKind, Post
from cunlian.places.codes import ancestor_codes
from cunlian.places.models import Level
from cunlian.places.querysets import code_q
from cunlian.talent.coming_home.rules import HANDLERS
from cunlian.talent.models import ArrivedAs, Gathering, Homecoming, Need, Origin, StopReason
from cunlian.talent.rules import MODULE
from cunlian.ui.forms import PhoneField

MAY_BE = frozenset(
    {OrganisationKind.ENTERPRISE, OrganisationKind.COOPERATIVE, OrganisationKind.FAMILY_FARM,
     OrganisationKind.VILLAGERS_COMMITTEE, OrganisationKind.COLLECTIVE, OrganisationKind.SOCIAL_ORGANISATION}
)  # fmt: skip


class KeyForm(forms.Form):
    """Carried out once, however often its button is pressed."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)


class MoveForm(KeyForm):
    def __init__(self, *args: Any, path: Homecoming, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.path, self.actor = path, actor
        self.fill()

    def fill(self) -> None:
        """Put in what depends on the path."""


class TalkForm(MoveForm):
    held_on = DayField(label=_("Day of the talk"))
    text = words(_("What was said"), hint=_("What they want to do, when, and what they need for it."))


class SupportForm(MoveForm):
    policy = forms.CharField(
        label=_("Policy it is asked under"), max_length=200, help_text=_("With the number of its paper.")
    )
    fund = forms.CharField(label=_("Fund the money would come from"), max_length=200, help_text=_("By its name."))
    asked_fen = HundredthsField(label=_("Sum asked for (yuan)"))


class DecisionForm(MoveForm):
    support = forms.ChoiceField(label=_("Which support"))
    granted_fen = HundredthsField(label=_("Sum granted (yuan)"), help_text=_("0 when nothing was granted."))
    paper = forms.CharField(label=_("Paper that decides it"), max_length=200)
    decided_on = DayField(label=_("Day of the paper"))

    def fill(self) -> None:
        self.waiting = keyed(one for one in self.path.supports.all() if one.decided_on is None)
        named = [(key, f"{one.policy} · {one.fund}") for key, one in self.waiting.items()]
        self.fields["support"].choices = named  # type: ignore[attr-defined]

    def clean_support(self) -> Any:
        return self.waiting.get(self.cleaned_data["support"])


class NeedForm(MoveForm):
    need = forms.ChoiceField(label=_("What is needed"), choices=Need, widget=forms.RadioSelect)
    text = words(
        _("In words"), hint=_("It becomes a request with its own receipt and deadline; whoever handles it reads this.")
    )
    category = forms.ChoiceField(
        label=_("Category"), required=False, help_text=_("Left empty, whoever takes it on chooses.")
    )

    def fill(self) -> None:
        items = categories_on_list()
        self.items = keyed(items)
        self.fields["category"].choices = by_group(items)  # type: ignore[attr-defined]

    def clean_category(self) -> Any:
        return self.items.get(self.cleaned_data["category"])


class ArrivalForm(MoveForm):
    arrived_as = forms.ChoiceField(label=_("As what"), choices=ArrivedAs, widget=forms.RadioSelect)
    came_to = forms.CharField(label=_("Name of the firm or of the post"), max_length=120)
    unit = forms.ModelChoiceField(
        label=_("The firm, or where the post is"), queryset=Organisation.objects.none(), required=False, empty_label="—",
        help_text=_("If it is entered as a unit already."),
    )  # fmt: skip
    arrived_on = DayField(label=_("Since"), help_text=_("From this day the looks in after 3, 12 and 24 months count."))

    def fill(self) -> None:
        near = Organisation.objects.visible_to(self.actor).current().filter(code_q(self.path.place.code[:9], "place__"))
        self.fields["unit"].queryset = near.filter(organisation_kind__in=MAY_BE).for_list()  # type: ignore[attr-defined]


class LookForm(MoveForm):
    looked_on = DayField(label=_("Day you looked in"))
    found = words(_("What you found"), hint=_("How it goes, and what would help. A sentence is enough."))


class LeaveForm(LookForm):
    looked_on = DayField(label=_("Day you heard it"))
    found = words(_("Why, as far as the person said"))


class PostForm(MoveForm):
    to = forms.ChoiceField(label=_("Post that goes along from now on"))

    def fill(self) -> None:
        code = self.path.place.code
        here = Post.objects.visible_to(self.actor).current()
        posts = here.filter(place__code__startswith=code) | here.filter(place__code__in=ancestor_codes(code))
        found = posts.filter(role__in=HANDLERS).for_list().with_holders()
        self.posts = keyed(post for post in found if post.pk != self.path.holder_id)
        self.fields["to"].choices = by_unit(list(self.posts.values()))  # type: ignore[attr-defined]

    def clean_to(self) -> Any:
        return self.posts.get(self.cleaned_data["to"])


class StopForm(MoveForm):
    reason = forms.ChoiceField(
        label=_("Reason"), choices=[(one.value, one.label) for one in StopReason if one != StopReason.TAKEN_BACK]
    )
    words = words(_("In words"), required=False, rows=2, most=500, hint=_("The person reads this."))


class TakeBackForm(MoveForm):
    channel = forms.ChoiceField(label=_("How the person said it"), choices=CHANNELS, widget=forms.RadioSelect)


class EntryForm(KeyForm):
    """For somebody who rang, wrote or came by, or whom the village brings in from elsewhere."""

    channel = forms.ChoiceField(label=_("How it came"), choices=CHANNELS[:3], widget=forms.RadioSelect, initial="phone")
    origin = forms.ChoiceField(
        label=_("Where they come from"), choices=Origin, widget=forms.RadioSelect, initial=Origin.RETURNING
    )
    place = forms.ChoiceField(label=_("To which village"))
    wish = words(_("What they would like to do here"), hint=_("In the person's own words, as far as you have them."))
    where_now = forms.CharField(label=_("Where they are now, and at what work"), required=False, max_length=200)
    name = forms.CharField(label=_("Name"), max_length=60)
    phone = PhoneField(label=_("Phone"), whose="off", required=False)
    contact_note = forms.CharField(label=_("When or how to reach them"), required=False, max_length=100)
    gathering = forms.ModelChoiceField(
        label=_("Heard at a gathering"), queryset=Gathering.objects.none(), required=False, empty_label="—"
    )
    agreed = forms.BooleanField(
        label=_("They agree that this is kept while it runs and for a year after, seen only by those who go along, and know "
                "that they can take it back at any time."),
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [place for place in villages_of(actor, HANDLERS, MODULE) if place.level == Level.VILLAGE]
        self.places = keyed(places)
        self.fields["place"].choices = by_town(places)  # type: ignore[attr-defined]
        self.fields["gathering"].queryset = Gathering.objects.visible_to(actor).for_list()  # type: ignore[attr-defined]

    def clean_place(self) -> Any:
        return self.places.get(self.cleaned_data["place"])


class GatheringForm(KeyForm):
    """``correcting``: its place and who called it stay."""

    name = forms.CharField(label=_("What it is called"), max_length=120)
    place = forms.ChoiceField(label=_("Of whom: from which place"))
    called_by = forms.ModelChoiceField(label=_("Called by"), queryset=Organisation.objects.none())
    held_on = DayField(label=_("Day it was held"))
    venue = forms.CharField(label=_("Where it was held"), max_length=120)
    people = forms.IntegerField(
        label=_("How many people came"), min_value=1, widget=forms.NumberInput({"inputmode": "numeric"})
    )
    people_source = forms.CharField(
        label=_("Who counted them, and how"), max_length=120,
        help_text=_("It stands beside the number wherever it is shown. No list of names is kept."),
    )  # fmt: skip
    heard = words(
        pgettext_lazy("gathering", "What was heard"),
        required=False,
        rows=6,
        most=3000,
        hint=_("Wishes, ideas, worries; without names. Whoever wants to come begins a path of their own."),
    )

    def __init__(self, *args: Any, actor: Actor, correcting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if correcting:
            del self.fields["place"], self.fields["called_by"]
            return
        places = villages_of(actor, HANDLERS, MODULE)
        towns = {place.parent_id: place.parent for place in places if place.level == Level.VILLAGE and place.parent}
        above = [town for town in towns.values() if town and actor.holds(HANDLERS, town.code)]
        villages = [place for place in places if place.level == Level.VILLAGE]
        self.places = keyed([*above, *villages])
        self.fields["place"].choices = [("", ""), *((key, str(one)) for key, one in self.places.items())]  # type: ignore[attr-defined]
        units = Organisation.objects.visible_to(actor).current().for_list()
        self.fields["called_by"].queryset = units  # type: ignore[attr-defined]

    def clean_place(self) -> Any:
        return self.places.get(self.cleaned_data["place"])
