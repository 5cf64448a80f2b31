"""What is asked of a resident: little, and nothing that is known."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cunlian.cases.actions import Told
from cunlian.cases.models import Category
from cunlian.cases.similar import Similar, similar_cases
from cunlian.kernel import clock
from cunlian.kernel.ids import uuid7
from cunlian.kernel.refusals import Text
from cunlian.organisations.models import Organisation, Post
from cunlian.people.models import Person
from cunlian.places.models import District, Place, on
from cunlian.resident.villages.names import village_choices
from cunlian.ui.forms import FilesField, FilesInput, PhoneField

PHOTOS = 3
CHOOSE_PLACE = _("Please choose the village or community from the list.")


def _either(mine: Text, theirs: Text) -> SafeString:
    """Words for whoever writes for themself and for whoever writes for somebody else; resident.css shows those that fit."""
    return format_html(
        '<span class="mine">{}</span><span class="or"> / </span><span class="theirs">{}</span>', mine, theirs
    )


def _only_theirs(label: Text) -> SafeString:
    return format_html('<span class="only-theirs">{}</span>', label)


either, only_theirs = lazy(_either, str), lazy(_only_theirs, str)


class KeyForm(forms.Form):
    """A form that is carried out once, however often its button is pressed."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)


class ContactForm(KeyForm):
    """Who can be told the answer. All of it may be left out."""

    name = forms.CharField(label=_("Your name"), max_length=60, required=False)
    phone = PhoneField(
        label=_("Your phone"),
        required=False,
        help_text=_("Needed to tell you the answer. Only the post that handles it can call you."),
    )
    contact_note = forms.CharField(
        label=_("When or how to reach you"),
        max_length=100,
        required=False,
        help_text=_("For example: after 6 pm, or tell my neighbour."),
    )

    def __init__(self, *args: Any, known: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        if known:
            # Nothing is asked that is known.
            del self.fields["name"], self.fields["phone"]

    def told(self) -> Told:
        values = self.cleaned_data
        return Told(values.get("name", ""), values.get("phone", ""), values["contact_note"])


class WhomField(forms.ChoiceField):
    """Where nothing is said, it is one's own request."""

    def clean(self, value: Any) -> Any:
        return super().clean(value or self.initial)


class ReportForm(ContactForm):
    """One screen, one minute: only what happened and where is needed. For oneself, or for somebody who cannot: then name and
    phone are theirs, and nothing is asked about whoever writes."""

    MYSELF, SOMEBODY = "myself", "somebody"
    THEIRS: ClassVar = {
        "name": _("Their name"), "phone": _("Their phone"), "contact_note": _("When or how they can be reached"),
    }  # fmt: skip

    text = forms.CharField(
        label=_("What happened?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("In your own words. A sentence is enough."),
        error_messages={"required": _("Please write what happened, in your own words.")},
    )
    place = forms.ModelChoiceField(
        label=_("In which village?"),
        queryset=Place.objects.none(),
        to_field_name="code",
        error_messages={"required": CHOOSE_PLACE, "invalid_choice": CHOOSE_PLACE},
    )
    place_text = forms.CharField(
        label=_("Where exactly?"),
        max_length=200,
        required=False,
        help_text=_("For example: the bridge behind the school."),
    )
    category = forms.ModelChoiceField(
        label=_("What is it about?"), queryset=Category.objects.none(), required=False, empty_label=_("I am not sure")
    )
    file = FilesField(
        label=_("Photos"),
        required=False,
        help_text=_("Up to three. The place where they were taken is removed from them, unless you want it kept."),
        widget=FilesInput(attrs={"accept": "image/*"}),
        most=PHOTOS,
        too_many=_("Up to three photos, please. Choose the ones that show it best."),
    )
    keep_position = forms.BooleanField(label=_("Leave in the photos where they were taken"), required=False)
    whom = WhomField(
        label=_("Whose request is it?"),
        choices=[(MYSELF, _("Mine")), (SOMEBODY, _("I write for somebody else"))],
        widget=forms.RadioSelect,
        initial=MYSELF,
    )
    agreed = forms.BooleanField(
        label=only_theirs(
            _("They know of it and agree that name and phone are kept, to tell them the answer. It can be taken back.")
        ),
        required=False,
    )
    card = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)
    seen = forms.BooleanField(required=False, widget=forms.HiddenInput)
    join = forms.CharField(max_length=24, required=False, widget=forms.HiddenInput)

    field_order = (
        "text", "place", "place_text", "category", "file", "keep_position", "whom", "name", "phone", "agreed", "contact_note",
    )  # fmt: skip

    def __init__(self, *args: Any, district: District, known: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        for name, theirs in self.THEIRS.items():
            field, mine = self.fields[name], str(self.fields[name].label)
            field.label = only_theirs(theirs) if known and name != "contact_note" else either(mine, theirs)
        phone = self.fields["phone"]
        phone.help_text = either(
            str(phone.help_text), _("Needed to tell them the answer. Only the post that handles it can call them.")
        )
        villages = district.counted()
        self.fields["place"].queryset = villages  # type: ignore[attr-defined]
        self.fields["place"].widget.choices = partial(village_choices, villages)  # read only when it is drawn
        self.fields["category"].queryset = groups_of(district)  # type: ignore[attr-defined]

    @property
    def for_somebody(self) -> bool:
        return bool(self.cleaned_data.get("whom") == self.SOMEBODY)

    def told(self, language: str = "") -> Told:
        """``language``: chosen by whoever writes, so it says nothing about somebody else."""
        told = super().told()
        if self.for_somebody:
            return replace(told, agreed=self.cleaned_data["agreed"])
        if self.known:  # nothing is taken that is known
            told = replace(told, name="", phone="")
        return replace(told, language=language)

    def alike(self) -> list[Similar]:
        """Open requests that look the same, unless the person has seen them and decided. Not asked when photos came
        along: a page in between would lose them, and staff can still join the two."""
        values = self.cleaned_data
        if values["seen"] or values["join"] or values["file"]:
            return []
        return similar_cases(values["place"], values["text"], values["category"], values["place_text"])


def groups_of(district: District) -> Any:
    """The groups of the item list, for people who know nothing of lists."""
    return Category.objects.listed_on(clock.today()).filter(parent=None, root=district.root)


class FollowForm(forms.Form):
    """Receipt and four digits."""

    receipt = forms.CharField(
        label=_("Receipt number"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Please write the number that stands on your receipt.")},
    )
    digits = forms.CharField(
        label=_("Last 4 of phone"),
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Please write the last four digits of your phone.")},
    )

    def __init__(self, *args: Any, mark: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receipt"].initial = f"{mark}-{clock.today():%y%m}-"


class WordsForm(KeyForm):
    text = forms.CharField(
        label=_("What would you like to add?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please write the word you would like to add.")},
    )


class ReopenForm(KeyForm):
    text = forms.CharField(
        label=_("What is still wrong?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "id": "id_still"}),
    )


class NeighbourForm(KeyForm):
    """A neighbour looks at a public matter that is said to be done."""

    text = forms.CharField(
        label=_("What did you see?"),
        max_length=500,
        required=False,
        help_text=_("Only those who work on it read this."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def about_choices(village: Place, district: District) -> list[tuple[str, list[tuple[str, str]]]]:
    """Units of the village and of the offices above it with their posts: titles, never persons."""
    day = clock.today()
    above = [village.code[:length] for length in (12, 9, 6, 4, 2) if length >= len(district.root.code)]
    units = (
        Organisation.objects.filter(on(day))
        .filter(Q(place__code__in=above))
        .select_related("place")
        .order_by("-place__level", "name", "pk")
    )
    posts = Post.objects.filter(on(day), organisation__in=units).order_by("rank", "title", "pk")
    of_unit: dict[object, list[tuple[str, str]]] = {}
    for post in posts:
        of_unit.setdefault(post.organisation_id, []).append((f"post:{post.pk}", post.title))
    whole = str(_("The whole unit"))
    return [(unit.name, [(f"unit:{unit.pk}", f"{unit.name} · {whole}"), *of_unit.get(unit.pk, [])]) for unit in units]


class ComplaintForm(ContactForm):
    about = forms.ChoiceField(
        label=_("Whom is it about?"),
        error_messages={
            "required": _("Please choose the post or the unit it is about."),
            "invalid_choice": _("Please choose the post or the unit from the list."),
        },
    )
    text = forms.CharField(
        label=_("What happened?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Please write what happened, in your own words.")},
    )

    field_order = ("about", "text", "name", "phone", "contact_note")

    def __init__(self, *args: Any, village: Place, district: District, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["about"]
        field.choices = [("", _("Please choose")), *about_choices(village, district)]  # type: ignore[attr-defined]

    def whom(self) -> tuple[Post | None, Organisation | None]:
        """The post or the unit; one of the two is None."""
        kind, _sep, key = str(self.cleaned_data["about"]).partition(":")
        if kind == "post":
            return Post.objects.select_related("organisation").filter(pk=key).first(), None
        return None, Organisation.objects.filter(pk=key).first()
