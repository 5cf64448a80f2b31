"""One copy as its page shows it: the instruction, what is known already, how it came down, what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cunlian.desk.instructions.moves import buttons
from cunlian.instructions.limits import village_code
from cunlian.instructions.models import Copy, Remark
from cunlian.instructions.states import State
from cunlian.instructions.timeline import Step, steps
from cunlian.instructions.worktime import whole_hours
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Attachment
from cunlian.kernel.refusals import Text
from cunlian.places.models import VillageProfile
from cunlian.places.models.profile import NUMBERS
from cunlian.ui import formats
from cunlian.ui.pieces import TimelineEntry

INCOME, LAND = "operating_income_fen", "idle_land"


@dataclass(frozen=True)
class Known:
    """One number the register has. ``value`` None: it has none."""

    label: Text
    value: str


def known(profile: VillageProfile | None) -> list[Known]:
    """What the profile says, in its own units; missing is said as missing."""
    if profile is None:
        return []
    return [
        Known(VillageProfile._meta.get_field(name).verbose_name, _shown(name, getattr(profile, name)))  # type: ignore[union-attr]
        for name in NUMBERS
    ]


def _shown(name: str, value: int | None) -> str:
    if value is None:
        return _("no data")
    if name == INCOME:
        return formats.money(value)
    return formats.mu(value) if name == LAND else formats.number(value)


def copy_page(copy: Copy, actor: Actor) -> dict[str, Any]:
    others = Copy.objects.visible_to(actor).filter(instruction=copy.instruction).exclude(pk=copy.pk).count()
    records = [remark for remark in copy.remarks.all() if remark.remark_kind == Remark.RemarkKind.RECORD]
    village = village_code(copy.place)
    here = Copy.objects.visible_to(actor).open()
    return {
        "copy": copy,
        "instruction": copy.instruction,
        "title": copy.instruction.title,
        "state_label": State(copy.state).label,
        "crumbs": [(_("Instructions"), reverse("desk:instructions")), (copy.about, "")],
        "buttons": buttons(copy, actor),
        "comes_as": formats.bracketed(_comes_as(copy)),
        "due_on": due_on(copy),
        "heading": _heading(copy),
        "between": [row.post for row in copy.informed.all()],
        "hours": whole_hours(copy.minutes_to_sign) if copy.minutes_to_sign is not None else None,
        "known": known(copy.profile),
        "records": records if copy.done_at else [],
        "files": list(Attachment.objects.about(copy)),
        "others": others,
        "carried": (here.at(copy.place) if village else here.filter(post=copy.post)).count(),
        "carried_query": f"village={village}" if village else f"post={copy.post_id}",
        "entries": [_entry(step) for step in reversed(steps(copy))],
    }


def _comes_as(copy: Copy) -> str:
    kind, unit = copy.instruction.get_return_kind_display(), copy.instruction.unit
    return _(", ").join([str(kind), unit]) if unit else str(kind)


def due_on(copy: Copy) -> date:
    """The day this copy is due: the instruction's, or a later one that was agreed to."""
    return clock.day_of(copy.promise.due_at) if copy.promise else copy.instruction.due_on


def last_step(copy: Copy) -> TimelineEntry:
    """What happened last, with its words: whoever answers it reads it where they answer."""
    return _entry(steps(copy)[-1])


def _heading(copy: Copy) -> str:
    if copy.promise is None:
        return ""
    when = {"when": formats.due(copy.promise.due_at)}
    return _("What was owed is settled") if copy.promise.settled_at else _("To be done by %(when)s") % when


def _entry(step: Step) -> TimelineEntry:
    who = str(step.post) if step.post else pgettext("who did it", "System")
    said = str(step.verb.sentence)
    if step.to:
        said = _("%(did)s to %(post)s") % {"did": said, "post": step.to}
    note = ngettext("%(n)s working day", "%(n)s working days", int(step.days)) % {"n": step.days} if step.days else ""
    return TimelineEntry(step.happened_at, who, said, icon=step.verb.icon, words=step.words, note=note)
