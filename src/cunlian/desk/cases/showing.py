"""Pictures of a finished case for everybody: chosen after looking, taken back, refused on the person's word."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from cunlian.cases.actions import refuse_pictures, show_pictures, take_back_pictures
from cunlian.cases.models import Case, Showing
from cunlian.cases.states import CLOSED
from cunlian.desk.acting import REFUSED, act
from cunlian.desk.cases.forms import CHANNELS
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.models import Attachment
from cunlian.kernel.querysets import AttachmentQuerySet
from cunlian.ui.forms import submit

SHOW, REFUSE = "cases.show_pictures", "cases.refuse_pictures"
GET_POST = ("GET", "POST")


def _case(request: DeskRequest, pk: UUID) -> Case:
    return get_visible(Case.objects.for_detail(), request.actor, pk)


def _sent(case: Case) -> AttachmentQuerySet:
    """Pictures of the person who reported that they have not refused to have shown."""
    return Attachment.objects.about(case).filter(by_post_id=None, blurred_from=None, refused_at=None)


def context(case: Case, actor: Actor) -> dict[str, Any]:
    """What the case's page says and offers about it."""
    heard = actor.for_(CHANNELS[0][0], case.reporter_id)
    return {
        "showing": Showing.objects.running().filter(case=case).first(),
        "may_show": case.state in CLOSED and may(actor, SHOW, case),
        "may_refuse": may(heard, REFUSE, case) and _sent(case).exists(),
    }


class PicturesField(forms.ModelMultipleChoiceField[Attachment]):
    """Each with its picture beside the box, so that nobody chooses what they have not seen."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Attachment) -> str:
        url = reverse("desk:case_file", args=[obj.about_id, obj.pk])
        return format_html('<img class="choose-shot" src="{}" alt="{}">', url, obj.caption or _("Photo"))


class ShowForm(forms.Form):
    pictures = PicturesField(
        label=_lazy("Copies with parts made unreadable"), queryset=Attachment.objects.none(),
        help_text=_lazy("Originals are never shown. To show one, make a part of it unreadable first."),
    )  # fmt: skip
    words = forms.CharField(
        label=_lazy("What was put right, for everybody"), max_length=300, widget=forms.Textarea({"rows": 3}),
        help_text=_lazy("No names, no house numbers, nothing about who reported it."),
    )  # fmt: skip
    looked = forms.BooleanField(
        label=_lazy("I have looked at each picture: no face, number plate, name or number can be read."), required=False
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        copies = Attachment.objects.about(case).filter(blurred_from__isnull=False, blurred_from__refused_at=None)
        field = self.fields["pictures"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = copies


class HeardForm(forms.Form):
    channel_by = forms.ChoiceField(label=_lazy("How they told you"), choices=CHANNELS, widget=forms.RadioSelect)


@require_http_methods(GET_POST)
def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    case = _case(request, pk)
    require(request.actor, SHOW, case)
    chosen = Attachment.objects.about(case).public().values_list("pk", flat=True)
    running = Showing.objects.filter(case=case).first()
    form = ShowForm(
        request.POST or None, case=case, initial={"pictures": list(chosen), "words": running.words if running else ""}
    )

    made = submit(form, lambda **said: show_pictures(case, by=request.actor, **said)) if form.is_bound else None
    if made:
        return redirect("desk:case", pk)
    title = _("Show pictures to everybody")
    told = {
        "form": form, "case": case, "title": title, "crumbs": [(str(case), reverse("desk:case", args=[pk])), (title, "")],
        "any": form.fields["pictures"].queryset.exists(),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "desk/cases/showing.html", told, status=REFUSED if form.errors else 200)


@require_http_methods(GET_POST)
def take_back(request: DeskRequest, pk: UUID) -> HttpResponse:
    case = _case(request, pk)
    require(request.actor, SHOW, case)
    return act(
        request, forms.Form(request.POST if request.method == "POST" else None),
        lambda: take_back_pictures(case, by=request.actor), title=_("Take the pictures back"), button=_("Take back"),
        back=reverse("desk:case", args=[pk]), done=_("The pictures are shown no more."), lead=str(case),
    )  # fmt: skip


@require_http_methods(GET_POST)
def refuse(request: DeskRequest, pk: UUID) -> HttpResponse:
    """On the word of the person who sent them."""
    case = _case(request, pk)
    require(request.actor.for_(CHANNELS[0][0], case.reporter_id), REFUSE, case)
    return act(
        request, HeardForm(request.POST or None),
        lambda channel_by: refuse_pictures(case, by=request.actor.for_(channel_by, case.reporter_id)),
        title=_("The person does not want them shown"), button=_("Do not show them"), lead=str(case),
        back=reverse("desk:case", args=[pk]), done=_("The person's pictures are not shown to others."),
    )  # fmt: skip
