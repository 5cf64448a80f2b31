"""The five levels as a page: numbers with their addresses, and by name whoever leads the county, townships and areas."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count
from django.urls import reverse

from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Text
from cunlian.organisations.chain import seats
from cunlian.organisations.coverage.catalogue import find_rule
from cunlian.organisations.coverage.levels import Lead, leading
from cunlian.organisations.coverage.objects import Scope, scope_of
from cunlian.organisations.coverage.reading import Coverage, coverage
from cunlian.organisations.models import Post, Posting
from cunlian.places.models import on

# Where a level has a rule that counts its objects.
RULES = {
    Lead.AREA: ("area_head",), Lead.VILLAGE: ("village_cadre",), Lead.GRID: ("grid_worker", "lane_leader"),
}  # fmt: skip
NAMED = (Lead.COUNTY, Lead.TOWNSHIP, Lead.AREA)
MOST_NAMED = 60


@dataclass(frozen=True)
class Named:
    """A post with all it leads at one level."""

    post: Post
    holder: str
    about: list[str]


@dataclass
class LevelRow:
    """``duties`` in force with somebody there; ``posts`` and ``persons`` once each. ``objects``: what of the level is led."""

    lead: Lead
    duties: int
    posts: int
    persons: int
    objects: list[Coverage]
    named: list[Named] = field(default_factory=list)

    @property
    def label(self) -> Text:
        return self.lead.label

    @property
    def url(self) -> str:
        return reverse("desk:leading", args=[self.lead.value])


def level_rows(actor: Actor) -> list[LevelRow]:
    """A constant number of queries."""
    scope = scope_of(actor)
    counted = {
        row["lead"]: row
        for row in leading(scope)
        .order_by()
        .values("lead")
        .annotate(duties=Count("pk"), posts=Count("post", distinct=True))
    }
    rows = []
    for lead in Lead:
        row = counted.get(lead.value, {"duties": 0, "posts": 0})
        own = leading(scope).filter(lead=lead.value)
        held = Posting.objects.visible_to(actor).filter(on(scope.day), post__in=own.values("post"))
        persons = held.values("person").distinct().count()
        objects = [coverage(find_rule(code), scope) for code in RULES.get(lead, ())]
        named = _named(lead, scope) if lead in NAMED else []
        rows.append(LevelRow(lead, row["duties"], row["posts"], persons, objects, named))
    return rows


def _named(lead: Lead, scope: Scope) -> list[Named]:
    """The posts in the order of what they lead."""
    found = leading(scope).filter(lead=lead.value).select_related("post__organisation", "place", "area")
    led: dict[Post, list[str]] = {}
    for duty in found.order_by("place__code", "area_id", "pk")[:MOST_NAMED]:
        led.setdefault(duty.post, []).append(str(duty.area or duty.place))
    seated = seats({post.pk for post in led}, scope.day)
    return [Named(post, seated[post.pk].person.name, about) for post, about in led.items() if post.pk in seated]
