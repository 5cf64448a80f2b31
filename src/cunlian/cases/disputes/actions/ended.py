"""What every ending without an agreement has in common: the other ways are told, nothing is owed any more."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from cunlian.cases.disputes.messages import NO_WAY_TOLD, OTHER_WAYS
from cunlian.cases.disputes.models import Dispute
from cunlian.kernel import promises
from cunlian.kernel.refusals import Invalid


def check_ways(ways: Sequence[str]) -> list[str]:
    """The ways told, in the order of the list. Invalid when none was told: the law asks for it."""
    told = [code for code in OTHER_WAYS if code in ways]
    if not told:
        raise Invalid(
            NO_WAY_TOLD,
            field="ways",
            rule=_("People's Mediation Law, Art. 26"),
        )
    return told


def let_go(dispute: Dispute, reason: str) -> None:
    """Release the promise to mediate, if one was made."""
    if dispute.promise and dispute.promise.settled_at is None:
        promises.release(dispute.promise, reason)
