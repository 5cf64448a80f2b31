"""Working a proposal out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, jobs, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.models import Job
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.assignment import solve
from cunlian.organisations.assignment.actions.ask import opened
from cunlian.organisations.assignment.objects import duties_now, lines_now, object_of
from cunlian.organisations.assignment.states import MAY, MOVES
from cunlian.organisations.models import Assignment, AssignmentLine, BarredPair, Post
from cunlian.organisations.responsibility.states import State as ListState
from cunlian.places.models import Way
from cunlian.places.ways import Table, table

JOB = "organisations.assign"
AT_ONCE = 300
"""Objects up to which it is worked out while the page is waited for."""
NAMED = 5
HUNDRED = 100
Progress = Callable[..., None]


def _quiet(done: int, total: int | None = None) -> None:
    return None


@transaction.atomic
def order_assignment(one: Assignment, *, by: Actor) -> Job | None:
    """Work it out: at once where there are few objects, else in the background; then the job."""
    one = opened(one, by)
    if one.lines.count() <= AT_ONCE:
        work_out(one, by=by)
        return None
    job = jobs.start(JOB, _now("Who takes what · %(list)s") % {"list": one.on_list}, by, assignment=str(one.pk))
    change(one, job=job)
    log.record(by, "organisations.assignment_ordered", one)
    return job


@transaction.atomic
def work_out(one: Assignment, *, by: Actor, progress: Progress = _quiet) -> Assignment:
    """Say who takes what, beside the lines of the draft as they are now. Invalid, with the objects nobody may take named, when
    there is no way; the proposal then is as it was."""
    one = lock(one)
    require(by, MAY, one.on_list)
    MOVES.check(one, "work")
    if one.on_list.state != ListState.DRAFT:
        raise Conflict(_("The list is no draft any more. Take it back to the draft, or drop the proposal."))
    lines = list(one.lines.for_list())
    posts = [row.post for row in one.posts.for_list()]
    total = len(lines) + 2
    now, last = lines_now(one.on_list), duties_now(one.on_list)
    far = _distances(one, lines, posts)
    progress(1, total)
    found = _shared(_task(one, lines, posts, far, last), lines)
    index = {post.pk: p for p, post in enumerate(posts)}
    for done, (o, line) in enumerate(enumerate(lines), start=2):
        here, duty = now.get(object_of(line)), last.get(object_of(line))
        line.post, line.far = posts[found.post[o]], far[o][found.post[o]]
        line.before = here[0].post if here else None
        line.last_year_id = duty.post_id if duty else None
        line.far_before = far[o][index[line.before_id]] if line.before_id in index else None
        progress(done, total)
    _known_before(one, lines)
    AssignmentLine.objects.bulk_update(lines, ["post", "far", "before", "last_year", "far_before"], batch_size=200)
    changed = MOVES.apply(one, "work", worked_at=clock.now())
    log.record(by, "organisations.assignment_worked", one, changed=changed | {"lines": (None, len(lines))})
    progress(total, total)
    return one


def _distances(one: Assignment, lines: Sequence[AssignmentLine], posts: Sequence[Post]) -> Table:
    """From each object's place to that of each post's unit; places are looked up once."""
    starts = list({line.place_id: line.place for line in lines}.values())
    ends = list({post.place_id: post.place for post in posts}.values())
    rows = dict(zip((place.pk for place in starts), table(one.way, starts, ends), strict=True))
    column = {place.pk: n for n, place in enumerate(ends)}
    return [[rows[line.place_id][column[post.place_id]] for post in posts] for line in lines]


def _known_before(one: Assignment, lines: Sequence[AssignmentLine]) -> None:
    """The distance of lines whose post is not among those that may answer now."""
    others = [line for line in lines if line.before and line.far_before is None]
    posts = list({line.before.pk: line.before for line in others if line.before}.values())
    far = _distances(one, others, posts)
    column = {post.pk: n for n, post in enumerate(posts)}
    for line, row in zip(others, far, strict=True):
        assert line.before_id is not None
        line.far_before = row[column[line.before_id]]


def _task(
    one: Assignment,
    lines: Sequence[AssignmentLine],
    posts: Sequence[Post],
    far: Table,
    last: dict[tuple[Any, ...], Any],
) -> solve.Task:
    """A distance nobody knows counts as the furthest that is known; every post but last year's is ``keep`` further."""
    unit = HUNDRED if one.way == Way.POINTS else 1  # metres are counted in hundreds
    keep = one.keep * 1000 // unit if one.way == Way.POINTS else one.keep
    furthest = max((known for row in far for known in row if known is not None), default=0)
    index = {post.pk: p for p, post in enumerate(posts)}
    cost = []
    for line, row in zip(lines, far, strict=True):
        duty = last.get(object_of(line))
        held = index.get(duty.post_id) if duty else None
        line_cost = [-(-(furthest if known is None else known) // unit) for known in row]
        if held is not None:
            line_cost = [value + keep * (p != held) for p, value in enumerate(line_cost)]
        cost.append(tuple(line_cost))
    number = {line.pk: o for o, line in enumerate(lines)}
    barred = BarredPair.objects.filter(line__assignment=one).values_list("line_id", "post_id")
    return solve.Task(
        cost=tuple(cost),
        ceilings=tuple(row.ceiling for row in one.posts.for_list()),
        barred=frozenset((number[line], index[post]) for line, post in barred),
        fixed=frozenset((o, index[line.post_id]) for o, line in enumerate(lines) if line.fixed and line.post_id),
    )


def _shared(task: solve.Task, lines: Sequence[AssignmentLine]) -> solve.Shared:
    """The solution, or why there is none, for whoever has to change something."""
    try:
        return solve.share(task)
    except solve.TooMany:
        raise Invalid(_("These are too many at once. Draw up a list for a smaller place.")) from None
    except solve.NotAll as none:
        left = none.nobody or none.left
        names = _now(", ").join(str(lines[o]) for o in left[:NAMED]) + ("…" if len(left) > NAMED else "")
        if none.nobody:
            said = _now("Nobody may take %(n)s of them: %(names)s. Allow a post there, or add one.")
        else:
            said = _now(
                "The ceilings leave no room for %(n)s of them, for instance %(names)s. Raise a ceiling, or add a post."
            )
        raise Invalid(said % {"n": len(left), "names": names}) from None
