"""What is asked of a proposal: which posts, which objects, what is fixed or forbidden, how much each takes."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.assignment.objects import Which, aims_of, objects
from cunlian.organisations.assignment.states import MAY, State
from cunlian.organisations.models import (
    Assignment,
    AssignmentLine,
    AssignmentPost,
    BarredPair,
    Post,
    ResponsibilityList,
)
from cunlian.organisations.querysets import COUNTY_DIGITS
from cunlian.organisations.responsibility.states import State as ListState
from cunlian.places.models import Way

MOST_CEILING = 9_999
MOST_KEEP = 1_000


class Ruling(models.TextChoices):
    """What a person says of an object and a post."""

    FIX = "fix", _("takes it, whatever is worked out")
    BAR = "bar", _("may not take it")
    FREE = "free", _("let it be worked out: nothing is fixed or forbidden here")


@transaction.atomic
def begin_assignment(
    one: ResponsibilityList,
    *,
    by: Actor,
    aim: str,
    posts: Sequence[Post],
    which: str = Which.ALL,
    way: str = Way.POINTS,
    keep: int = 5,
    ceiling: int | None = None,
    invented: bool = False,
) -> Assignment:
    """Set up what is to be shared out among whom. Nothing is worked out yet, and nothing on the list changes."""
    one = lock(one)
    require(by, MAY, one)
    _check(one, aim, which, way, keep)
    if one.assignments.filter(state__in=(State.DRAFT, State.PROPOSED)).exists():
        raise Conflict(_("A proposal for this list waits already. Confirm or drop it first."))
    known = list({post.pk: post for post in posts}.values())
    if any(post.place.code[:COUNTY_DIGITS] != one.place.code[:COUNTY_DIGITS] for post in known):
        raise Invalid(_("This post is of another county."), field="posts")
    if not known or any(post.ends_on and post.ends_on <= clock.today() for post in known):
        raise Invalid(_("Choose the posts that may answer; a post that has ended is none of them."), field="posts")
    lines = objects(one, aim, which, by)
    if not lines:
        raise Invalid(_("There is nothing of this kind here to be shared out. Choose another kind."), field="aim")
    made = Assignment.objects.create(on_list=one, way=way, keep=keep, begun_at=clock.now(), invented=invented)
    for line in lines:
        line.assignment = made
    AssignmentLine.objects.bulk_create(lines, batch_size=500)
    AssignmentPost.objects.bulk_create(AssignmentPost(assignment=made, post=post, ceiling=ceiling) for post in known)
    log.record(
        by, "organisations.assignment_begun", made, changed={"lines": (None, len(lines)), "posts": (None, len(known))}
    )
    return made


def _check(one: ResponsibilityList, aim: str, which: str, way: str, keep: int) -> None:
    if one.state != ListState.DRAFT:
        raise Conflict(_("Lines are changed in a draft only. Take the list back to the draft first."))
    if aim not in {str(known) for known in aims_of(one)}:
        raise Invalid(_("Choose one of the kinds this capacity answers for."), field="aim")
    if which not in Which.values or way not in Way.values:
        raise Invalid(_("Choose one of the answers offered."), field="which")
    if not 0 <= keep <= MOST_KEEP:
        raise Invalid(_("Write a whole number from 0 to 1000."), field="keep")


def opened(one: Assignment, by: Actor) -> Assignment:
    """The proposal, locked: it is open, ``by`` may, and no run is at it."""
    one = lock(one)
    require(by, MAY, one.on_list)
    if one.state not in (State.DRAFT, State.PROPOSED):
        raise Conflict(_("This proposal is settled. Begin a new one."))
    if one.busy:
        raise Conflict(_("It is being worked out. Wait until that is through."))
    return one


@transaction.atomic
def rule_line(line: AssignmentLine, *, by: Actor, ruling: str, post: Post | None = None) -> AssignmentLine:
    """A person says who takes the object, who may not, or that it is free again. Working it out anew keeps to that."""
    one = opened(line.assignment, by)
    line = lock(line)
    if ruling not in Ruling.values:
        raise Invalid(_("Choose one of the answers offered."), field="ruling")
    if ruling != Ruling.FREE and (post is None or not one.posts.filter(post=post).exists()):
        raise Invalid(_("Choose one of the posts of this proposal."), field="post")
    if ruling == Ruling.FREE:
        BarredPair.objects.filter(line=line).delete()
        changed = change(line, fixed=False)
    elif ruling == Ruling.FIX:
        BarredPair.objects.filter(line=line, post=post).delete()
        changed = change(line, post=post, fixed=True, far=None)
    else:
        BarredPair.objects.get_or_create(line=line, post=post)
        gone = line.post_id == post.pk if post else False
        changed = change(line, fixed=False, post=None, far=None) if gone else {}
    changed["ruling"] = (None, ruling)
    log.record(by, "organisations.assignment_ruled", one, changed=changed)
    return line


@transaction.atomic
def set_ceiling(row: AssignmentPost, *, by: Actor, ceiling: int | None) -> AssignmentPost:
    """The most the post takes; None: no ceiling; 0: it takes none."""
    one = opened(row.assignment, by)
    row = lock(row)
    if ceiling is not None and not 0 <= ceiling <= MOST_CEILING:
        raise Invalid(_("Write a whole number, or nothing for no ceiling."), field="ceiling")
    changed = change(row, ceiling=ceiling)
    log.record(by, "organisations.ceiling_set", one, changed=changed)
    return row
