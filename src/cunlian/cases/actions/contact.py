"""Looking at who reported: only with a purpose, logged, and shown to the person."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.cases.models import Case
from cunlian.kernel.access import Actor, require
from cunlian.kernel.refusals import Invalid
from cunlian.people.actions import reveal_contact
from cunlian.people.contact import Contact


@transaction.atomic
def reveal_reporter(case: Case, *, by: Actor, purpose: str) -> Contact:
    """Full name and phone of the person who reported, for the post that holds the case. The look is logged there."""
    require(by, "cases.reveal_contact", case)
    if case.reporter is None:
        raise Invalid(_("The person gave no name or phone."))
    return reveal_contact(case.reporter, by=by, purpose=purpose, about=case)
