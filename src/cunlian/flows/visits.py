"""What was heard at a visit becomes a request: one step, with the thread back to the visit."""

from __future__ import annotations

from django.db import transaction

from cunlian.cases.actions import report_case
from cunlian.cases.models import Case, Category
from cunlian.cases.models.case import Source
from cunlian.kernel import threads
from cunlian.kernel.access import Actor, require
from cunlian.organisations.models import VisitNote


@transaction.atomic
def report_from_visit(note: VisitNote, *, by: Actor, text: str, category: Category | None = None) -> Case:
    """A request for the household or place that was visited, entered as said at the door. It goes its usual way."""
    require(by, "organisations.follow_up_visit", note)
    home = note.household
    place = home.grid or home.place if home else note.place
    case = report_case(
        by=by.for_("door"), place=place, text=text, category=category, source=Source.DOOR, household=home
    )
    threads.link(note, case, "reported")
    return case
