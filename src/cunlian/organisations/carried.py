"""Which roles a post carries to whom and when: worked out from its postings, its duties elsewhere and its stand-ins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from cunlian.accounts.grants import Carried, carry
from cunlian.kernel import clock
from cunlian.kernel.records import Ref
from cunlian.organisations.models import Duty, Post, Posting, StandIn


def _overlap(one: Carried, starts_on: date, ends_on: date | None, source: Ref) -> Carried | None:
    """``one`` cut to the days it shares with [starts_on, ends_on), because of ``source``."""
    start = max(one.starts_on, starts_on)
    ends = [day for day in (one.ends_on, ends_on) if day]
    end = min(ends) if ends else None
    return None if end and end <= start else replace(one, starts_on=start, ends_on=end, source=source)


def _of_holders(post: Post, holders_of: UUID) -> list[Carried]:
    """The role of ``post`` for every holder, past and present, of the post ``holders_of``."""
    rows = Posting.objects.filter(post_id=holders_of, person__user__isnull=False).select_related("person")
    return [
        Carried(
            source=Ref(row.KIND, row.pk),
            user_id=row.person.user_id,
            role=post.role,
            place_id=None if post.area_id else post.place_id,
            area_id=post.area_id,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in rows
        if row.person.user_id and row.ends_on != row.starts_on
    ]


def _elsewhere(post: Post, own: list[Carried]) -> Iterator[Carried | None]:
    """A duty for a place or area outside the post's own territory carries the role there too; one for a household, a lane
    or a group does not."""
    whole = Duty.objects.filter(post=post, household=None, lane=None, group=None)
    for duty in whole.select_related("place"):
        inside = duty.place.code.startswith(post.place.code) if not duty.area_id else duty.area_id == post.area_id
        if inside:
            continue
        place_id = None if duty.area_id else duty.place_id
        for one in own:
            there = replace(one, place_id=place_id, area_id=duty.area_id)
            yield _overlap(there, duty.starts_on, duty.ends_on, Ref(duty.KIND, duty.pk))


def _by_stand_ins(post: Post) -> Iterator[Carried | None]:
    for row in StandIn.objects.filter(post=post):
        for one in _of_holders(post, row.by_post_id):
            yield _overlap(one, row.starts_on, row.ends_on, Ref(row.KIND, row.pk))


def carry_roles(post: Post) -> None:
    """Bring the grants of ``post`` in line with who holds it, stands in for it, and where its duties lie."""
    own = _of_holders(post, post.pk)
    wanted = [*own, *_elsewhere(post, own), *_by_stand_ins(post)]
    carry(post.pk, [one for one in wanted if one])


def carry_roles_around(post: Post) -> None:
    """The post's own grants and those of every post it stands in for: after a change of its holder."""
    carry_roles(post)
    today = clock.today()
    for other in Post.objects.filter(Q(stand_ins__by_post=post), stand_ins__ends_on__gt=today).distinct():
        carry_roles(other)
