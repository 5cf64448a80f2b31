"""A case goes to the petition office, and whoever waits for it is told. In one transaction: the case forgets them."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cunlian.cases import actions
from cunlian.cases.models import Case
from cunlian.flows.notify import LANGUAGE, listeners, receipt_text
from cunlian.kernel import messages
from cunlian.kernel.access import Actor
from cunlian.kernel.records import lock
from cunlian.kernel.secrets import decrypt


@transaction.atomic
def hand_over_to_petitions(case: Case, *, by: Actor, register_number: str, due_on: date) -> Case:
    """As ``cases.actions.hand_over_case``, which takes the persons out of the case: no reaction could find them any
    more."""
    case = lock(case)
    waiting = [(person.pk, decrypt(person.phone), receipt) for person, receipt in listeners(case) if person.phone]
    case = actions.hand_over_case(case, by=by, register_number=register_number, due_on=due_on)
    with translation.override(LANGUAGE):
        for person_id, phone, receipt in waiting:
            text = _("Your request %(number)s is now with the petition office. They answer you.")
            messages.queue(
                f"handed_over:{case.pk}:{person_id}:{receipt}", "sms", phone, "",
                text % {"number": receipt_text(receipt)}, about=case,
            )  # fmt: skip
    return case
