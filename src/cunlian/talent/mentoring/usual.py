"""How often they meet in this county unless they agree on something else: what was decided last, else what is customary."""

from __future__ import annotations

from cunlian.places.models import District, Place
from cunlian.talent.mentoring.rhythm import EVERY_MONTHS
from cunlian.talent.models import MentoringRhythm


def usual_rhythm(root: Place | None = None) -> MentoringRhythm:
    """The rule that holds now for mentoring that begins; unsaved, with the customary months, while nobody has decided
    another, or no district is set up."""
    served = District.objects.select_related("root").first()
    root = root or (served.root if served else None)
    decided = MentoringRhythm.objects.of_root(root).first() if root else None
    return decided or MentoringRhythm(root=root, every_months=EVERY_MONTHS)
