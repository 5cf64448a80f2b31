"""A case goes to the petition office, and whoever waits for it is told. In one transaction: the case forgets them."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cunlian.cases import actions
from cunlian.cases.models import Case
from cunlian.flows.notify import listeners, receipt_text
from cunlian.kernel import messages
from cunlian.kernel.access import Actor
from cunlian.kernel.records import lock


@transaction.atomic
def hand_over_to_petitions(case: Case, *, by: Actor, register_number: str, due_on: date) -> Case:
    """As ``cases.actions.hand_over_case``, which takes the persons out of the case: no reaction could find them any
    more."""
    case = lock(case)
    waiting = list(listeners(case))
    case = actions.hand_over_case(case, by=by, register_number=register_number, due_on=due_on)
    for one in waiting:
        with translation.override(one.language):
            text = _("Your request %(number)s is now with the petition office. They answer you.")
        text %= {"number": receipt_text(one.receipt)}
        messages.queue(f"handed_over:{case.pk}:{one.person_id}:{one.receipt}", "sms", one.phone, "", text, about=case)
    return case
