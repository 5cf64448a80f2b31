"""The file of the list of cases: more columns than the page has room for, and nothing personal in them.

Names are masked, phones and the person's words are left out, long numbers in titles too.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cunlian.cases.models import Case
from cunlian.cases.models import Level as Urgency
from cunlian.cases.models.case import Source
from cunlian.cases.states import State
from cunlian.desk.receipts import mark, receipt_text
from cunlian.desk.sheets import CHUNK, Row, moment, plain, records_of, without_numbers
from cunlian.places.models import Level
from cunlian.ui.tables import ListTable


def heads() -> Row:
    return [
        _("Receipt"), _("Request"), _("Village"), _("Grid"), _("Category"), _("Level"), _("Came by"), _("State"),
        _("Unit"), _("Post"), _("Reported at"), _("Answer due"), _("Answered"), _("Ended"), _("Who reported (masked)"),
    ]  # fmt: skip


def line(case: Case, with_mark: str) -> Row:
    # Labels by their enumerations: get_…_display reads all choices anew, which was half of the time of a long file.
    grid = case.place if case.place.level == Level.GRID else None
    village = case.place.parent if grid and case.place.parent else case.place
    values = [
        receipt_text(case.receipt, with_mark), without_numbers(case.title), str(village), str(grid or ""),
        str(case.category or ""), str(Urgency(case.level).label), str(Source(case.source).label), str(State(case.state).label),
        str(case.holder.organisation) if case.holder else "", case.holder.title if case.holder else "",
        moment(case.reported_at), moment(case.promise.due_at if case.promise else None), moment(case.answered_at),
        moment(case.ended_at), case.reporter.masked_name if case.reporter else "",
    ]  # fmt: skip
    return [plain(value) for value in values]


def lines(table: ListTable) -> Iterator[Row]:
    """The cases in the list's order, a chunk at a time."""
    with_mark = mark()
    yield heads()
    for case in records_of(table).select_related("place__parent", "reporter").iterator(chunk_size=CHUNK):
        yield line(case, with_mark)
