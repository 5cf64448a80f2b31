"""Who answers for the village this year, from the published yearly lists: posts, their holders, what for.

Households are only counted here. Where whoever keeps contact holds no public post, the post stands without a name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cunlian.kernel import clock
from cunlian.organisations.chain import Seat, seats
from cunlian.organisations.models import Capacity, Post, ResponsibilityLine
from cunlian.organisations.responsibility.aims import BY_POST_ONLY
from cunlian.places.models import Area, Place
from cunlian.ui import formats


@dataclass(frozen=True)
class Answering:
    """``holder``: "" where the post is vacant; None where no name is published."""

    post: str
    holder: str | None
    about: str


@dataclass(frozen=True)
class YearLines:
    """One capacity with its year and paper."""

    capacity: str
    year: int
    paper: str
    lines: list[Answering]


def _about(lines: list[ResponsibilityLine], village: Place) -> str:
    """Areas, grids, lanes and groups by name, households by their number; "" for the whole village."""
    homes = sum(1 for line in lines if line.household_id)
    named = [
        str(line.area or line.lane or (line.group and _("group %(group)s") % {"group": line.group}) or line.place)
        for line in lines
        if not line.household_id and (line.area or line.lane or line.group or line.place_id != village.pk)
    ]
    if homes:
        named.append(
            ngettext("%(n)s household of the village", "%(n)s households of the village", homes) % {"n": homes}
        )
    return ("、" if formats.in_chinese() else ", ").join(named)


def answering(village: Place, areas: list[Area]) -> list[YearLines]:
    """In the order of the capacities, from the door upwards. A duty that has ended since, or has not begun, is left out.
    Five queries at most."""
    today = clock.today()
    found = ResponsibilityLine.objects.in_force().for_village(village, areas).running_on(today).for_list()
    by_list: dict[tuple[str, int, str], dict[Post, list[ResponsibilityLine]]] = defaultdict(lambda: defaultdict(list))
    for line in found:
        one = line.on_list
        by_list[one.capacity, one.year, one.paper][line.post].append(line)
    seated = seats({line.post_id for line in found}, today)
    order = list(Capacity)
    return [
        YearLines(
            str(Capacity(capacity).label), year, paper,
            [Answering(str(post), _name(post, capacity, seated), _about(lines, village)) for post, lines in posts.items()],
        )
        for (capacity, year, paper), posts in sorted(by_list.items(), key=lambda item: order.index(Capacity(item[0][0])))
    ]  # fmt: skip


def _name(post: Post, capacity: str, seated: dict[UUID, Seat]) -> str | None:
    if capacity in BY_POST_ONLY:
        return None
    seat = seated.get(post.pk)
    return str(seat.person.name) if seat else ""
