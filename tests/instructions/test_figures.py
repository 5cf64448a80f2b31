"""What is counted, by hand: chains, hours, time kept; and the lines of programmes the reports name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from cunlian.instructions import actions
from cunlian.instructions.models import Form, Programme
from cunlian.instructions.states import State
from cunlian.kernel import clock, figures
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.places.models import code_range
from tests.instructions.conftest import Chain

pytestmark = pytest.mark.django_db


def _value(chain: Chain, name: str, who: str = "county_leader") -> int | None:
    return figures.compute(f"instructions.{name}", getattr(chain.cast, who)).value


def test_each_state_counts_where_it_belongs(chain: Chain) -> None:
    for state in State:
        chain.in_state(state)
    actions.supervise_copy(chain.in_state(State.SENT), by=chain.cast.county_leader, text="急。")
    assert _value(chain, "sent") == len(State) - 1 + 1
    assert _value(chain, "open") == 5
    assert _value(chain, "done") == _value(chain, "done_in_time") == 3
    assert _value(chain, "signed_in_time") == 5
    assert (_value(chain, "returned"), _value(chain, "supervised"), _value(chain, "exceeded")) == (1, 1, 0)


def test_the_short_chain_is_counted_in_posts_hands_and_hours(
    chain: Chain, frozen_clock: Callable[[datetime], None]
) -> None:
    assert _value(chain, "median_hours") is None
    frozen_clock(clock.at(date(2026, 6, 8), 9))
    straight, moved, near = (
        chain.copy(),
        chain.copy(),
        chain.copy(places=(), posts=(chain.cast.world.posts["county_staff"],)),
    )
    actions.return_copy(moved, by=chain.doer(moved), text="不归我们。")
    moved = chain.redirect(moved)
    frozen_clock(clock.at(date(2026, 6, 8), 11, 30))
    for copy in (straight, moved):
        actions.sign_copy(copy, by=chain.doer(copy))
    assert _value(chain, "straight") == 2 and near.skipped == 0
    assert _value(chain, "skipped") == 3 + 3
    assert (_value(chain, "median_hops"), _value(chain, "median_hours")) == (1, 3)


def test_signed_or_done_late_is_not_in_time(chain: Chain) -> None:
    copy = chain.copy()
    with clock.set_to(clock.at(copy.instruction.due_on + timedelta(days=4), 9)):
        assert _value(chain, "overdue") == 1
        actions.sign_copy(copy, by=chain.doer(copy))
        chain.complete(copy)
    assert _value(chain, "done") == 1 and _value(chain, "done_in_time") == _value(chain, "signed_in_time") == 0


def test_by_village_and_month_and_never_for_others(chain: Chain) -> None:
    world = chain.cast.world
    chain.send(places=(world.village, world.other_village))
    chain.copy()
    split = figures.by_place("instructions.sent", chain.cast.county_leader)
    assert split == {world.village.code: 2, world.other_village.code: 1}
    assert list(figures.by_month("instructions.sent", chain.cast.county_leader).values()) == [3]
    assert _value(chain, "sent", "neighbour_cadre") == 1 and _value(chain, "sent", "stranger") == 0
    here = [code_range(world.village.code)]
    assert figures.compute("instructions.sent", chain.cast.county_leader, within=here).value == 2


# --- programmes ---


def _programme(chain: Chain, form: Form, lines: int, *, since: int = 2026, ends_on: date | None = None) -> Programme:
    programme = actions.enter_programme(
        by=chain.cast.county_staff, root=chain.cast.world.county, name=f"{form.label}方案", form=form,
        paper="区发〔2026〕1号", paper_on=date(2026, 1, 5), starts_on=date(since, 1, 5), ends_on=ends_on,
    )  # fmt: skip
    for n in range(lines):
        actions.add_measure(
            programme, by=chain.cast.county_staff, name=f"第{n + 1}项", owner=chain.cast.world.posts["county_staff"],
            indicators=["instructions.sent"],
        )  # fmt: skip
    return programme


@pytest.mark.parametrize(
    ("claim", "form", "lines", "counted"),
    [
        ("A11", Form.MERGED_COMMAND, 4, 1), ("A12", Form.PRACTICE, 5, 5), ("B22", Form.GOVERNANCE_PROJECTS, 5, 5),
        ("C28", Form.THREE_GOVERNANCE, 3, 3), ("C29", Form.CHAINS, 3, 3), ("D25", Form.FOUR_LINKS, 4, 4),
    ],
)  # fmt: skip
def test_published_lines_are_rows_of_a_programme(
    chain: Chain, claim: str, form: Form, lines: int, counted: int
) -> None:
    _programme(chain, form, lines)
    indicator = next(one for one in figures.INDICATORS.values() if claim in one.claims)
    assert indicator.nature == "structural"
    assert figures.compute(indicator.code, chain.cast.county_leader).value == counted
    assert figures.trace(indicator, chain.cast.county_leader).count() == lines
    assert figures.compute(indicator.code, chain.cast.stranger).value == 0


def test_ended_lines_and_ended_programmes_count_no_more(chain: Chain) -> None:
    running = _programme(chain, Form.FOUR_LINKS, 4)
    _programme(chain, Form.FOUR_LINKS, 4, since=2025, ends_on=date(2025, 12, 31))
    assert _value(chain, "four_link_line_count") == 4
    actions.end_measure(running.measures.get(number=1), by=chain.cast.county_staff, ends_on=clock.today())
    assert _value(chain, "four_link_line_count") == 3
    with pytest.raises(Invalid):
        actions.end_measure(running.measures.get(number=1), by=chain.cast.county_staff, ends_on=clock.today())


def test_progress_is_figures_by_name_only(chain: Chain) -> None:
    programme = _programme(chain, Form.PLAN, 1)
    owner = chain.cast.world.posts["county_staff"]
    with pytest.raises(Invalid) as refused:
        actions.add_measure(
            programme, by=chain.cast.county_staff, name="修渠", owner=owner, indicators=["a.figure_of_mine"]
        )
    assert refused.value.field == "indicators"
    with pytest.raises(Invalid) as refused:
        actions.add_measure(programme, by=chain.cast.county_staff, name=" ", owner=owner)
    assert refused.value.field == "name"


@pytest.mark.parametrize("who", ["county_leader", "village_cadre", "stranger", "resident"])
def test_programmes_are_kept_by_offices(chain: Chain, who: str) -> None:
    with pytest.raises(Forbidden):
        actions.enter_programme(
            by=getattr(chain.cast, who), root=chain.cast.world.county, name="方案", form="plan", paper="x",
            paper_on=date(2026, 1, 5), starts_on=date(2026, 1, 5),
        )  # fmt: skip
