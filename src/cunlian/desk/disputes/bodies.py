"""Mediation bodies: who sits in them, under which name, and whether that is as the law asks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from django_tables2 import Column, TemplateColumn

from cunlian.cases.disputes.actions import add_member, end_member, found_body, name_body
from cunlian.cases.disputes.bodies import LAW, composition
from cunlian.cases.disputes.models import BodyMember, Dispute, MediationBody
from cunlian.desk.acting import DayField, act, page_of
from cunlian.desk.cases.choices import keyed
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.refusals import Missing
from cunlian.organisations.models import Organisation, OrganisationKind, Post
from cunlian.people.contact import find_by_phone
from cunlian.people.models import Person
from cunlian.places.querysets import code_q
from cunlian.ui.tables import ListTable


class BodyTable(ListTable):
    rows_name = ngettext_lazy("%(n)s mediation body", "%(n)s mediation bodies", "total")

    name = TemplateColumn(
        '<a href="{% url "desk:mediation_body" record.pk %}">{{ record.organisation }}</a>',
        verbose_name=_("Committee"), order_by=("organisation__name_order",), attrs={"td": {"class": "ttl"}},
    )  # fmt: skip
    brand = Column(verbose_name=_("Known as"))
    place = Column(verbose_name=_("Village"), accessor="organisation__place", order_by=("organisation__place__code",))

    class Meta(ListTable.Meta):
        model = MediationBody
        fields = ("name", "brand", "place")
        empty_text = _("No mediation body is entered yet. The township enters the committees and who sits in them.")


class BodyForm(forms.Form):
    organisation = forms.ChoiceField(label=_("Committee"))
    brand = forms.CharField(label=_("Name people know it by"), required=False, max_length=40)
    starts_on = DayField(label=_("At work since"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Organisation.objects.visible_to(actor).current()
        units = units.filter(organisation_kind=OrganisationKind.MEDIATION_COMMITTEE)
        entered = MediationBody.objects.visible_to(actor).current().values("organisation")
        self.units = keyed(units.exclude(pk__in=entered).for_list())
        self.fields["organisation"].choices = [("", ""), *((key, str(one)) for key, one in self.units.items())]  # type: ignore[attr-defined]

    def clean_organisation(self) -> Organisation:
        unit: Organisation = self.units[self.cleaned_data["organisation"]]
        return unit


class BrandForm(forms.Form):
    brand = forms.CharField(label=_("Name people know it by"), required=False, max_length=40)


class MemberForm(forms.Form):
    """A post of the village, or somebody on file, found by their phone."""

    post = forms.ChoiceField(label=_("Post"), required=False, help_text=_("Whoever holds it sits in the body."))
    phone = forms.CharField(
        label=_("or the phone of a person on file"), required=False, max_length=30,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    is_head = forms.BooleanField(label=_("Heads the body"), required=False)
    starts_on = DayField(label=_("From"))

    def __init__(self, *args: Any, body: MediationBody, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        posts = Post.objects.visible_to(actor).current().filter(code_q(body.territory_code, "place__"))
        self.posts = keyed(posts.for_list())
        self.fields["post"].choices = [("", ""), *((key, str(one)) for key, one in self.posts.items())]  # type: ignore[attr-defined]

    def clean_post(self) -> Post | None:
        return self.posts.get(self.cleaned_data["post"])

    @property
    def said(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        phone = values.pop("phone")
        return {**values, "person": self._person(phone) if phone.strip() else None}

    def _person(self, phone: str) -> Person:
        found = list(find_by_phone(phone, by=self.actor)[:2])
        if len(found) != 1:
            raise Missing(_("Nobody alone is on file with this phone. Enter them with their household first."))
        return found[0]


class EndForm(forms.Form):
    ends_on = DayField(label=_("Last day"), help_text=_("From this day on they read no mediation file any more."))


def body_of(request: DeskRequest, pk: UUID) -> MediationBody:
    return get_visible(MediationBody.objects.for_list(), request.actor, pk)


def _bodies(actor: Actor, query: QueryDict) -> BodyTable:
    return BodyTable(MediationBody.objects.visible_to(actor).current().for_list())


BODIES = add_list("mediation-bodies", _("Mediation bodies"), _bodies)


@require_GET
@BODIES.exported
def body_list(request: DeskRequest) -> HttpResponse:
    context = {
        "title": _now("Mediation bodies"), "table": BODIES.page(request),
        "may_keep": may(request.actor, "disputes.keep_bodies"),
        "crumbs": [(_now("Disputes"), reverse("desk:disputes")), (_now("Mediation bodies"), "")],
    }  # fmt: skip
    return render(request, "desk/disputes/bodies.html", context)


@require_GET
def detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    body = body_of(request, pk)
    disputes = Dispute.objects.visible_to(request.actor).filter(body=body)
    context = {
        "title": str(body.organisation), "body": body, "made_up": composition(body), "law": LAW,
        "may_keep": may(request.actor, "disputes.keep_bodies", body),
        "count": disputes.count(), "open": disputes.open().count(), "settled": disputes.settled().count(),
        "crumbs": [
            (_now("Disputes"), reverse("desk:disputes")),
            (_now("Mediation bodies"), reverse("desk:mediation_bodies")), (str(body.organisation), ""),
        ],
    }  # fmt: skip
    return render(request, "desk/disputes/body.html", context)


@require_http_methods(["GET", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    require(request.actor, "disputes.keep_bodies")
    form = BodyForm(request.POST or None, actor=request.actor)
    return act(
        request, form, lambda **said: found_body(by=request.actor, **said), title=_now("Enter a mediation body"),
        button=_("Enter it"), back=reverse("desk:mediation_bodies"), done=_("The body is entered. Now its members."),
        then=page_of("desk:mediation_body"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def brand(request: DeskRequest, pk: UUID) -> HttpResponse:
    body = body_of(request, pk)
    require(request.actor, "disputes.keep_bodies", body)
    form = BrandForm(request.POST or None, initial={"brand": body.brand})
    return act(
        request, form, lambda **said: name_body(body, by=request.actor, **said), title=_now("Name of the body"),
        button=_("Save"), back=reverse("desk:mediation_body", args=[pk]), about=str(body), done=_("The name is kept."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def member(request: DeskRequest, pk: UUID) -> HttpResponse:
    body = body_of(request, pk)
    require(request.actor, "disputes.keep_bodies", body)
    form = MemberForm(request.POST or None, body=body, actor=request.actor)
    return act(
        request, form, lambda **_said: add_member(body, by=request.actor, **form.said), title=_now("Enter a member"),
        button=_("Enter"), back=reverse("desk:mediation_body", args=[pk]), about=str(body), done=_("The member is entered."),
        lead=_("Members are elected by the villagers; enter what the village's paper says."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def end(request: DeskRequest, pk: UUID, member_pk: UUID) -> HttpResponse:
    body = body_of(request, pk)
    seat: BodyMember | None = body.members.filter(pk=member_pk, ends_on=None).first()
    if seat is None:
        raise Missing(_("This seat is not in the body, or it has ended already."))
    require(request.actor, "disputes.keep_members", seat)
    form = EndForm(request.POST or None)
    return act(
        request, form, lambda **said: end_member(seat, by=request.actor, **said), title=_now("A member leaves"),
        button=_("End the seat"), back=reverse("desk:mediation_body", args=[pk]), about=f"{body} · {seat.post or seat.person}",
        done=_("The seat has ended."),
    )  # fmt: skip
