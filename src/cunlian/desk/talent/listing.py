"""The register as a list, one entry, and an entry opened for a purpose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import django_filters
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.people.where import villages_of
from cunlian.desk.talent.moves import PAGES
from cunlian.desk.talent.tables import EntryTable
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor, may
from cunlian.kernel.models import Promise
from cunlian.kernel.moves import Move
from cunlian.kernel.refusals import Refusal
from cunlian.organisations.models import Post
from cunlian.people.consent.questions import holds
from cunlian.people.contact import looks_at
from cunlian.talent.models import AdvisoryMember, Skill, TalentEntry, TalentSkill, Whereabouts
from cunlian.talent.register.actions import open_entry
from cunlian.talent.register.querysets import PURPOSE, SEERS
from cunlian.talent.register.rules import available_moves
from cunlian.talent.register.states import State
from cunlian.talent.register.tree import offered
from cunlian.ui.filters import ListFilter
from cunlian.ui.pieces import buttons_for

SHOWN = [(State.LISTED, State.LISTED.label), (State.ASKED, State.ASKED.label), (State.RESTING, State.RESTING.label)]
VERIFIED = (("yes", _("verified")), ("no", _("not verified")), ("waiting", _("waiting for a look")))


class EntryFilter(ListFilter):
    FIRST = ("skill", "village", "state")

    skill = django_filters.ChoiceFilter(label=_("Skill"), method="by_skill", empty_label=_("any"))
    village = django_filters.ChoiceFilter(label=_("Village"), method="by_village", empty_label=_("any"))
    state = django_filters.ChoiceFilter(
        label=pgettext_lazy("register of skills", "State"), choices=SHOWN, empty_label=_("any")
    )
    where = django_filters.ChoiceFilter(
        label=pgettext_lazy("person", "Where"), choices=Whereabouts, method="by_where", empty_label=_("any")
    )
    verified = django_filters.ChoiceFilter(
        label=_("Verified"), choices=VERIFIED, method="by_verified", empty_label=_("any")
    )
    ask = django_filters.ChoiceFilter(
        label=_("To be asked"), choices=(("mine", _("by me")), ("any", _("by anybody"))), method="by_ask",
        empty_label=_("any"),
    )  # fmt: skip

    class Meta:
        model = TalentEntry
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict | None, rows: Any, *, actor: Actor) -> None:
        super().__init__(data, rows)
        self.actor = actor
        self.filters["skill"].extra["choices"] = [
            (
                str(group),
                [(group.code, _now("all of %(group)s") % {"group": group}), *((one.code, str(one)) for one in skills)],
            )
            for group, skills in offered()
        ]
        self.filters["village"].extra["choices"] = [
            (place.code, place.short_name) for place in villages_of(actor, SEERS)
        ]

    def by_skill(self, found: Any, name: str, code: str) -> Any:
        return found.with_skills(Skill.objects.filter(code=code))

    def by_village(self, found: Any, name: str, code: str) -> Any:
        return found.filter(person__place__code=code)

    def by_where(self, found: Any, name: str, value: str) -> Any:
        return found.filter(person__is_away=value == Whereabouts.AWAY)

    def by_verified(self, found: Any, name: str, value: str) -> Any:
        skills = TalentSkill.objects.visible_to(self.actor)
        if value == "waiting":
            return found.filter(state=State.LISTED, pk__in=skills.awaiting().values("entry"))
        verified = skills.filter(verified_on__isnull=False).values("entry")
        return found.filter(pk__in=verified) if value == "yes" else found.exclude(pk__in=verified)

    def by_ask(self, found: Any, name: str, value: str) -> Any:
        if value == "mine":
            return found.owed_by(self.actor.post_ids)
        return found.filter(promise__settled_at=None, promise__isnull=False)


def _entries(actor: Actor, query: QueryDict) -> EntryTable:
    found = EntryFilter(query or None, TalentEntry.objects.visible_to(actor).for_list(), actor=actor)
    return EntryTable(found.qs, filter=found)


ENTRIES = add_list("talent", _("Register of skills"), _entries)


@require_GET
@ENTRIES.exported
def entries(request: DeskRequest) -> HttpResponse:
    table = ENTRIES.page(request)
    context = {
        "title": _now("Register of skills"), "table": table, "filter": table.filter,
        "may_enter": villages_of(request.actor).exists() and may(request.actor, "talent.verify"),
        "may_search": may(request.actor, "talent.search"),
        "owed": TalentEntry.objects.visible_to(request.actor).owed_by(request.actor.post_ids).count(),
    }  # fmt: skip
    return render(request, "desk/talent/list.html", context)


def entry_of(actor: Actor, pk: UUID) -> TalentEntry:
    found: TalentEntry = get_visible(TalentEntry.objects.for_list(), actor, pk)
    return found


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_now("Register of skills"), reverse("desk:talent")), *more]


def _open(*promises: Promise | None) -> list[Promise]:
    return [one for one in promises if one and one.settled_at is None]


def _answers(found: TalentEntry) -> Post | None:
    """The post that owes what is to be done next."""
    owed = sorted(_open(found.promise, found.check_promise), key=lambda one: one.due_at)
    return Post.objects.for_list().filter(pk__in=[one.owner_id for one in owed[:1]]).first()


def _owed_first(found: TalentEntry, moves: list[Move]) -> list[Move]:
    """Where nothing but a look at the skills is owed, verifying them is the step to take."""
    if _open(found.promise) or not _open(found.check_promise):
        return moves
    style = {"verify": "primary", "confirm": "normal"}
    return [replace(move, style=style.get(move.name, move.style)) for move in moves]


@require_GET
def entry(request: DeskRequest, pk: UUID) -> HttpResponse:
    """One entry, masked: what the person can do, who verified it, and whether it still holds."""
    found = entry_of(request.actor, pk)
    context = {
        "title": found.person.masked_name, "entry": found, "agreed": holds(found.person, PURPOSE),
        "seats": AdvisoryMember.objects.visible_to(request.actor).filter(entry=found).for_list(),
        "answers": _answers(found),
        "buttons": buttons_for(
            _owed_first(found, available_moves(found, request.actor)),
            lambda move: reverse("desk:talent_move", args=[found.pk, move.name]),
            icons={name: page.icon for name, page in PAGES.items()},
        ),
        "may_open": may(request.actor, "talent.open", found), "looks": len(looks_at(found.person)),
        "crumbs": crumbs((found.person.masked_name, "")),
    }  # fmt: skip
    return render(request, "desk/talent/entry.html", context)


@require_POST
def opened(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Name and phone, once, in this very answer. The look is logged and the person reads it."""
    found = entry_of(request.actor, pk)
    purpose = request.POST.get("purpose", "")
    context: dict[str, Any] = {
        "title": found.person.masked_name, "entry": found, "purpose": purpose, "refusal": None, "contact": None,
        "crumbs": crumbs((found.person.masked_name, reverse("desk:talent_entry", args=[found.pk]))),
    }  # fmt: skip
    status = 200
    try:
        context["contact"] = open_entry(found, by=request.actor, purpose=purpose)
    except Refusal as refusal:
        context["refusal"], status = refusal, refusal.status
    response = render(request, "desk/talent/opened.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
