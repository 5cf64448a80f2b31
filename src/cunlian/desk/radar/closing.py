"""Closing a gap right where it is shown: a stand-in for the post whose work it is, or a post for what has none."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cunlian.desk.acting import DayField, act
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places.seen import NOT_HERE
from cunlian.desk.radar.tables import title_of
from cunlian.desk.responsibility.forms import StandInForm, choose_from
from cunlian.desk.visible import get_visible
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.models import Promise
from cunlian.kernel.refusals import Missing
from cunlian.organisations import actions
from cunlian.organisations.coverage.actions import name_matter
from cunlian.organisations.coverage.catalogue import BY_CODE, CoverageRule
from cunlian.organisations.coverage.objects import objects_of, scope_of
from cunlian.organisations.coverage.open_matters import OPEN, Why, open_matters
from cunlian.organisations.coverage.reading import COLUMNS, gaps
from cunlian.organisations.coverage.seated import NEVER
from cunlian.organisations.models import Post, Posting
from cunlian.organisations.responsibility.aims import Aim
from cunlian.places.codes import ancestor_codes

GET_POST = ("GET", "POST")
# Where an open matter is read, by the kind of its record.
PAGES = {"case": "desk:case", "dispute": "desk:dispute", "instruction_copy": "desk:instruction_copy"}


def near(actor: Actor, code: str) -> Any:
    """Posts somebody holds, in the village of the place and above it, in its own order."""
    village = code[:12]
    here = Q(place__code__startswith=village) | Q(place__code__in=ancestor_codes(village))
    held = Post.objects.visible_to(actor).current().filter(here, postings__in=Posting.objects.on(clock.today()))
    return held.distinct().for_list()


class AssignForm(forms.Form):
    """A post that answers from now on, in one of the capacities the rule names."""

    post = forms.ModelChoiceField(label=_("Post"), queryset=Post.objects.none())
    capacity = forms.ChoiceField(label=_("As"))
    starts_on = DayField(label=_("Starts on"))

    def __init__(self, *args: Any, actor: Actor, code: str, rule: CoverageRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "post", near(actor, code))
        field = self.fields["capacity"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.value, one.label) for one in rule.capacities]
        if len(rule.capacities) == 1:
            field.initial, field.widget = rule.capacities[0].value, forms.HiddenInput()


class MatterForm(forms.Form):
    """A post that answers for one of the five matters of an area, on a paper."""

    post = forms.ModelChoiceField(label=_("Post"), queryset=Post.objects.none())
    paper = forms.CharField(label=_("Paper that decides it"), max_length=200)
    starts_on = DayField(label=_("Starts on"))

    def __init__(self, *args: Any, actor: Actor, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = [*ancestor_codes(code), code]
        held = (
            Post.objects.visible_to(actor)
            .current()
            .filter(postings__in=Posting.objects.on(clock.today()), place__code__in=above)
        )
        choose_from(self, "post", held.distinct().for_list())


def _row(actor: Actor, rule: str, key: UUID) -> dict[str, Any] | None:
    scope = scope_of(actor)
    if rule == OPEN:
        return open_matters(scope).filter(pk=key).values(*COLUMNS).first()
    return gaps(BY_CODE[rule], scope).filter(pk=key).first()


def _lead(row: dict[str, Any]) -> str:
    """What, where, why, since when, as one line."""
    said = [str(Why(row["why"]).label)]
    if row["open_since"] > NEVER:
        days = (clock.today() - row["open_since"]).days
        said.append(ngettext("open for %(n)s day", "open for %(n)s days", days) % {"n": days})
    if row["owner_name"]:
        said.append(row["owner_name"])
    return " · ".join([row["lies_in"], *said])


def _stand_in(request: DeskRequest, row: dict[str, Any], title: str) -> HttpResponse:
    post: Post = get_visible(Post.objects.for_list(), request.actor, row["owner"])
    require(request.actor, "organisations.arrange_stand_in", post)
    return act(
        request, StandInForm(request.POST or None, post=post, actor=request.actor),
        lambda **values: actions.arrange_stand_in(post, by=request.actor, **values),
        title=_now("Name a stand-in: %(what)s") % {"what": title}, button=_("Name the stand-in"),
        back=reverse("desk:radar"), lead=_lead(row),
        done=_("The stand-in is named and answers from that day on; the gap is closed then."),
    )  # fmt: skip


def _named(request: DeskRequest, rule: CoverageRule, row: dict[str, Any], title: str) -> HttpResponse:
    """Who answers is named: a duty, or a matter of the area."""
    scope = scope_of(request.actor)
    found = objects_of(rule.kind, scope).get(pk=row["key"])
    form: forms.Form
    if rule.matter:
        form = MatterForm(request.POST or None, actor=request.actor, code=row["at"])
        call: Any = lambda **values: name_matter(found, by=request.actor, matter=rule.matter, **values)  # noqa: E731
    else:
        about = {"place" if rule.kind in (Aim.VILLAGE, Aim.GRID) else rule.kind.value: found}
        form = AssignForm(request.POST or None, actor=request.actor, code=row["at"], rule=rule)
        call = lambda post, **values: actions.assign_duty(post, by=request.actor, **about, **values)  # noqa: E731
    return act(
        request, form, call, title=_now("Name who answers: %(what)s") % {"what": title}, button=_("Name the post"),
        back=reverse("desk:radar"), lead=_lead(row),
        done=_("The post is named and answers from that day on; the gap is closed then."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def gap(request: DeskRequest, rule: str, key: UUID) -> HttpResponse:
    """One gap with the form that closes it. One that is closed by now leads back to the radar."""
    require(request.actor, "organisations.view")
    if rule not in BY_CODE and rule != OPEN:
        raise Missing(NOT_HERE)
    row = _row(request.actor, rule, key)
    if row is None:
        return redirect("desk:radar")
    if rule == OPEN:
        promise: Promise = open_matters(scope_of(request.actor)).get(pk=key)
        if not row["owner"] or not may(request.actor, "organisations.arrange_stand_in", _post(row)):
            page = PAGES.get(promise.about_kind)
            return redirect(page, promise.about_id) if page else redirect("desk:radar")
        return _stand_in(request, row, title_of(row))
    known = BY_CODE[rule]
    title = f"{title_of(row)} · {known.who}"
    return _stand_in(request, row, title) if row["owner"] else _named(request, known, row, title)


def _post(row: dict[str, Any]) -> Post:
    return Post.objects.select_related("place").get(pk=row["owner"])
