"""What mediation holds about a person: that they are a side of it, and the terms both agreed to. What the other side told the
mediators is not theirs to read (人民调解法 Art. 15)."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from cunlian.cases.disputes.models import BodyMember, Party
from cunlian.kernel.holdings import Held, add_teller, facts


def tell_disputes(person_id: UUID) -> list[Held]:
    sides = Party.objects.filter(person_id=person_id).select_related(
        "dispute__body__organisation", "dispute__agreement"
    )
    told = []
    for side in sides.order_by("pk"):
        dispute = side.dispute
        agreement = getattr(dispute, "agreement", None)
        values = facts(
            (_("State"), dispute.get_state_display()), (_("You agreed to mediation"), side.consented_at),
            (_("Terms"), agreement.terms if agreement else ""),
        )  # fmt: skip
        title = _("Mediation %(number)s") % {"number": dispute}
        told.append(Held(side.KIND, title, values, basis=_("People's Mediation Law, Art. 27")))
    seats = BodyMember.objects.filter(person_id=person_id).select_related("body__organisation").order_by("starts_on")
    return told + [
        Held(
            seat.KIND, _("Seat in a mediation body"),
            facts((_("Body"), seat.body), (_("From"), seat.starts_on), (_("Until"), seat.ends_on)), seat.starts_on,
        )
        for seat in seats
    ]  # fmt: skip


add_teller("disputes", tell_disputes)
