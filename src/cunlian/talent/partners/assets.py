"""Whoever signs with a partner, only a village's own members decide over what is theirs in common."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock
from cunlian.kernel.refusals import Invalid
from cunlian.places.models import Level, Place


def of_assets(
    place: Place, starts_on: date, touches: bool, village: Place | None, paper: str, decided_on: date | None
) -> dict[str, Any]:
    """What an agreement holds about collective assets. Invalid when it touches them without the decision of that village's
    own members, with its paper and day, before it begins: no area, joint body or call decides over them."""
    if not touches:
        return {"touches_assets": False, "asset_village": None, "decision_paper": "", "decision_on": None}
    inside = village is not None and (village.code.startswith(place.code) or place.code.startswith(village.code))
    if village is None or village.level != Level.VILLAGE or not inside:
        raise Invalid(_("Name the village of this place whose collective assets it touches."), field="asset_village")
    law = _("Law on Rural Collective Economic Organisations, Art. 26 and 27")
    if not paper.strip() or decided_on is None:
        raise Invalid(
            _("The assets are the village members' own. Name their decision, its paper and its day; no area, joint body or "
              "call decides for them."),
            field="decision_paper" if not paper.strip() else "decision_on", rule=law,
        )  # fmt: skip
    if decided_on > min(starts_on, clock.today()):
        raise Invalid(
            _("The members decide before the agreement begins. Check the two days."), field="decision_on", rule=law
        )
    return {
        "touches_assets": True, "asset_village": village, "decision_paper": paper.strip(), "decision_on": decided_on,
    }  # fmt: skip
