"""What an instruction must say before it can be sent: one sentence for each thing that is missing, by its field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from cunlian.instructions.models import Measure, Origin, Return
from cunlian.kernel import clock
from cunlian.kernel.refusals import Text
from cunlian.organisations.models import Post
from cunlian.places.models import Area, Place


@dataclass(frozen=True)
class Order:
    """An instruction as its giver has written it, complete or not. See ``models.Instruction``. An area of ``areas`` is one
    receiver; whoever means its villages names them in ``places``."""

    title: str = ""
    text: str = ""
    origin_kind: str = ""
    origin: str = ""
    origin_on: date | None = None
    basis: str = ""
    asked: str = ""
    return_kind: str = ""
    unit: str = ""
    due_on: date | None = None
    ends_on: date | None = None
    places: tuple[Place, ...] = ()
    areas: tuple[Area, ...] = ()
    posts: tuple[Post, ...] = ()
    measure: Measure | None = None


def missing(order: Order) -> dict[str, Text]:
    """By field, in the order of the form; empty when it can be sent."""
    found = {name: sentence for name, lacks, sentence in _asked(order) if lacks}
    return found | {name: sentence for name, sentence in _days(order) if name not in found}


def _asked(order: Order) -> Iterable[tuple[str, bool, Text]]:
    number = order.return_kind == Return.NUMBER
    return (
        ("title", not order.title.strip(), _("Say in one line what is to be done.")),
        ("origin_kind", order.origin_kind not in Origin.values, _("Say whether it comes from a paper or a meeting.")),
        ("origin", not order.origin.strip(), _("Name the paper with its number, or the meeting.")),
        ("origin_on", order.origin_on is None, _("Write the day of the paper or meeting.")),
        ("basis", not order.basis.strip(), _("Name the rule, plan or law on which it rests.")),
        ("places", not (order.places or order.areas or order.posts), _("Choose at least one place, area or post it goes to.")),
        ("asked", not order.asked.strip(), _("Say exactly what is to come back, so that nobody has to guess.")),
        ("return_kind", order.return_kind not in Return.values, _("Say whether a text, a number or a file comes back.")),
        ("unit", number and not order.unit.strip(), _("Write the unit of the number, such as mu or households.")),
        ("due_on", order.due_on is None, _("Write the day by which it is due.")),
        ("ends_on", order.ends_on is None, _("Write the day on which it ends. After it nobody has to do it any more.")),
    )  # fmt: skip


def _days(order: Order) -> Iterable[tuple[str, Text]]:
    today = clock.today()
    if order.origin_on and order.origin_on > today:
        yield "origin_on", _("This day has not come yet. Write the day the paper has, or the meeting was.")
    if order.due_on and order.due_on <= today:
        yield "due_on", _("Give at least one working day: choose a day after today.")
    elif order.due_on and not clock.is_working_day(order.due_on):
        yield "due_on", _("Offices are closed that day. Choose a working day.")
    if order.due_on and order.ends_on and order.ends_on < order.due_on:
        yield "ends_on", _("It cannot end before it is due.")
