"""How a request and the dispute it became read in a thread: what, where, in which state. Neither tells about whom."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cunlian.cases.disputes.models import Dispute
from cunlian.cases.disputes.states import State
from cunlian.cases.models import Case
from cunlian.cases.states import State as CaseState
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.threads import PublicLine, add_public_line


def dispute_lines(keys: Collection[UUID]) -> dict[UUID, PublicLine]:
    rows = Dispute.objects.filter(pk__in=keys).select_related("place")
    return {
        row.pk: PublicLine(
            _("Mediation"), row.place.short_name, State(row.state).label, clock.day_of(row.applied_at), "desk:dispute"
        )
        for row in rows
    }


def case_lines(keys: Collection[UUID]) -> dict[UUID, PublicLine]:
    """Of a complaint about service nothing is public."""
    rows = Case.objects.filter(pk__in=keys, confidential=False).select_related("place")
    return {
        row.pk: PublicLine(
            _("Request"), row.place.short_name, CaseState(row.state).label, clock.day_of(row.reported_at), "desk:case"
        )
        for row in rows
    }


def _hidden_disputes(actor: Actor, keys: Collection[UUID]) -> set[UUID]:
    return set(keys) - set(Dispute.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True))


def _hidden_cases(actor: Actor, keys: Collection[UUID]) -> set[UUID]:
    return set(keys) - set(Case.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True))


add_public_line("dispute", dispute_lines, personal=True, withheld=_hidden_disputes)
add_public_line("case", case_lines, personal=True, withheld=_hidden_cases)
