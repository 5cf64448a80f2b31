"""Reading the rules: how many objects each has, how many are covered, and each that is not: why, and since which day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least

from cunlian.organisations.coverage.catalogue import RULES, CoverageRule
from cunlian.organisations.coverage.objects import SHAPES, Scope, objects_of
from cunlian.organisations.coverage.open_matters import OPEN, Why, open_matters, post_name
from cunlian.organisations.coverage.seated import FAR, NEVER, answered, answered_until, on_leave
from cunlian.organisations.models import AreaMatter, Duty, Posting
from cunlian.organisations.responsibility.aims import Aim
from cunlian.places.models import AreaMembership, on

WHOLE = {"household": None, "lane": None, "group": None}


def named(rule: CoverageRule, scope: Scope) -> QuerySet[Any]:
    """Who was ever named under the rule, for the object outside: duties, or rows of the board of an area."""
    if rule.matter:
        return AreaMatter.objects.filter(area=OuterRef("pk"), matter=rule.matter, starts_on__lte=scope.day)
    return Duty.objects.filter(_link(rule, scope), capacity__in=rule.capacities, matter="", starts_on__lte=scope.day)


def _link(rule: CoverageRule, scope: Scope) -> Q:
    if rule.kind in (Aim.HOUSEHOLD, Aim.LANE, Aim.GROUP, Aim.AREA):
        return Q(**{rule.kind.value: OuterRef("pk")})
    here = Q(place=OuterRef("pk"), area=None, **WHOLE)
    if rule.through_area:
        of_village = AreaMembership.objects.filter(on(scope.day), place=OuterRef(OuterRef("pk"))).values("area")
        here |= Q(area__in=of_village)
    return here


def objects(rule: CoverageRule, scope: Scope) -> QuerySet[Any]:
    """The objects of the rule with ``seated``: how many posts with somebody on them answer for each."""
    there = named(rule, scope).filter(on(scope.day), answered(scope.day)).order_by()
    number = there.values(one=Value(1)).annotate(n=Count("post", distinct=True)).values("n")
    found: QuerySet[Any] = objects_of(rule.kind, scope).annotate(
        seated=Coalesce(Subquery(number), 0, output_field=IntegerField())
    )
    return found


def missing(rule: CoverageRule, scope: Scope) -> QuerySet[Any]:
    """The objects fewer posts answer for than the rule asks."""
    found: QuerySet[Any] = objects(rule, scope).filter(seated__lt=rule.needed)
    return found


def missing_counts(scope: Scope) -> dict[str, int]:
    """By code of each rule on the radar, and of open matters, how many nobody answers for. One query a rule; the five
    matters of areas are counted together."""
    counts = {rule.code: missing(rule, scope).count() for rule in RULES if rule.on_radar and not rule.matter}
    areas = objects_of(Aim.AREA, scope)
    named = AreaMatter.objects.filter(on(scope.day), answered(scope.day), area__in=areas.order_by().values("pk"))
    covered = dict(named.order_by().values_list("matter").annotate(n=Count("area", distinct=True)))
    total = areas.count()
    counts |= {rule.code: total - covered.get(rule.matter, 0) for rule in RULES if rule.on_radar and rule.matter}
    return counts | {OPEN: open_matters(scope).count()}


@dataclass(frozen=True)
class Coverage:
    """A rule with its two numbers. ``total`` counts objects, ``covered`` those with as many posts as the rule asks."""

    rule: CoverageRule
    total: int
    covered: int

    @property
    def missing(self) -> int:
        return self.total - self.covered


def coverage(rule: CoverageRule, scope: Scope) -> Coverage:
    """One query."""
    enough = Q(seated__gte=rule.needed)
    counted = objects(rule, scope).order_by().aggregate(total=Count("pk"), covered=Count("pk", filter=enough))
    return Coverage(rule, counted["total"], counted["covered"])


def _why(rule: CoverageRule, scope: Scope) -> Case:
    running = named(rule, scope).filter(on(scope.day))
    held = Posting.objects.filter(on(scope.day), post=OuterRef("post_id"))
    away = Exists(held.filter(on_leave(scope.day)))
    over = Exists(held.filter(term_to__lte=scope.day))
    return Case(
        When(Exists(running.filter(away)), then=Value(str(Why.LEAVE.value))),
        When(Exists(running.filter(over)), then=Value(str(Why.TERM.value))),
        When(Exists(running), then=Value(str(Why.VACANT.value))),
        default=Value(str(Why.NOBODY.value)), output_field=CharField(),
    )  # fmt: skip


def _since(rule: CoverageRule, scope: Scope) -> Greatest:
    """The first day nobody answered; not before the object's own first day."""
    day = Value(scope.day, output_field=DateField())
    far, never = (Value(one, output_field=DateField()) for one in (FAR, NEVER))
    until = Least(Coalesce("ends_on", far), Coalesce(answered_until(scope.day), never), day)
    last = named(rule, scope).annotate(until=until).order_by("-until").values("until")[:1]
    own = Coalesce(SHAPES[rule.kind].starts_on, never, output_field=DateField())
    return Greatest(Coalesce(Subquery(last, output_field=DateField()), never), own)


COLUMNS = ("rule", "key", "title", "lies_in", "at", "why", "open_since", "owner", "owner_name", "owner_at")


def gaps(rule: CoverageRule, scope: Scope) -> QuerySet[Any]:
    """What is missing under one rule, as rows of ``COLUMNS``: the same for every kind, so that they stand in one list.
    ``open_since``: ``NEVER`` where nobody was ever named and the object has no first day. ``owner``: the post whose work it
    is, if any, and ``owner_at`` the code of its place."""
    shape = SHAPES[rule.kind]
    running = named(rule, scope).filter(on(scope.day)).order_by("-starts_on", "-pk")
    owner = Subquery(running.values("post_id")[:1], output_field=UUIDField())
    called = Subquery(running.values(called=post_name("post__"))[:1], output_field=CharField())
    found = missing(rule, scope).annotate(
        rule=Value(rule.code, output_field=CharField()), key=F("pk"), title=shape.name, lies_in=F(shape.inside),
        at=F(shape.code), why=_why(rule, scope), open_since=_since(rule, scope), owner=owner,
        owner_name=Coalesce(called, Value("")), owner_at=Coalesce(Subquery(running.values("post__place__code")[:1]), Value("")),
    )  # fmt: skip
    rows: QuerySet[Any] = found.order_by().values(*COLUMNS)
    return rows


def radar(scope: Scope, codes: Collection[str] | None = None, **cut: Any) -> QuerySet[Any]:
    """Everything nobody answers for, in one list: under the rules ``codes`` (None: all that are on the radar), and open
    matters (``OPEN``). ``cut``: conditions on the columns."""
    rows = [gaps(rule, scope) for rule in RULES if rule.on_radar and (codes is None or rule.code in codes)]
    if codes is None or OPEN in codes:
        rows.append(open_matters(scope).values(*COLUMNS))
    rows = [one.filter(**cut) for one in rows] or [gaps(RULES[0], scope).none()]
    found: QuerySet[Any] = rows[0].union(*rows[1:], all=True)
    return found
