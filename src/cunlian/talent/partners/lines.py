"""How calls and agreements read in a thread: never with whom."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.access import Actor
from cunlian.kernel.threads import PublicLine, add_public_line
from cunlian.talent.models import PartnerCall, Partnership
from cunlian.talent.partners.states import CallState, PartnershipState


def _calls(keys: Collection[UUID]) -> dict[UUID, PublicLine]:
    """Of a draft nothing is public."""
    rows = PartnerCall.objects.filter(pk__in=keys).exclude(state=CallState.DRAFT).select_related("place")
    return {
        row.pk: PublicLine(
            _("Call for partners"),
            row.place.short_name,
            CallState(row.state).label,
            row.published_on,
            "desk:partner_call",
        )
        for row in rows
    }


def _agreements(keys: Collection[UUID]) -> dict[UUID, PublicLine]:
    rows = Partnership.objects.filter(pk__in=keys).select_related("place")
    return {
        row.pk: PublicLine(
            _("Agreement with a partner"), row.place.short_name, PartnershipState(row.state).label, row.starts_on,
            "desk:partnership",
        )
        for row in rows
    }  # fmt: skip


def _hidden(actor: Actor, keys: Collection[UUID]) -> set[UUID]:
    return set(keys) - set(Partnership.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True))


add_public_line("partner_call", _calls)
add_public_line("partnership", _agreements, personal=True, withheld=_hidden)
