"""Bringing a dispute to mediation: for a side that asks, or because the mediators offer it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cunlian.cases.disputes.actions import Said, open_dispute
from cunlian.cases.disputes.models import DisputeKind, MediationBody, Party, Source
from cunlian.cases.disputes.rules import MODULE, OPENERS
from cunlian.cases.models import Case
from cunlian.desk.cases import choices
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor
from cunlian.kernel.ids import uuid7
from cunlian.organisations.models import Organisation, OrganisationKind
from cunlian.places.codes import ancestor_codes
from cunlian.places.models import Level
from cunlian.places.territory import territory_q
from cunlian.ui.forms import either, status_of, submit

SIDE_UNITS = (OrganisationKind.ENTERPRISE, OrganisationKind.VILLAGERS_COMMITTEE, OrganisationKind.TEAM)


def _name(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=60, help_text=hint)


def _phone(label: Any) -> forms.CharField:
    widget = forms.TextInput({"inputmode": "tel", "autocomplete": "off"})
    return forms.CharField(label=label, required=False, max_length=30, widget=widget)


def _unit(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False)


_EITHER = _("A name, or a unit below. Of a firm not in the list: whoever speaks for it.")


class DisputeForm(forms.Form):
    """``case``: the request it comes of; whoever reported that is the first side unless another name is written."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid7)
    place = forms.ChoiceField(label=_("Village or grid"))
    body = forms.ChoiceField(label=_("Mediation body"))
    dispute_kind = forms.ChoiceField(label=_("Kind"), choices=[("", ""), *DisputeKind.choices])
    subject = forms.CharField(
        label=_("What it is about"), max_length=120, help_text=_("One line. Only the mediators and auditors read it.")
    )
    source = forms.ChoiceField(label=_("How it came"), choices=Source, widget=forms.RadioSelect, initial=Source.APPLIED)
    how = forms.ChoiceField(
        label=_("How the side asked for it"), choices=Party.How, widget=forms.RadioSelect, initial=Party.How.IN_PERSON,
        help_text=_("If the mediators offer it, this is left aside."),
    )  # fmt: skip
    a_name = _name(_("One side (who asks): name"), _EITHER)
    a_phone = _phone(_("Phone of this side"))
    a_unit = _unit(_("This side is a unit"))
    b_name = _name(_("Other side: name"), _EITHER)
    b_phone = _phone(_("Phone of the other side"))
    b_unit = _unit(_("The other side is a unit"))

    def __init__(self, *args: Any, actor: Actor, case: Case | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        places = choices.villages_of(actor, OPENERS, MODULE)
        codes = {code for place in places for code in (place.code, *ancestor_codes(place.code))}
        self.places = choices.keyed(places)
        bodies = MediationBody.objects.visible_to(actor).current().working_at(codes).for_list()
        self.bodies = choices.keyed(bodies)
        near = territory_q(actor, OPENERS) | Q(place__code__in=sorted(codes))
        units = Organisation.objects.visible_to(actor).current().filter(near)
        self.units = choices.keyed(units.filter(organisation_kind__in=SIDE_UNITS).for_list())
        self._offer(choices.by_town(places))
        either(self, "b_name", "b_unit")
        if case:
            self._fill_from(case)
        if not (case and case.reporter):
            either(self, "a_name", "a_unit")

    def _offer(self, places: choices.Choices) -> None:
        named = {
            "place": places,
            "body": [("", ""), *((key, str(body)) for key, body in self.bodies.items())],
            "a_unit": [("", ""), *((key, str(unit)) for key, unit in self.units.items())],
        }
        for name, offered in {**named, "b_unit": named["a_unit"]}.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        villages = [key for key, place in self.places.items() if place.level == Level.VILLAGE]
        for name, found in (("body", list(self.bodies)), ("place", villages or list(self.places))):
            if len(found) == 1:
                self.fields[name].initial = found[0]

    def _fill_from(self, case: Case) -> None:
        self.fields["place"].initial = str(case.place_id)
        if case.reporter:
            self.fields["a_name"].help_text = _("Left empty: %(name)s, who reported it.") % {"name": case.reporter}

    def clean_place(self) -> Any:
        return self.places.get(self.cleaned_data["place"])

    def clean_body(self) -> Any:
        return self.bodies.get(self.cleaned_data["body"])

    def side(self, letter: str) -> Said:
        values = self.cleaned_data
        name, phone = values[f"{letter}_name"], values[f"{letter}_phone"]
        unit = self.units.get(values[f"{letter}_unit"])
        if unit:
            return Said(organisation=unit)
        if letter == "a" and self.case and self.case.reporter and not name.strip():
            return Said(person=self.case.reporter)
        return Said(name=name, phone=phone)


def _case_of(request: DeskRequest) -> Case | None:
    keys = choices.parse_keys([request.GET.get("case", "")])
    found: Case | None = get_visible(Case.objects, request.actor, keys[0]) if keys else None
    return found


@require_http_methods(["GET", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    case = _case_of(request)
    form = DisputeForm(request.POST or None, actor=request.actor, case=case)
    if request.method == "POST":
        opened = submit(form, lambda **said: (_open(request, form, case),))
        if opened:
            messages.success(request, _now("It is with the mediation body now."))
            return redirect("desk:dispute", opened[0])
    title = _now("Bring a dispute to mediation")
    crumbs = [(_now("Disputes"), reverse("desk:disputes")), (title, "")]
    context = {"title": title, "form": form, "case": case, "crumbs": crumbs}
    return render(request, "desk/disputes/new.html", context, status=status_of(form))


def _open(request: DeskRequest, form: DisputeForm, case: Case | None) -> UUID:
    values = form.cleaned_data
    dispute = open_dispute(
        by=request.actor, body=values["body"], place=values["place"], dispute_kind=values["dispute_kind"],
        subject=values["subject"], source=values["source"], how=values["how"], side_a=form.side("a"),
        side_b=form.side("b"), case=case, key=values["key"],
    )  # fmt: skip
    return dispute.pk
