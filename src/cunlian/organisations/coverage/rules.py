"""Who enters leaves, fills the boards of areas and decides ceilings; what is told of leaves and how it goes."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import Role
from cunlian.kernel.access import Actor, add_permission
from cunlian.kernel.erasure import add_eraser
from cunlian.kernel.holdings import Held, add_teller, facts
from cunlian.organisations.models import Leave, Posting
from cunlian.organisations.rules import MANAGERS

ARRANGERS = (*MANAGERS, Role.AREA_STAFF, Role.VILLAGE_CADRE)


def own_or_arranged(actor: Actor, record: Posting | Leave) -> bool:
    """One's own leave, or one that is entered by whoever arranges stand-ins at the place."""
    posting = record.posting if isinstance(record, Leave) else record
    if actor.person_id is not None and posting.person_id == actor.person_id:
        return True
    return actor.holds(ARRANGERS, record.territory_code)


_NOT_YOURS = _("Only the holder, or whoever arranges stand-ins at the place, enters this.")

add_permission(
    "organisations.enter_leave",
    _("enter that a holder is away"),
    everyone=True,
    where=own_or_arranged,
    reason=_NOT_YOURS,
)
add_permission(
    "organisations.end_leave", _("enter that a holder is back"), everyone=True, where=own_or_arranged, reason=_NOT_YOURS
)
add_permission("organisations.name_matter", _("name who answers for a matter of an area"), *MANAGERS)
add_permission("organisations.end_matter", _("end who answers for a matter of an area"), *MANAGERS)
add_permission(
    "organisations.decide_ceiling", _("decide what one post may carry"), Role.COUNTY_STAFF, Role.ADMINISTRATOR
)


def tell_leaves(person_id: UUID) -> list[Held]:
    rows = Leave.objects.filter(posting__person_id=person_id).select_related("posting__post__organisation")
    return [
        Held(
            row.KIND, _now("Leave: %(post)s") % {"post": row.posting.post},
            facts((_now("From"), row.starts_on), (_now("Until"), row.ends_on)), row.starts_on,
            _now("So that somebody does the work of the post"),
        )
        for row in rows.order_by("starts_on", "pk")
    ]  # fmt: skip


def forget_leaves(person_id: UUID) -> int:
    return Leave.objects.filter(posting__person_id=person_id).delete()[0]


add_teller("organisations.leaves", tell_leaves)
add_eraser("organisations.leaves", forget_leaves)
