"""Who takes what: proposed beside the lines there are, changed by hand, confirmed by a person."""

from __future__ import annotations

from typing import Any

import pytest

from cunlian.kernel import jobs
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.organisations.assignment import actions
from cunlian.organisations.assignment.actions import work
from cunlian.organisations.models import Assignment, AssignmentLine, Duty
from cunlian.organisations.responsibility.actions import add_line, approve_list
from tests.organisations.assignment.conftest import Share


def test_near_and_even_and_nothing_on_the_list_before_it_is_confirmed(sharing: Share) -> None:
    one, world = sharing.worked(), sharing.cast.world
    mine, neighbour = sharing.post("grid_worker"), sharing.post("neighbour_worker")
    last = world.places["610902107202002"]
    assert sharing.taken(one) == {
        world.grid: mine, world.second_grid: mine, world.other_grid: neighbour, last: neighbour,
    }  # fmt: skip
    assert not one.on_list.lines.exists()
    before = list(Duty.objects.order_by("pk").values_list("pk", "ends_on"))
    actions.confirm_assignment(one, by=SYSTEM)
    assert {(line.place, line.post) for line in one.on_list.lines.for_list()} == set(sharing.taken(one).items())
    assert list(Duty.objects.order_by("pk").values_list("pk", "ends_on")) == before


def test_lines_beside_it_are_kept_changed_or_gone(sharing: Share) -> None:
    drawn, world = sharing.draft(), sharing.cast.world
    mine, neighbour = sharing.post("grid_worker"), sharing.post("neighbour_worker")
    kept = add_line(drawn, by=SYSTEM, post=mine, place=world.grid)
    add_line(drawn, by=SYSTEM, post=neighbour, place=world.second_grid)
    one = sharing.worked(drawn)
    changed = sharing.line(one, world.second_grid)
    assert (changed.before, changed.post) == (neighbour, mine) and changed.far_before is not None
    assert changed.far is not None and changed.far < changed.far_before
    actions.confirm_assignment(one, by=SYSTEM)
    assert drawn.lines.count() == 4 and drawn.lines.filter(pk=kept.pk).exists()
    said = Activity.objects.get(verb="organisations.assignment_confirmed").changed
    assert [said[name][1] for name in ("new", "gone", "kept")] == [3, 1, 1]


def test_a_pair_of_last_year_is_worth_a_longer_way(sharing: Share) -> None:
    world, drawn = sharing.cast.world, sharing.draft()
    posts = [sharing.post("neighbour_worker"), sharing.post("lane_leader")]  # the second sits at the first grid
    near = sharing.worked(drawn, posts=posts, keep=0)
    assert sharing.line(near, world.other_grid).post == posts[0]
    actions.drop_assignment(near, by=SYSTEM)
    Duty.objects.filter(post=sharing.post("grid_worker")).update(post=posts[0])
    kept = sharing.worked(drawn, posts=posts, keep=50)
    assert sharing.line(kept, world.grid).post == sharing.line(kept, world.grid).last_year == posts[0]


def test_what_a_person_decides_is_kept_when_it_is_worked_out_anew(sharing: Share) -> None:
    one, world = sharing.worked(), sharing.cast.world
    mine, neighbour = sharing.post("grid_worker"), sharing.post("neighbour_worker")
    actions.rule_line(sharing.line(one, world.grid), by=SYSTEM, ruling="fix", post=neighbour)
    actions.rule_line(sharing.line(one, world.other_grid), by=SYSTEM, ruling="bar", post=neighbour)
    actions.work_out(one, by=SYSTEM)
    assert sharing.line(one, world.grid).post == neighbour and sharing.line(one, world.other_grid).post == mine
    for place in (world.grid, world.other_grid):
        actions.rule_line(sharing.line(one, place), by=SYSTEM, ruling="free")
    actions.work_out(one, by=SYSTEM)
    assert sharing.line(one, world.grid).post == mine and sharing.line(one, world.other_grid).post == neighbour


def test_ceilings_are_kept_and_say_when_they_leave_no_room(sharing: Share) -> None:
    one = sharing.begin()
    row = one.posts.get(post=sharing.post("grid_worker"))
    actions.set_ceiling(row, by=SYSTEM, ceiling=1)
    actions.work_out(one, by=SYSTEM)
    assert [line.post for line in one.lines.all()].count(sharing.post("grid_worker")) == 1
    for other in one.posts.all():
        actions.set_ceiling(other, by=SYSTEM, ceiling=1)
    with pytest.raises(Invalid, match="leave no room for 2 of them"):
        actions.work_out(one, by=SYSTEM)
    actions.set_ceiling(row, by=SYSTEM, ceiling=None)
    actions.work_out(one, by=SYSTEM)


