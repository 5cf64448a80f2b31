"""Petitions (信访) belong to the petition office. Once they are there, only number, due day and result stay here."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.cases.models import Case, Petition
from cunlian.cases.states import MOVES
from cunlian.kernel import clock, log, promises
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Invalid


@transaction.atomic
def hand_over_case(case: Case, *, by: Actor, register_number: str, due_on: date) -> Case:
    """It is in the petition office's register: the words, the place and the person are taken out of this case."""
    case = lock(case)
    require(by, "cases.hand_over", case)
    MOVES.check(case, "hand_over")
    if not register_number.strip():
        raise Invalid(_("Enter the number the petition office gave it."), field="register_number")
    if due_on <= clock.today():
        raise Invalid(_("The due day lies in the future. Look at the petition office's note."), field="due_on")
    Petition.objects.create(case=case, register_number=register_number.strip(), due_on=due_on)
    changed = MOVES.apply(
        case, "hand_over", ended_at=clock.now(), title="", text="", place_text="", household=None, reporter=None,
        contact_note="", language="",
    )  # fmt: skip
    case.remarks.all().delete()
    case.endorsements.all().delete()
    case.extensions.all().delete()
    promises.release(case.promise_id, "handed_over")
    log.record(by, "cases.handed_over", case, changed=changed)
    return case


@transaction.atomic
def record_petition_result(case: Case, *, by: Actor, result: str) -> Petition:
    """What the petition office decided, in its own words."""
    case = lock(case)
    require(by, "cases.record_petition_result", case)
    petition = Petition.objects.filter(case=case).first()
    if petition is None or not result.strip():
        raise Invalid(_("Write the result as the petition office put it."), field="result")
    change(petition, result=result.strip())
    log.record(by, "cases.petition_result", case)
    return petition
