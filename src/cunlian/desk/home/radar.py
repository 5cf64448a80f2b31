"""Beside the workbench: what nobody answers for, who stands in today, what waits for a decision; and what one
answers for."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cunlian.accounts.roles import Role
from cunlian.cases.models import Case
from cunlian.cases.querysets import READERS
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Text
from cunlian.organisations.models import Duty, Gap, Post, Rank, StandIn
from cunlian.places.models import Level, Place
from cunlian.places.territory import territory_q
from cunlian.ui import formats

NAMED = 3


@dataclass(frozen=True)
class Hole:
    """One kind of gap: how many, where, and where to mend it."""

    label: Text
    count: int
    url: str
    where: str = ""


def page_of(name: str, **query: str) -> str:
    """The address of a page another topic brings; "" while it is not there."""
    try:
        return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)
    except NoReverseMatch:
        return ""


def holes(actor: Actor) -> list[Hole]:
    """Open gaps of the viewer's territory by rank, and open requests no post holds."""
    open_gaps = Gap.objects.visible_to(actor).open().filter(territory_q(actor, READERS))
    counts = dict(open_gaps.order_by().values_list("rank").annotate(n=Count("pk")))
    named: dict[str, list[str]] = {}
    for gap in open_gaps.for_list()[:50]:
        named.setdefault(gap.rank, []).append(f"{gap.place}{_since(gap)}")
    found = [
        Hole(_("%(rank)s with nobody") % {"rank": Rank(rank).label}, count, page_of("desk:gaps", rank=rank, where="mine"),
             _list(named.get(rank, []), count))
        for rank, count in sorted(counts.items(), key=lambda pair: list(Rank).index(Rank(pair[0])))
    ]  # fmt: skip
    loose = Case.objects.visible_to(actor).without_holder().count()
    if loose:
        found.append(Hole(_("Requests no post has"), loose, page_of("desk:cases", mine="nobody")))
    return found


def _since(gap: Gap) -> str:
    days = (clock.today() - gap.found_on).days
    text = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    return formats.bracketed(text) if days else ""


def _list(names: list[str], count: int) -> str:
    shown = "、".join(names[:NAMED]) if formats.in_chinese() else ", ".join(names[:NAMED])
    rest = count - min(count, NAMED)
    more = ngettext("and %(n)s more", "and %(n)s more", rest) % {"n": rest}
    return f"{shown} {more}" if rest else shown


def stand_ins(actor: Actor) -> list[StandIn]:
    """Who does whose duties today, in the viewer's territory."""
    rows = StandIn.objects.visible_to(actor).on(clock.today()).filter(territory_q(actor, READERS, "post__place__"))
    return list(rows.select_related("post__organisation", "by_post__organisation").order_by("ends_on", "pk")[:10])


def to_decide(actor: Actor) -> list[Case]:
    """Cases for which more time is asked and which this actor may decide."""
    return list(Case.objects.visible_to(actor).to_decide_by(actor).for_list().by_due().distinct()[:10])


# --- the line at the top ---


def answers_for(actor: Actor) -> list[tuple[str, str]]:
    """What the viewer's posts answer for today, as counts with the pages that list them."""
    duties = list(
        Duty.objects.visible_to(actor).on(clock.today()).filter(post_id__in=actor.post_ids).select_related("place")
    )
    places = {duty.place for duty in duties if not duty.household_id and not duty.area_id}
    areas = {duty.area_id for duty in duties if duty.area_id}
    homes = {duty.household_id for duty in duties if duty.household_id}
    url = page_of("desk:responsibility", mine="1") or page_of("desk:cases")
    lines = [(_place_line(level, n), url) for level in sorted(Level, reverse=True) if (n := _at(places, level))]
    if areas:
        lines.append((ngettext("%(n)s area", "%(n)s areas", len(areas)) % {"n": len(areas)}, url))
    if homes:
        words = ngettext("%(n)s household", "%(n)s households", len(homes))
        lines.append((words % {"n": len(homes)}, url))
    return lines


def _at(places: set[Place], level: Level) -> int:
    return sum(1 for place in places if place.level == level)


def _place_line(level: Level, n: int) -> str:
    words = {
        Level.GRID: ngettext("%(n)s grid", "%(n)s grids", n),
        Level.VILLAGE: ngettext("%(n)s village", "%(n)s villages", n),
        Level.TOWNSHIP: ngettext("%(n)s township", "%(n)s townships", n),
    }
    return words.get(level, _("the whole county")) % {"n": n}


def standing_in_for(actor: Actor) -> list[StandIn]:
    """Posts whose duties the viewer does today besides their own."""
    rows = StandIn.objects.visible_to(actor).on(clock.today()).filter(by_post_id__in=actor.post_ids)
    return list(rows.select_related("post__organisation").order_by("ends_on"))


@dataclass(frozen=True)
class ByHand:
    """A role no post carries, and the pages its work is done on."""

    label: Text
    pages: tuple[tuple[str, Text], ...]


def by_hand(actor: Actor) -> ByHand | None:
    """The role of who keeps the system or audits it, while they hold no post."""
    if actor.post_ids:
        return None
    beside = (("desk:accounts", _("accounts")), ("desk:deliveries", _("deliveries")))
    if actor.holds({Role.ADMINISTRATOR}):
        return ByHand(Role.ADMINISTRATOR.label, (*beside, ("desk:district_settings", _("settings of the district"))))
    if actor.holds({Role.AUDITOR}):
        return ByHand(Role.AUDITOR.label, (("desk:looks", _("looks at files")), *beside))
    return None


def posts_of(actor: Actor) -> list[Post]:
    return list(
        Post.objects.visible_to(actor).current().filter(pk__in=actor.post_ids).select_related("organisation", "place")
    )
