"""The workbench and the search."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cunlian.cases.models import Case
from cunlian.cases.rules import WORKERS
from cunlian.desk.cases.filters import CaseFilter
from cunlian.desk.cases.rows import lines
from cunlian.desk.home import radar, work
from cunlian.desk.home.owed import owed
from cunlian.desk.home.scope import standing
from cunlian.desk.instructions.home import waiting_instructions
from cunlian.desk.pages import DeskRequest
from cunlian.desk.receipts import root
from cunlian.kernel import clock
from cunlian.kernel.ids import read_receipt
from cunlian.places.models import Place

FOUND = 20


@require_GET
def home(request: DeskRequest) -> HttpResponse:
    actor = request.actor
    chosen = work.tab_named(request.GET.get("tab", ""))
    piles = work.groups(chosen, actor)
    context = {
        "title": _("Workbench"),
        "today": clock.today(),
        "answers_for": radar.answers_for(actor),
        "standing_in": radar.standing_in_for(actor),
        "posts": radar.posts_of(actor),
        "by_hand": radar.by_hand(actor),
        "tabs": work.tabs(actor, chosen),
        "chosen": chosen,
        "piles": piles,
        "requests": sum(pile.count for pile in piles),
        "mediations": sum(pile.disputes for pile in piles),
        "passed": work.short(work.tab_named("passed"), actor),
        "word": work.short(work.tab_named("word"), actor),
        "holes": radar.holes(actor),
        "stand_ins": radar.stand_ins(actor),
        "to_decide": radar.to_decide(actor),
        "standing": standing(actor),
        "instructions": waiting_instructions(actor),
        "owed": owed(actor),
        "may_pick": actor.holds(WORKERS),
    }
    return render(request, "desk/home/workbench.html", context)


@require_GET
def search(request: DeskRequest) -> HttpResponse:
    """Receipts, requests by their title, villages. A whole receipt goes straight to its case."""
    text = request.GET.get("q", "").strip()[:80]
    seen = Case.objects.visible_to(request.actor)
    receipt = read_receipt(text)
    exact = seen.filter(receipt=receipt).first() if receipt else None
    if exact:
        return redirect("desk:case", exact.pk)
    query = request.GET.copy()
    query["state"] = "all"
    cases = CaseFilter(query, seen, actor=request.actor, offers=False).qs if text else seen.none()
    district = root()
    places = Place.objects.visible_to(request.actor).matching(text, district)
    here = [place for place in places[: FOUND * 2] if district is None or place.code.startswith(district.code)]
    context = {
        "title": _("Search"),
        "text": text,
        "receipt": receipt,
        "cases": lines(cases.for_list().order_by("-reported_at")[:FOUND]),
        "count": cases.count(),
        "places": here[:FOUND],
    }
    return render(request, "desk/home/search.html", context)
