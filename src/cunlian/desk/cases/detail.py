"""One case as staff see it: everything its page shows, read in a constant number of queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cunlian.cases.disputes.rules import MODULE as MEDIATION
from cunlian.cases.looks import looks_about
from cunlian.cases.messages import PAUSE_REASONS, REJECT_REASONS
from cunlian.cases.models import Case, Remark, ReplyTemplate
from cunlian.cases.rules import NEIGHBOUR, PROXY
from cunlian.cases.states import OPEN, State
from cunlian.cases.timeline import Step, steps
from cunlian.desk.cases import evidence, moves, showing
from cunlian.desk.cases.forms import CHANNELS, MoveForm
from cunlian.desk.cases.where import schematic
from cunlian.desk.receipts import mark, receipt_text
from cunlian.desk.threads import thread_of
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may
from cunlian.kernel.moves import Move
from cunlian.kernel.presses import new_key
from cunlian.organisations.chain import Link, chain_for
from cunlian.places.models import Level, module_on
from cunlian.ui import formats
from cunlian.ui.pieces import TimelineEntry

# Who did a step when it was no post, and what a neighbour says of their own.
SPEAKERS = {NEIGHBOUR: gettext_lazy("A neighbour"), PROXY: gettext_lazy("Somebody writing for the person")}
SAID = {
    "cases.vouched": gettext_lazy("says that it is fixed"),
    "cases.reopened": gettext_lazy("says that it is not fixed"),
}
SIMILAR_FOR = timedelta(days=365)


def _mediates(case: Case) -> bool:
    """Whether it may be brought to mediation: about people, or of a kind nobody has said yet, where mediation is in use."""
    about = (case.category is None or case.category.is_dispute) and not case.confidential
    return about and module_on(case.place, MEDIATION)


def case_page(
    case: Case, actor: Actor, *, move: Move | None = None, form: MoveForm | None = None, swapped: bool = False
) -> dict[str, Any]:
    """The context of the page. ``move`` and ``form``: the move whose form is open on it. ``swapped``: only the part
    that changed is sent, so the parts outside it go along."""
    happened = steps(case, public=False)
    return {
        "case": case,
        "mediates": _mediates(case),
        "title": case.title or receipt_text(case.receipt, mark()),
        "receipt": receipt_text(case.receipt, mark()),
        "crumbs": _crumbs(case),
        "state_label": State(case.state).label,
        "about": case.about_post or case.about_organisation if case.confidential else None,
        "heading": _heading(case),
        "pausers": _pausers(case, happened),
        "buttons": moves.buttons(case, actor, opened=bool(move and form)),
        "opened": _opened(case, actor, move, form) if move and form else None,
        "asked": next((extension for extension in case.extensions.all() if extension.granted is None), None),
        "answer": next((r for r in reversed(case.remarks.all()) if r.remark_kind == Remark.RemarkKind.ANSWER), None),
        "attachments": evidence.shown(case, actor),
        "may_attach": evidence.may_attach(case, actor),
        **showing.context(case, actor),
        "thread": thread_of(case, actor),
        "entries": [_entry(step) for step in reversed(happened)],
        "similar": _similar(case, actor),
        "swapped": swapped,
        **_rail(case, actor),
    }


def _crumbs(case: Case) -> list[tuple[str, str]]:
    cases = reverse("desk:cases")
    village = case.place.parent if case.place.level == Level.GRID and case.place.parent else case.place
    here = f"{cases}?{urlencode({'village': village.code})}"
    return [(_("Requests"), cases), (str(village), here), (receipt_text(case.receipt, mark()), "")]


def _heading(case: Case) -> str:
    promise = case.promise
    if promise.settled_at:
        return _("Answered") if case.answered_at else str(State(case.state).label)
    if promise.state == "paused":
        return _("The clock stands")
    return _("Answer by %(when)s") % {"when": formats.due(promise.due_at)}


def _pausers(case: Case, happened: list[Step]) -> dict[Any, str]:
    """Names of the posts that paused the clock; the timeline has read them already."""
    return {step.post.pk: str(step.post) for step in happened if step.post}


def _opened(case: Case, actor: Actor, move: Move, form: MoveForm) -> dict[str, Any]:
    page = moves.PAGES[move.name]
    offered = move.name == "answer"
    return {
        "move": move,
        "form": form,
        "lead": page.lead,
        "icon": page.icon,
        "url": moves.address(case, move.name),
        "seen": moves.seen_of(case),
        "key": new_key(),
        "templates": list(ReplyTemplate.objects.visible_to(actor).fitting(case)) if offered else [],
        "asked": form.case.extensions.all() if move.permission == "cases.grant_extension" else [],
    }


# --- what happened ---


def _entry(step: Step) -> TimelineEntry:
    return TimelineEntry(
        at=step.happened_at,
        who=_who(step),
        sentence=_sentence(step),
        icon=step.verb.icon,
        words=step.words,
        note=_note(step),
    )


def _who(step: Step) -> str:
    if step.post:
        return str(step.post)
    if step.actor_kind == "system":
        return pgettext("who did it", "System")
    if step.behalf in SPEAKERS:
        return str(SPEAKERS[step.behalf])
    if step.verb.code == "cases.joined":
        return _("Somebody else")
    return _("The person who reported")


def _sentence(step: Step) -> str:
    if step.behalf == NEIGHBOUR and not step.post and step.verb.code in SAID:
        return str(SAID[step.verb.code])
    if step.to:
        return _("%(did)s to %(post)s") % {"did": step.verb.sentence, "post": step.to}
    return str(step.verb.sentence)


def _note(step: Step) -> str:
    notes = []
    if step.behalf and (step.post or step.behalf not in SPEAKERS):
        heard = {**dict(CHANNELS), NEIGHBOUR: _("a neighbour")}
        notes.append(str(heard.get(step.behalf, step.behalf)))
    if step.detail:
        reasons = {**PAUSE_REASONS, **REJECT_REASONS}
        days = _("%(n)s working days") % {"n": step.detail}
        notes.append(str(reasons.get(step.detail, days if step.detail.isdigit() else step.detail)))
    return "，".join(notes) if formats.in_chinese() else ", ".join(notes)


# --- beside it ---


def _rail(case: Case, actor: Actor) -> dict[str, Any]:
    day, chain = clock.day_of(case.reported_at), _chain(case)
    village = case.place.parent if case.place.level == Level.GRID and case.place.parent else case.place
    return {
        "may_reveal": case.reporter is not None and may(actor, "cases.reveal_contact", case),
        "grid": case.place if case.place.level == Level.GRID else None,
        "village": village,
        "sketch": schematic(village, actor),
        "works_on_it": case.state in OPEN,
        "chain": chain,
        "holder_in_chain": any(link.post and link.post.pk == case.holder_id for link in chain),
        "chain_day": day,
        "looks": looks_about(case),
        "joined": len(case.endorsements.all()),
        "others": _others(case, actor),
    }


def _chain(case: Case) -> list[Link]:
    """Who answered on the day it was reported, each post once: it may answer for the area and for the village too. Of a
    complaint the chain says nothing: it went past it."""
    if case.confidential:
        return []
    matter = case.category.code if case.category else ""
    once: dict[object, Link] = {}
    for link in chain_for(case.place, clock.day_of(case.reported_at), matter, case.household):
        once.setdefault(link.post or (link.rank, link.capacity, link.place), link)
    return list(once.values())


def _others(case: Case, actor: Actor) -> list[tuple[str, Case]]:
    """Cases joined with it or split from it, with the word that says how."""
    seen = Case.objects.visible_to(actor)
    found = [(_("Joined with"), one) for one in seen.filter(merged=case)]
    found += [(_("Joined into this"), one) for one in seen.filter(merged_into=case).order_by("reported_at")]
    found += [(_("Split from"), one) for one in seen.filter(parts=case)]
    return found + [(_("Split off"), one) for one in seen.filter(split_from=case).order_by("reported_at")]


def _similar(case: Case, actor: Actor) -> dict[str, Any]:
    """Of the same item in the same village within a year: the number and the list it counts."""
    if case.category is None or case.confidential:
        return {"count": 0, "url": ""}
    since = clock.now() - SIMILAR_FOR
    count = Case.objects.visible_to(actor).like(case, clock.at(clock.day_of(since))).count()
    query = {
        "state": "all", "category": case.category.code, "village": case.place.code[:12],
        "since": clock.day_of(since).isoformat(), "but": str(case.pk),
    }  # fmt: skip
    return {"count": count, "url": f"{reverse('desk:cases')}?{urlencode(query)}"}
