"""The five matters of an area: which post answers for each, on what paper."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.models import AreaMatter, FiveMatter, Post
from cunlian.organisations.querysets import COUNTY_DIGITS
from cunlian.places.models import Area


@transaction.atomic
def name_matter(
    area: Area, *, by: Actor, matter: str, post: Post, paper: str, starts_on: date | None = None
) -> AreaMatter:
    """From ``starts_on`` (today) the post answers for the matter in the area; whoever did before does no longer."""
    area, day = lock(area), starts_on or clock.today()
    named = AreaMatter(area=area, matter=matter, post=post, paper=paper.strip(), starts_on=day)
    require(by, "organisations.name_matter", named)
    if matter not in FiveMatter.values:
        raise Invalid(_("Choose one of the five matters."), field="matter")
    if not named.paper:
        raise Invalid(_("Name the paper that decides it, with its number or its day."), field="paper")
    if area.ends_on and area.ends_on <= day:
        raise Invalid(_("This area no longer exists on that day."), field="starts_on")
    if post.place.code[:COUNTY_DIGITS] != area.root.code[:COUNTY_DIGITS] or (post.ends_on and post.ends_on <= day):
        raise Invalid(_("Choose a post of this county that exists on that day."), field="post")
    before = AreaMatter.objects.filter(area=area, matter=matter, ends_on=None).first()
    if before and before.post_id == post.pk:
        raise Conflict(_("This post answers for it already."), field="post")
    if before and before.starts_on > day:
        raise Invalid(_("Somebody else answers for it from a later day on. End that first."), field="starts_on")
    changed = {"before": (str(before.pk), None)} if before else {}
    if before:
        change(before, ends_on=day)
    named.save(force_insert=True)
    log.record(by, "organisations.matter_named", named, changed=changed)
    return named


@transaction.atomic
def end_matter(named: AreaMatter, *, by: Actor, ends_on: date | None = None) -> AreaMatter:
    """The post answers for it up to the day before. The radar shows that nobody does then."""
    named = lock(named)
    require(by, "organisations.end_matter", named)
    day = ends_on or clock.today()
    if named.ends_on and named.ends_on <= day:
        raise Invalid(_("This has ended already."), field="ends_on")
    changed = change(named, ends_on=max(day, named.starts_on))
    log.record(by, "organisations.matter_ended", named, changed=changed)
    return named
