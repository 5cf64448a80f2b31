"""What is counted about instructions and programmes: chains, hours and promises kept, never a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.instructions.models import Copy, Form, Measure
from cunlian.instructions.querysets import CopyQuerySet
from cunlian.instructions.worktime import whole_hours
from cunlian.kernel.access import Actor
from cunlian.kernel.figures import Indicator, Unit, add_indicator

COPIES = Unit(pgettext_lazy("unit", "instruction"), _("instructions"))
POSTS = Unit(pgettext_lazy("unit", "post"), _("posts"))
HANDS = Unit(pgettext_lazy("unit", "hand"), _("hands"))
HOURS = Unit(pgettext_lazy("unit", "hour"), _("hours"))
FLAG = Unit(pgettext_lazy("unit of a flag", "item"), pgettext_lazy("unit of a flag", "items"))
LINES = Unit(pgettext_lazy("unit", "line"), _("lines"))
PROJECTS = Unit(pgettext_lazy("unit", "project"), _("projects"))
KINDS = Unit(pgettext_lazy("unit of governance", "kind"), pgettext_lazy("unit of governance", "kinds"))
CHAINS = Unit(pgettext_lazy("unit", "chain"), pgettext_lazy("unit", "chains"))
LINKS = Unit(pgettext_lazy("unit", "link"), _("links"))
_HOURS = _(
    "hours between 8:30 and 17:30 of working days, begun hours counted, from sending to the signature of the post that "
    "does it"
)


def _sent(viewer: Actor) -> CopyQuerySet:
    return Copy.objects.visible_to(viewer).lasting()


def _reached(viewer: Actor) -> CopyQuerySet:
    """Signed for by the post that does it."""
    return _sent(viewer).filter(signed_at__isnull=False)


def _lines(form: Form) -> Callable[[Actor, date], QuerySet[Measure]]:
    return lambda viewer, day: Measure.objects.visible_to(viewer).current(day).of_form(form)


for indicator in (
    Indicator(
        "instructions.sent", _("Instructions sent"), COPIES, _sent, when="sent_at",
        reading=_("one for each receiver; those taken back are not counted"),
    ),
    Indicator("instructions.open", _("Instructions not done yet"), COPIES, lambda v: _sent(v).open(), when="sent_at"),
    Indicator("instructions.overdue", _("Instructions overdue"), COPIES, lambda v: _sent(v).overdue(), when="sent_at"),
    Indicator(
        "instructions.signed_in_time", _("Signed for in time"), COPIES, lambda v: _sent(v).signed_in_time(),
        when="sent_at",
    ),
    Indicator(
        "instructions.done", pgettext_lazy("figure of instructions", "Done"), COPIES, lambda v: _sent(v).delivered(),
        when="sent_at",
    ),
    Indicator(
        "instructions.done_in_time", _("Done in time"), COPIES, lambda v: _sent(v).done_in_time(), when="sent_at"
    ),
    Indicator(
        "instructions.returned", _("Sent back as not theirs, ever"), COPIES, lambda v: _sent(v).filter(returns__gt=0),
        when="sent_at",
    ),
    Indicator(
        "instructions.supervised", _("Instructions urged"), COPIES, lambda v: _sent(v).filter(supervised__gt=0),
        when="sent_at",
    ),
    Indicator(
        "instructions.exceeded", _("Sent beyond the county's limit"), COPIES, lambda v: _sent(v).filter(exceeded=True),
        when="sent_at",
    ),
    Indicator(
        "instructions.straight", _("Sent straight, past posts between"), COPIES, lambda v: _sent(v).straight(),
        when="sent_at", reading=_("whoever stands between was informed and not asked"),
    ),
    Indicator(
        "instructions.skipped", _("Posts passed over by the short chain"), POSTS, _sent, measure="sum",
        field="skipped", when="sent_at", reading=_("for each instruction, how many would have passed it on"),
    ),
    Indicator(
        "instructions.median_hops", _("Median of hands from giver to doer"), HANDS, _reached, measure="median",
        field="hops", when="sent_at",
        reading=_("1: straight; one more each time it was given to another post"),
    ),
    Indicator(
        "instructions.median_hours", _("Median of working hours from giver to doer"), HOURS, _reached,
        measure="median", field="minutes_to_sign", when="sent_at", convert=whole_hours, reading=_HOURS,
    ),
    Indicator(
        "instructions.merged_command_chain_flag", _("Commands made one"), FLAG, _lines(Form.MERGED_COMMAND),
        measure="distinct", field="programme", place="programme__root", nature="structural", dated=True, claims=("A11",),
        reading=_("1 when a programme in force makes several commands one; how short the chain is, instructions tell"),
    ),
    Indicator(
        "instructions.practice_line_count", _("Lines of practice"), LINES, _lines(Form.PRACTICE),
        place="programme__root", nature="structural", dated=True, claims=("A12",),
        reading=_("lines of the programme in force; the report names five"),
    ),
    Indicator(
        "instructions.governance_programme_count", _("Governance projects of the plan"), PROJECTS,
        _lines(Form.GOVERNANCE_PROJECTS), place="programme__root", nature="structural", dated=True, claims=("B22",),
        reading=_("lines of the programme in force; the report names five projects"),
    ),
    Indicator(
        "instructions.three_governance_kind_count", _("Kinds of governance joined"), KINDS,
        _lines(Form.THREE_GOVERNANCE), place="programme__root", nature="structural", dated=True, claims=("C28",),
        reading=_("lines of the programme in force; the report names self-rule, law and virtue"),
    ),
    Indicator(
        "instructions.chain_count", _("Chains of the plan"), CHAINS, _lines(Form.CHAINS),
        place="programme__root", nature="structural", dated=True, claims=("C29",),
        reading=_("lines of the programme in force; the report names industry, cooperation and service"),
    ),
    Indicator(
        "instructions.four_link_line_count", _("Links of the plan"), LINKS, _lines(Form.FOUR_LINKS),
        place="programme__root", nature="structural", dated=True, claims=("D25",),
        reading=_("lines of the programme in force; the report's title names four building works, its text four links"),
    ),
):  # fmt: skip
    add_indicator(indicator)
