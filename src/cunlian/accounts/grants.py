"""Roles that a post carries: written and ended by ``organisations`` when somebody is appointed, stands in or leaves.

Not actions: the permission is that of the appointment, and its activity row tells of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cunlian.accounts.models import RoleGrant
from cunlian.kernel.records import Ref, change


@dataclass(frozen=True)
class Carried:
    """A role a post carries to a user because of ``source`` (a posting, a stand-in, a duty elsewhere)."""

    source: Ref
    user_id: UUID
    role: str
    place_id: UUID | None
    area_id: UUID | None
    starts_on: date
    ends_on: date | None

    @property
    def key(self) -> tuple[UUID | None, UUID, str, UUID | None, UUID | None]:
        return (self.source.id, self.user_id, self.role, self.place_id, self.area_id)


def carry(post_id: UUID, wanted: Iterable[Carried]) -> None:
    """Make the grants carried by a post exactly ``wanted``: new ones are written, known ones get their dates, others
    go.

    Running it twice changes nothing. What a grant once was is told by the posting it came from."""
    known = {
        (row.source_id, row.user_id, row.role, row.place_id, row.area_id): row
        for row in RoleGrant.objects.filter(post_id=post_id).exclude(source_kind="")
    }
    new = []
    for one in wanted:
        row = known.pop(one.key, None)
        if row:
            change(row, starts_on=one.starts_on, ends_on=one.ends_on)
            continue
        new.append(
            RoleGrant(
                user_id=one.user_id, role=one.role, place_id=one.place_id, area_id=one.area_id, starts_on=one.starts_on,
                ends_on=one.ends_on, source_kind=one.source.kind, source_id=one.source.id, post_id=post_id,
            )
        )  # fmt: skip
    RoleGrant.objects.bulk_create(new)
    RoleGrant.objects.filter(pk__in=[row.pk for row in known.values()]).delete()