def test_whom_nobody_may_take_is_named(sharing: Share) -> None:
    one, world = sharing.begin(), sharing.cast.world
    for name in ("grid_worker", "neighbour_worker"):
        actions.rule_line(sharing.line(one, world.second_grid), by=SYSTEM, ruling="bar", post=sharing.post(name))
    with pytest.raises(Invalid, match="Nobody may take 1 of them") as refused:
        actions.work_out(one, by=SYSTEM)
    assert str(world.second_grid) in str(refused.value)
    with pytest.raises(Exception, match="not possible"):
        actions.confirm_assignment(one, by=SYSTEM)


def test_without_points_it_is_even_and_the_distance_is_not_known(sharing: Share) -> None:
    one = sharing.worked(way="minutes")
    loads = [one.lines.filter(post=row.post).count() for row in one.posts.all()]
    assert loads == [2, 2]
    assert sharing.line(one, sharing.cast.world.second_grid).far is None


def test_lines_that_changed_since_are_looked_at_again(sharing: Share) -> None:
    one = sharing.worked()
    add_line(one.on_list, by=SYSTEM, post=sharing.post("neighbour_worker"), place=sharing.cast.world.grid)
    with pytest.raises(Conflict, match="changed since"):
        actions.confirm_assignment(one, by=SYSTEM)
    actions.work_out(one, by=SYSTEM)
    actions.confirm_assignment(one, by=SYSTEM)
    assert one.on_list.lines.count() == 4


def test_only_a_draft_is_filled_and_one_proposal_waits_at_a_time(sharing: Share) -> None:
    one = sharing.worked()
    with pytest.raises(Conflict, match="waits already"):
        sharing.begin(one.on_list)
    add_line(one.on_list, by=SYSTEM, post=sharing.post("grid_worker"), place=sharing.cast.world.grid)
    approve_list(one.on_list, by=SYSTEM, paper="青政发〔2026〕1号")
    for step in (actions.confirm_assignment, actions.work_out):
        with pytest.raises(Conflict, match="no draft any more"):
            step(one, by=SYSTEM)


@pytest.mark.parametrize(
    ("field", "said"),
    [("aim", {"aim": "household"}), ("posts", {"posts": []}), ("which", {"which": "some"}), ("keep", {"keep": -1})],
)
def test_what_is_asked_must_be_possible(sharing: Share, field: str, said: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        sharing.begin(**said)
    assert refused.value.field == field and not Assignment.objects.exists()


def test_households_are_shared_out_and_only_those_one_may_see(sharing: Share) -> None:
    cast = sharing.cast
    drawn = sharing.draft("member_contact")
    said: Any = {"aim": "household", "posts": [sharing.post("social_worker")]}
    with pytest.raises(Invalid, match="nothing of this kind"):
        actions.begin_assignment(drawn, by=cast.township_staff, which="need", **said)
    one = actions.begin_assignment(drawn, by=cast.township_staff, **said)
    assert [line.household for line in one.lines.all()] == [cast.world.household]


def test_many_are_worked_out_in_the_background(sharing: Share, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "AT_ONCE", 2)
    one, by = sharing.begin(), sharing.cast.township_staff
    job = actions.order_assignment(one, by=by)
    assert job is not None and one.lines.filter(post=None).count() == 4
    with pytest.raises(Conflict, match="being worked out"):
        actions.order_assignment(one, by=by)
    told: list[int] = []
    jobs.JOBS[job.name](job, lambda done, total=None: told.append(done))  # type: ignore[arg-type]
    assert told[-1] == 6 and not one.lines.filter(post=None).exists()


def test_few_are_worked_out_at_once(sharing: Share) -> None:
    one = sharing.begin()
    assert actions.order_assignment(one, by=sharing.cast.township_staff) is None
    assert not AssignmentLine.objects.filter(assignment=one, post=None).exists()


def test_who_draws_lists_up_proposes_and_confirms_and_others_do_not_find_it(sharing: Share) -> None:
    cast, one = sharing.cast, sharing.worked()
    row, line = one.posts.all()[0], one.lines.all()[0]
    for actor in (cast.grid_worker, cast.village_cadre, cast.auditor, cast.stranger):
        for step in (
            lambda by: actions.order_assignment(one, by=by),
            lambda by: actions.confirm_assignment(one, by=by),
            lambda by: actions.drop_assignment(one, by=by),
            lambda by: actions.set_ceiling(row, by=by, ceiling=1),
            lambda by: actions.rule_line(line, by=by, ruling="free"),
        ):
            with pytest.raises(Forbidden):
                step(actor)
    seen = {name for name in ("township_staff", "auditor", "grid_worker", "village_cadre", "stranger")
            if Assignment.objects.visible_to(getattr(cast, name)).exists()}  # fmt: skip
    assert seen == {"township_staff", "auditor"}
    actions.confirm_assignment(one, by=cast.township_staff)
