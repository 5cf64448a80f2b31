"""The file of the list of cases: more columns than the page has room for, and nothing personal in them.

Names are masked, phones and the person's words are left out, long numbers in titles too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cunlian.cases.models import Level as Urgency
from cunlian.cases.models.case import Source
from cunlian.cases.states import State
from cunlian.desk.receipts import mark, receipt_text
from cunlian.desk.sheets import CHUNK, Row, moment, plain, records_of, without_numbers
from cunlian.kernel.secrets import mask_name
from cunlian.places.models import Level
from cunlian.ui.tables import ListTable


class Told(NamedTuple):
    """What a line tells of, as the database has it: whole records of ten tables a line were half the time of a long file."""

    receipt: str
    title: str
    place: str
    place_level: int
    village: str | None
    category: str | None
    level: str
    source: str
    state: str
    unit: str | None
    post: str | None
    reported_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    reporter: str | None


def columns() -> list[str]:
    """Where each field of ``Told`` stands; a category's name is in the reader's language."""
    name = "name_en" if (get_language() or "").startswith("en") else "name"
    return [
        "receipt", "title", "place__short_name", "place__level", "place__parent__short_name", f"category__{name}", "level",
        "source", "state", "holder__organisation__name", "holder__title", "reported_at", "promise__due_at", "answered_at",
        "ended_at", "reporter__name",
    ]  # fmt: skip


def heads() -> Row:
    return [
        _("Receipt"), _("Request"), _("Village"), _("Grid"), _("Category"), _("Level"), _("Came by"), _("State"),
        _("Unit"), _("Post"), _("Reported at"), _("Answer due"), _("Answered"), _("Ended"), _("Who reported (masked)"),
    ]  # fmt: skip


def line(told: Told, with_mark: str) -> Row:
    in_grid = told.place_level == Level.GRID
    village = told.village if in_grid and told.village else told.place
    values = [
        receipt_text(told.receipt, with_mark), without_numbers(told.title), village, told.place if in_grid else "",
        told.category or "", str(Urgency(told.level).label), str(Source(told.source).label),
        str(State(told.state).label), told.unit or "", told.post or "", moment(told.reported_at), moment(told.due_at),
        moment(told.answered_at), moment(told.ended_at), mask_name(told.reporter or ""),
    ]  # fmt: skip
    return [plain(value) for value in values]


def lines(table: ListTable) -> Iterator[Row]:
    """The cases in the list's order, a chunk at a time."""
    with_mark = mark()
    yield heads()
    for values in records_of(table).values_list(*columns()).iterator(chunk_size=CHUNK):
        yield line(Told(*values), with_mark)
