"""Land, a house or a job for somebody who comes home is a request like any other, on the thread of their path."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from cunlian.cases.actions import report_case
from cunlian.cases.models import Case, Category
from cunlian.cases.models.case import Source
from cunlian.kernel.access import Actor
from cunlian.talent.coming_home.actions import note_need
from cunlian.talent.models import Homecoming, Need


@transaction.atomic
def raise_need(path: Homecoming, *, by: Actor, need: str, text: str, category: Category | None = None) -> Case:
    """A request in the person's name, held and answered as every request is; the person hears of it by its own receipt."""
    title = (_("%(need)s: %(text)s") % {"need": Need(need).label, "text": text.strip()})[:80] if need in Need else ""
    case = report_case(
        by=by.for_("staff", path.person_id), place=path.place, text=text, title=title, category=category,
        source=Source.STAFF, person=path.person,
    )  # fmt: skip
    note_need(path, by=by, need=need, record=case)
    return case
