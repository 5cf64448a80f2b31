"""What is asked when staff enter what somebody told them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cunlian.cases.actions import Told
from cunlian.cases.models import Level
from cunlian.cases.models.case import Source
from cunlian.cases.rules import MODULE, WORKERS
from cunlian.desk.cases import choices
from cunlian.desk.cases.drafts import DraftsForm
from cunlian.desk.cases.forms import CategoryField, words
from cunlian.kernel.access import Actor
from cunlian.kernel.ids import uuid7
from cunlian.organisations.models import Organisation, Post
from cunlian.ui.forms import PhoneField

# Online is the residents' own door, a night talk has its own page.
WAYS = [(one.value, one.label) for one in (Source.PHONE, Source.DOOR, Source.PAPER, Source.CHAT, Source.PATROL)]
ON_ROUND = Source.PATROL


class EntryForm(forms.Form):
    """Who told, what and where. Only the words and the village are needed. ``module``: only villages that use it are
    offered."""

    module: ClassVar[str] = ""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    source = forms.ChoiceField(label=_("How it came"), choices=WAYS, widget=forms.RadioSelect, initial=Source.PHONE)
    text = words(
        _("What they report"), hint=_("In the person's own words, as far as you have them."), rows=5, most=5000
    )
    place = forms.ChoiceField(label=_("Village or grid"))
    place_text = forms.CharField(label=_("Where exactly"), required=False, max_length=200)
    name = forms.CharField(label=_("Name"), required=False, max_length=60)
    phone = PhoneField(
        label=_("Phone"),
        whose="off",
        required=False,
        help_text=_("To tell the person the answer. Only the post that has the request can see it in full."),
    )
    contact_note = forms.CharField(label=_("When or how to reach them"), required=False, max_length=100)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = choices.villages_of(actor, WORKERS, self.module)
        self.places = choices.keyed(places)
        self.fields["place"].choices = choices.by_town(places)  # type: ignore[attr-defined]

    def clean_place(self) -> Any:
        return self.places.get(self.cleaned_data["place"])

    @property
    def told(self) -> Told:
        values = self.cleaned_data
        return Told(values["name"], values["phone"], values["contact_note"])


class CaseEntryForm(DraftsForm, EntryForm):
    module = MODULE
    category = CategoryField(
        label=_("Category"), required=False, help_text=_("Left empty, whoever takes it on chooses.")
    )
    level = forms.ChoiceField(label=_("Level"), choices=Level, widget=forms.RadioSelect, initial=Level.NORMAL)
    looked = forms.BooleanField(required=False, widget=forms.HiddenInput)

    field_order = (
        "source", "text", "along", "file", "place", "place_text", "category", "level", "name", "phone", "contact_note",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].fill()  # type: ignore[attr-defined]


class ComplaintForm(EntryForm):
    """About the service of a post or a unit. Where it goes is not the choice of whoever enters it."""

    about = forms.ChoiceField(
        label=_("Which post or office it is about"),
        help_text=_("They and those who report to them never see it. It goes to the next post above."),
    )

    field_order = ("source", "about", "text", "place", "place_text", "name", "phone", "contact_note")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        posts = Post.objects.visible_to(actor).current().for_list()
        units = Organisation.objects.visible_to(actor).current().for_list()
        self.known = {f"unit:{unit.pk}": unit for unit in units} | {f"post:{post.pk}": post for post in posts}
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            ("", ""),
            (_("Offices"), [(key, str(one)) for key, one in self.known.items() if key.startswith("unit:")]),
            (_("Posts"), [(key, str(one)) for key, one in self.known.items() if key.startswith("post:")]),
        ]

    def clean_about(self) -> Any:
        return self.known.get(self.cleaned_data["about"])
