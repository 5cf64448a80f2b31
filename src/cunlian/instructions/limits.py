"""The county's limit on what a village is given, and what receivers carry already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import Substr

from cunlian.instructions.models import Copy, InstructionRule
from cunlian.instructions.querysets import VILLAGE_DIGITS, CopyQuerySet, month_bounds
from cunlian.instructions.states import OPEN
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.organisations.models import Post
from cunlian.places.models import Level, Place

SIGN_DAYS = 2
"""Working days to sign for an instruction while the county has decided nothing else."""


def rule_of(root: Place) -> InstructionRule | None:
    """The rule that holds for what is sent from now on; None while the county has decided none: then nothing is capped."""
    return InstructionRule.objects.of_root(root).first()


@dataclass(frozen=True)
class Load:
    """What a village, or a post above the villages, has: open, of these given by the asking posts, sent to it this month."""

    open: int = 0
    mine: int = 0
    month: int = 0


def village_code(place: Place) -> str:
    """The code of the village ``place`` is or lies in; "" above villages, where no cap counts."""
    return place.code[:VILLAGE_DIGITS] if place.level >= Level.VILLAGE else ""


def loads_at(places: Iterable[Place], posts: Iterable[Post], giver: Post, viewer: Actor = SYSTEM) -> dict[str, Load]:
    """By code of a village and by key of a post, in two queries. ``viewer``: only what they may see, for their page; the
    cap itself counts everything."""
    seen = Copy.objects.visible_to(viewer).lasting()
    codes = sorted({code for place in places if (code := village_code(place))})
    by_village = seen.annotate(village=Substr("place__code", 1, VILLAGE_DIGITS)).filter(village__in=codes)
    by_post = seen.filter(post__in=list(posts))
    return _counted(by_village, "village", giver) | _counted(by_post, "post_id", giver)


def _counted(copies: CopyQuerySet, key: str, giver: Post) -> dict[str, Load]:
    is_open = Q(state__in=sorted(str(state) for state in OPEN))
    start, end = month_bounds(clock.today())
    rows = (
        copies.order_by()
        .values_list(key)
        .annotate(
            open=Count("pk", filter=is_open),
            mine=Count("pk", filter=is_open & Q(instruction__giver=giver)),
            month=Count("pk", filter=Q(sent_at__gte=start, sent_at__lt=end)),
        )
    )
    return {str(one): Load(*numbers) for one, *numbers in rows}


def beyond(rule: InstructionRule | None, load: Load, more: int = 1) -> bool:
    """Would ``more`` instructions to a village with ``load`` pass the county's limit?"""
    return rule is not None and (load.open + more > rule.most_open or load.month + more > rule.most_a_month)
