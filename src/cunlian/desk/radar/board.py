"""The board of the five matters of each area: who answers for what, on which paper, since when."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import act, day_asked
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places.seen import NOT_HERE, area_of
from cunlian.desk.radar.closing import MatterForm
from cunlian.desk.responsibility.forms import EndForm
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import may, require
from cunlian.kernel.refusals import Missing
from cunlian.organisations.coverage import actions
from cunlian.organisations.coverage.five import Answer, five_of
from cunlian.organisations.coverage.objects import objects_of, scope_of
from cunlian.organisations.models import AreaMatter, FiveMatter
from cunlian.organisations.responsibility.aims import Aim
from cunlian.places.models import Area

GET_POST = ("GET", "POST")


@dataclass(frozen=True)
class Board:
    """``may_name``: this reader fills it in."""

    area: Area
    answers: list[Answer]
    may_name: bool

    @property
    def open(self) -> int:
        return sum(1 for answer in self.answers if not answer.holder)


@require_GET
def board(request: DeskRequest) -> HttpResponse:
    """Every management area with its five matters on a day. Three queries."""
    require(request.actor, "organisations.view")
    day = day_asked(request)
    areas = list(objects_of(Aim.AREA, scope_of(request.actor, day)).select_related("root").order_by("starts_on", "pk"))
    five = five_of(areas, day)
    boards = [Board(area, five[area.pk], may(request.actor, "organisations.name_matter", area)) for area in areas]
    context = {"title": _now("Five matters of the areas"), "boards": boards, "day": day}
    return render(request, "desk/radar/board.html", context)


@require_http_methods(GET_POST)
def name(request: DeskRequest, pk: UUID, matter: str) -> HttpResponse:
    """Name the post for a matter, in place of the one that had it or of nobody."""
    area = area_of(request.actor, pk)
    if matter not in FiveMatter.values:
        raise Missing(NOT_HERE)
    require(request.actor, "organisations.name_matter", area)
    return act(
        request, MatterForm(request.POST or None, actor=request.actor, code=area.root.code),
        lambda **values: actions.name_matter(area, by=request.actor, matter=matter, **values),
        title=_now("Name who answers: %(what)s") % {"what": FiveMatter(matter).label}, button=_("Name the post"),
        back=reverse("desk:five"), lead=str(area), done=_("The board of the area says who answers now."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def end(request: DeskRequest, pk: UUID) -> HttpResponse:
    named: AreaMatter = get_visible(AreaMatter.objects.for_list(), request.actor, pk)
    require(request.actor, "organisations.end_matter", named)
    return act(
        request, EndForm(request.POST if request.method == "POST" else None),
        lambda ends_on: actions.end_matter(named, by=request.actor, ends_on=ends_on),
        title=_now("End it: %(what)s") % {"what": named}, button=_("End it"), back=reverse("desk:five"),
        lead=str(named.post), done=_("It has ended. The radar shows it until another post is named."),
    )  # fmt: skip
