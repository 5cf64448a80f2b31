"""Beginning a proposal, deciding pairs and ceilings by hand, and its moves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cunlian.desk.acting import MovePage, NothingMore, act, page_of, press
from cunlian.desk.assignment.views import assignment_of
from cunlian.desk.pages import DeskRequest
from cunlian.desk.responsibility.forms import choose_from
from cunlian.desk.responsibility.yearly import list_of
from cunlian.desk.responsibility.yearly_tables import object_of
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor, require
from cunlian.organisations.assignment import actions
from cunlian.organisations.assignment.actions.ask import Ruling
from cunlian.organisations.assignment.objects import Which, aims_of, duties_now
from cunlian.organisations.assignment.rules import available_moves
from cunlian.organisations.assignment.states import MAY, MOVES
from cunlian.organisations.models import Assignment, AssignmentLine, AssignmentPost, Post, ResponsibilityList
from cunlian.organisations.querysets import COUNTY_DIGITS
from cunlian.organisations.responsibility.aims import Aim
from cunlian.places.models import Way
from cunlian.places.querysets import code_q

GET_POST = ("GET", "POST")
PAGES = {
    "work": MovePage(
        NothingMore, actions.order_assignment,
        lead=_("As even as can be, then as near as can be. What was decided by hand is kept."),
    ),
    "confirm": MovePage(
        NothingMore, actions.confirm_assignment,
        lead=_("The proposal becomes lines of the draft. Nobody's duties change before the list is published."),
    ),
    "drop": MovePage(NothingMore, actions.drop_assignment, lead=_("The lines of the draft stay as they are.")),
}  # fmt: skip


class NewForm(forms.Form):
    """Posts that answer in the capacity today are chosen already."""

    aim = forms.ChoiceField(label=_("Shared out are"))
    which = forms.ChoiceField(label=_("Which"), choices=Which, initial=Which.ALL)
    posts = forms.ModelMultipleChoiceField(
        label=_("Posts that may answer"), queryset=Post.objects.none(),
        widget=forms.CheckboxSelectMultiple({"class": "choices choices-long"}),
        help_text=_("Those that answer in this capacity today are chosen already and stand first."),
    )  # fmt: skip
    ceiling = forms.IntegerField(
        label=_("Each takes at most"), required=False, min_value=0, max_value=9_999,
        help_text=_("Empty: no ceiling. It can be set for each post afterwards."),
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("Near means"), choices=Way, help_text=_("From the place of the post to what it takes.")
    )
    keep = forms.IntegerField(
        label=_("Who had it last year may be further by"), initial=5, min_value=0, max_value=1000,
        help_text=_("In km, minutes or villages. 0: last year counts for nothing."),
    )  # fmt: skip

    def __init__(self, *args: Any, one: ResponsibilityList, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.visible_to(actor).current().filter(code_q(one.place.code[:COUNTY_DIGITS], "place__"))
        self._offer(posts.for_list(), {duty.post_id for duty in duties_now(one).values()})
        aims = aims_of(one)
        self.fields["aim"].choices = [(aim.value, aim.label) for aim in aims]  # type: ignore[attr-defined]
        if Aim.HOUSEHOLD not in aims:
            self.fields["which"].choices = [  # type: ignore[attr-defined]
                (which.value, which.label) for which in Which if which != Which.NEED
            ]

    def _offer(self, posts: Any, now: set[UUID]) -> None:
        """Boxes to tick: in a list of which several are chosen, one careless press would lose them all."""
        field = self.fields["posts"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset, field.initial = posts, list(now)
        parts = (
            (_now("Answer in this capacity today"), [(post.pk, str(post)) for post in posts if post.pk in now]),
            (_now("Other posts"), [(post.pk, str(post)) for post in posts if post.pk not in now]),
        )
        field.choices = [(label, rows) for label, rows in parts if rows]


class RuleForm(forms.Form):
    post = forms.ModelChoiceField(label=_("The post"), queryset=Post.objects.none(), required=False)
    ruling = forms.ChoiceField(label=_("What holds"), choices=Ruling, widget=forms.RadioSelect, initial=Ruling.FIX)

    def __init__(self, *args: Any, line: AssignmentLine, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = AssignmentPost.objects.visible_to(actor).filter(assignment=line.assignment_id).values("post")
        choose_from(self, "post", Post.objects.visible_to(actor).filter(pk__in=keys).for_list())
        self.fields["post"].initial = line.post_id


class CeilingForm(forms.Form):
    ceiling = forms.IntegerField(
        label=_("It takes at most"), required=False, min_value=0, max_value=9_999, help_text=_("Empty: no ceiling.")
    )


def _page(one: Assignment) -> str:
    return reverse("desk:assignment", args=[one.pk])


@require_http_methods(GET_POST)
def new(request: DeskRequest, pk: UUID) -> HttpResponse:
    """For the draft of a yearly list."""
    one = list_of(request.actor, pk)
    require(request.actor, MAY, one)
    return act(
        request, NewForm(request.POST or None, one=one, actor=request.actor),
        lambda **values: actions.begin_assignment(one, by=request.actor, **values), title=_("Propose who takes what"),
        button=_("Begin"), back=reverse("desk:assignments"), lead=str(one),
        done=_("It is set up. Decide what is fixed, then have it worked out."),
        then=page_of("desk:assignment"),
    )  # fmt: skip


@require_http_methods(GET_POST)
def rule(request: DeskRequest, pk: UUID) -> HttpResponse:
    line: AssignmentLine = get_visible(AssignmentLine.objects.for_list(), request.actor, pk)
    require(request.actor, MAY, line.assignment.on_list)
    barred = [str(row.post) for row in line.barred.select_related("post__organisation")]
    lead = object_of(line) + (_now(" · not: %(posts)s") % {"posts": _now(", ").join(barred)} if barred else "")
    return act(
        request, RuleForm(request.POST or None, line=line, actor=request.actor),
        lambda **values: actions.rule_line(line, by=request.actor, **values), title=_("Decide who takes it"),
        button=_("Decide"), back=_page(line.assignment), lead=lead, done=_("It is decided."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def ceiling(request: DeskRequest, pk: UUID) -> HttpResponse:
    row: AssignmentPost = get_visible(AssignmentPost.objects.for_list(), request.actor, pk)
    require(request.actor, MAY, row.assignment.on_list)
    return act(
        request, CeilingForm(request.POST if request.method == "POST" else None, initial={"ceiling": row.ceiling}),
        lambda **values: actions.set_ceiling(row, by=request.actor, **values), title=_("How many it takes at most"),
        button=_("Set it"), back=_page(row.assignment), lead=str(row.post),
        done=_("It is set. It counts the next time it is worked out."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def move(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    one = assignment_of(request.actor, pk)
    return press(
        request, one, name, moves=MOVES, possible=available_moves(one, request.actor), pages=PAGES, back=_page(one),
        about=str(one.on_list),
    )  # fmt: skip
