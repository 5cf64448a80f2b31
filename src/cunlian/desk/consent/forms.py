"""What the desk asks for. Fields are named as the arguments of their actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cunlian.desk.acting import DayField
from cunlian.kernel.access import Actor
from cunlian.kernel.evidence import store
from cunlian.kernel.models import Evidence
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.models import Post
from cunlian.people.consent.purposes import KINDS_FOR, all_purposes
from cunlian.people.models import CircumstanceKind, Consent, DataRequest, Purpose
from cunlian.people.models.requests import DECIDERS
from cunlian.places.models import Place
from cunlian.places.territory import territory_q

WORDS = forms.Textarea({"rows": 4})


CHANNELS = (
    ("door", _("At the door or at the desk")), ("phone", _("By phone")), ("paper", _("On paper")),
)  # fmt: skip


class ChannelForm(forms.Form):
    """How the person told it to whoever writes it down."""

    channel = forms.ChoiceField(
        label=_("How the person told it"), choices=CHANNELS, widget=forms.RadioSelect, initial="door"
    )


def purposes_for(*, consented: bool) -> list[tuple[str, str]]:
    """Code and name of those somebody can agree to, or of those that keep circumstances."""
    return [(one.code, str(one)) for one in all_purposes() if (not one.by_law if consented else one.code in KINDS_FOR)]


class ScanField(forms.FileField):
    """A signed form, photographed or scanned; kept as evidence, sealed."""

    def clean(self, data: Any, initial: Any = None) -> Evidence | None:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return store(file, sealed=True)
        except Invalid as refusal:
            raise forms.ValidationError(str(refusal)) from None


class AgreeForm(forms.Form):
    """On paper, or by the guardian of a child."""

    purpose = forms.ChoiceField(label=_("Purpose"))
    way = forms.ChoiceField(
        label=_("How it was given"),
        choices=[(one, one.label) for one in (Consent.Way.PAPER, Consent.Way.GUARDIAN)],
        widget=forms.RadioSelect,
        initial=Consent.Way.PAPER,
    )
    guardian = forms.CharField(
        label=_("Name of the guardian who signed"),
        required=False,
        max_length=60,
        help_text=_("Only for a child under fourteen, or somebody who has a guardian."),
    )
    form_number = forms.CharField(
        label=_("Number of the printed form"), required=False, max_length=20,
        help_text=_("It stands beside the code; it says which words were signed. Leave it empty for an older form."),
    )  # fmt: skip
    scan = ScanField(
        label=_("The signed form"), help_text=_("A photo or a PDF, up to 15 MB. It is kept encrypted."), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = purposes_for(consented=True)  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    purpose = forms.ChoiceField(label=_("Purpose"))
    kind = forms.ChoiceField(label=_("Circumstance"), choices=CircumstanceKind)
    words = forms.CharField(
        label=_("What whoever helps must know"), required=False, max_length=500, widget=WORDS,
        help_text=_("No diagnosis, no opinion. The person reads every word."),
    )  # fmt: skip
    ends_on = DayField(label=_("Kept until"), initial=None, help_text=_("Within a year; it is erased on this day."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = purposes_for(consented=False)  # type: ignore[attr-defined]


class WishForm(ChannelForm):
    wish = forms.ChoiceField(label=_("What the person wants"), choices=DataRequest.Wish, widget=forms.RadioSelect)
    words = forms.CharField(label=_("In their words"), required=False, max_length=1000, widget=WORDS)


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Answer to the person"), max_length=1000, widget=WORDS, required=False)


class TextForm(forms.Form):
    text = forms.CharField(
        label=_("The words people agree to"), max_length=2000, widget=forms.Textarea({"rows": 8}),
        help_text=_("In Chinese, in plain words: what is kept, who sees it, until when, and that saying no does no harm."),
    )  # fmt: skip


class ViewerForm(forms.Form):
    """Posts of one's own territory, each for the place it works for."""

    post = forms.ModelChoiceField(
        label=_("Post"), queryset=Post.objects.none(), help_text=_("It sees what is kept at its own place and below.")
    )

    def __init__(self, *args: Any, actor: Actor, purpose: Purpose, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.visible_to(actor).current().filter(territory_q(actor, DECIDERS), area=None)
        named = purpose.viewers.filter(ends_on=None).values("post_id")
        self.fields["post"].queryset = posts.exclude(pk__in=named).for_list()  # type: ignore[attr-defined]

    def place(self) -> Place:
        return self.cleaned_data["post"].place  # type: ignore[no-any-return]


class PrintForm(forms.Form):
    copies = forms.TypedChoiceField(
        label=_("Copies to print"), choices=[(n, n) for n in (1, 5, 10, 20)], coerce=int, initial=1
    )


class LookForm(forms.Form):
    purpose = forms.CharField(
        label=_("What do you need it for?"), max_length=200, help_text=_("The person reads who looked, and why.")
    )


class NothingMore(forms.Form):
    """A page that only asks whether it is meant."""
