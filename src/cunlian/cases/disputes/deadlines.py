"""How long mediation may take in this county: what was decided last, else what is customary."""

from __future__ import annotations

from cunlian.cases.disputes.models import MediationDeadline
from cunlian.places.models import District, Place

MEDIATE_DAYS = 20
"""Working days; people's mediation is customarily concluded within a month."""
CHECK_DAYS = 5
"""Working days after the day of performance by which the mediator has asked."""
LONGEST_MEDIATION, LONGEST_CHECK = 60, 30


def deadlines(root: Place | None = None) -> MediationDeadline:
    """The rule that holds now for new promises; unsaved, with the customary days, while nobody has decided another."""
    root = root or District.current().root
    decided = MediationDeadline.objects.of_root(root).first()
    return decided or MediationDeadline(root=root, mediate_days=MEDIATE_DAYS, check_days=CHECK_DAYS)
