"""The two committees of the villages; leaving a post: the sheet, the hand-over, the audit."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import DayField, act, day_asked, day_in
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.units.sheet import lines_of
from cunlian.desk.units.tables import CommitteesTable
from cunlian.desk.visible import get_visible
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may, require
from cunlian.organisations import actions
from cunlian.organisations.composition import two_committees
from cunlian.organisations.models import Leaving, Posting
from cunlian.organisations.querysets import PostingQuerySet


def _committees(actor: Actor, query: QueryDict) -> CommitteesTable:
    return CommitteesTable(two_committees(actor, day_in(query)))


COMMITTEES = add_list("committees", _lazy("The two committees"), _committees)


@require_GET
@COMMITTEES.exported
def committees(request: DeskRequest) -> HttpResponse:
    """Who sits in the two committees of each village, and what the law asks for that is not so."""
    context = {"title": _("The two committees"), "table": COMMITTEES.page(request), "day": day_asked(request)}
    return render(request, "desk/units/committees.html", context)


def _leaving_of(request: DeskRequest, pk: UUID) -> Leaving:
    return get_visible(Leaving.objects.for_list(), request.actor, pk)


def _takers(actor: Actor, leaving: Leaving) -> PostingQuerySet:
    return Posting.objects.visible_to(actor).taking_over(leaving.posting)


@require_GET
def leaving(request: DeskRequest, pk: UUID) -> HttpResponse:
    """What is handed over with a post, and whether it was; the audit, where one is due."""
    found, actor = _leaving_of(request, pk), request.actor
    title = _("Leaving the post: %(post)s") % {"post": found.posting.post}
    context = {
        "title": title, "leaving": found,
        "crumbs": [(_("Leaving a post"), reverse("desk:leavings")), (str(found.posting.post), "")],
        "lines": lines_of(actor, found), "may_hand_over": may(actor, "organisations.hand_over", found),
        "taken": _takers(actor, found).exists(), "may_settle": may(actor, "organisations.settle_audit", found),
    }  # fmt: skip
    return render(request, "desk/units/leaving.html", context)


@require_GET
def leaving_sheet(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The same on paper, to be signed by the three who are there."""
    found = _leaving_of(request, pk)
    require(request.actor, "organisations.hand_over", found)
    context = {
        "title": _("Hand-over sheet"), "leaving": found, "lines": lines_of(request.actor, found),
        "printed_at": clock.now(),
    }  # fmt: skip
    return render(request, "desk/units/leaving_sheet.html", context)


class HandOverForm(forms.Form):
    to_posting = forms.ModelChoiceField(label=_lazy("Who takes it over"), queryset=Posting.objects.none())


class AuditForm(forms.Form):
    audited_on = DayField(label=_lazy("Day of the result"))
    audit_paper = forms.CharField(label=_lazy("Paper with the result"), max_length=200)


@require_http_methods(("GET", "POST"))
def hand_over(request: DeskRequest, pk: UUID) -> HttpResponse:
    found, actor = _leaving_of(request, pk), request.actor
    require(actor, "organisations.hand_over", found)
    form = HandOverForm(request.POST or None)
    field = form.fields["to_posting"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = _takers(actor, found).select_related("person", "post__organisation").order_by("-starts_on")
    return act(
        request, form, lambda to_posting: actions.hand_over(found, by=actor, to_posting=to_posting),
        title=_("Hand over"), button=_("Confirm the hand-over"), back=reverse("desk:leaving", args=[pk]),
        lead=str(found.posting.post), done=_("It is handed over. The sheet stays as it is now."),
    )  # fmt: skip


@require_http_methods(("GET", "POST"))
def settle_audit(request: DeskRequest, pk: UUID) -> HttpResponse:
    found = _leaving_of(request, pk)
    require(request.actor, "organisations.settle_audit", found)
    return act(
        request, AuditForm(request.POST or None),
        lambda **said: actions.settle_audit(found, by=request.actor, **said), title=_("Result of the audit"),
        button=_("Enter the result"), back=reverse("desk:leaving", args=[pk]), lead=str(found.posting.post),
        done=_("The audit is settled."),
    )  # fmt: skip
