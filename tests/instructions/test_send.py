"""Giving an instruction: what must be said, to whom it goes, whom it passes over, how much a village may be given."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cunlian.instructions import actions
from cunlian.instructions.completeness import Order, missing
from cunlian.instructions.limits import loads_at
from cunlian.instructions.models import Copy, Instruction
from cunlian.instructions.states import State
from cunlian.kernel import clock
from cunlian.kernel.ids import uuid7
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid, Refusal
from cunlian.organisations.models import Posting
from cunlian.places.models import VillageProfile
from tests.instructions.conftest import Chain, working_day

pytestmark = pytest.mark.django_db

NEEDED = {"title", "origin_kind", "origin", "origin_on", "basis", "places", "asked", "return_kind", "due_on", "ends_on"}


def test_an_empty_order_lacks_each_thing_with_a_sentence_of_its_own() -> None:
    found = missing(Order())
    assert set(found) == NEEDED and len({str(sentence) for sentence in found.values()}) == len(NEEDED)


@pytest.mark.parametrize("field", sorted(NEEDED | {"unit"}))
def test_without_any_one_of_them_it_is_not_sent(chain: Chain, field: str) -> None:
    empty: Any = () if field == "places" else None if field.endswith("_on") else ""
    with pytest.raises(Invalid) as refused:
        chain.send(**{field: empty})
    assert refused.value.field == field and not Instruction.objects.exists()


def test_days_that_cannot_be_are_refused(chain: Chain) -> None:
    sunday = next(day for n in range(2, 40) if not clock.is_working_day(day := clock.today() + timedelta(days=n)))
    due, today = working_day(5), clock.today()
    wrong: tuple[tuple[str, dict[str, Any]], ...] = (
        ("due_on", {"due_on": today}), ("due_on", {"due_on": sunday, "ends_on": sunday + timedelta(days=9)}),
        ("ends_on", {"due_on": due, "ends_on": due - timedelta(days=1)}),
        ("origin_on", {"origin_on": today + timedelta(days=1)}),
    )  # fmt: skip
    for field, values in wrong:
        with pytest.raises(Invalid) as refused:
            chain.send(**values)
        assert refused.value.field == field


def test_a_place_is_resolved_to_the_post_that_answers_and_who_stands_between_is_informed(chain: Chain) -> None:
    posts = chain.cast.world.posts
    copy = chain.copy()
    assert (copy.post, copy.place) == (posts["village_cadre"], chain.cast.world.village)
    assert {row.post for row in copy.informed.all()} == {
        posts[name] for name in ("village_head", "area_staff", "township_head")
    }
    assert (copy.skipped, copy.hops, copy.state) == (3, 1, State.SENT)
    for name in ("village_head", "area_staff", "township_head"):
        assert Copy.objects.visible_to(getattr(chain.cast, name)).told_to(getattr(chain.cast, name)).get() == copy


def test_the_township_passes_over_fewer(chain: Chain) -> None:
    copy = chain.copy(by=chain.cast.township_head)
    assert {row.post for row in copy.informed.all()} == {
        chain.cast.world.posts[name] for name in ("village_head", "area_staff")
    }


def test_a_post_gets_it_once_however_it_was_chosen(chain: Chain) -> None:
    cadre = chain.cast.world.posts["village_cadre"]
    assert chain.copy(posts=(cadre,)).post == cadre


@pytest.mark.parametrize(("who", "post"), [("township_staff", "county_leader"), ("township_head", "county_staff")])
def test_it_never_goes_up(chain: Chain, who: str, post: str) -> None:
    with pytest.raises(Invalid) as refused:
        chain.send(by=getattr(chain.cast, who), places=(), posts=(chain.cast.world.posts[post],))
    assert refused.value.field == "places"


def test_it_stays_inside_the_givers_territory_and_off_their_own_post(chain: Chain) -> None:
    world = chain.cast.world
    for who, place in (("township_head", world.strange_place), ("stranger", world.village)):
        with pytest.raises(Invalid):
            chain.send(by=getattr(chain.cast, who), places=(place,))
    with pytest.raises(Invalid):
        chain.send(places=(), posts=(world.posts["county_leader"],))


def test_where_nobody_answers_below_the_giver_it_says_so(chain: Chain) -> None:
    Posting.objects.filter(post__place=chain.cast.world.village).delete()
    Posting.objects.filter(post__role="area_staff").delete()
    with pytest.raises(Invalid, match="nobody answers"):
        chain.send(by=chain.cast.township_head)


@pytest.mark.parametrize("who", ["village_cadre", "grid_worker", "auditor", "administrator", "resident", "anonymous"])
def test_others_give_none(chain: Chain, who: str) -> None:
    with pytest.raises(Forbidden):
        chain.send(by=getattr(chain.cast, who))


def test_what_the_register_knows_is_attached(chain: Chain) -> None:
    old, new = (
        VillageProfile.objects.create(
            place=chain.cast.world.village,
            as_of=date(year, 12, 31),
            source="年报",
            households=n,
            entered_at=clock.now(),
        )
        for year, n in ((2024, 300), (2025, 310))
    )
    assert chain.copy().profile == new != old
    assert chain.copy(places=(chain.cast.world.other_village,)).profile is None


def test_a_second_press_sends_nothing_more(chain: Chain) -> None:
    key, order = uuid7(), chain.order()
    first, second = (actions.send_instruction(order, by=chain.cast.county_leader, key=key) for _n in range(2))
    assert first == second and Copy.objects.count() == 1
    with pytest.raises(Conflict):
        actions.send_instruction(chain.order(title="另一件"), by=chain.cast.county_leader, key=key)


def test_each_copy_has_its_row_of_the_log_without_words(chain: Chain) -> None:
    instruction = chain.send(places=(chain.cast.world.village, chain.cast.world.other_village))
    rows = Activity.objects.filter(verb="instructions.sent")
    assert {row.object_id for row in rows} == {copy.pk for copy in instruction.copies.all()}
    assert len({row.batch_id for row in rows}) == 1 and "查清" not in str([row.changed for row in rows])


# --- the county's limit ---


def _limit(chain: Chain, **values: Any) -> None:
    said = {"most_open": 2, "most_a_month": 3, "sign_days": 1, "paper": "区减负办〔2026〕3号", **values}
    actions.set_rule(by=chain.cast.county_staff, root=chain.cast.world.county, **said)


def test_a_village_is_not_given_more_than_the_county_allows(chain: Chain) -> None:
    _limit(chain)
    for _n in range(2):
        chain.send()
    with pytest.raises(Forbidden) as refused:
        chain.send()
    assert "柳湾" in str(refused.value) and refused.value.rule == "区减负办〔2026〕3号"
    chain.send(places=(chain.cast.world.other_village,))
    chain.send(places=(), posts=(chain.cast.world.posts["township_staff"],))


def test_done_ones_are_open_no_more_but_count_in_their_month(chain: Chain) -> None:
    _limit(chain)
    with clock.set_to(clock.at(date(2026, 6, 2), 9)):
        for _n in range(3):
            chain.in_state(State.DONE)
        with pytest.raises(Forbidden):
            chain.send()
    with clock.set_to(clock.at(date(2026, 7, 1), 9)):
        chain.send()


def test_those_taken_back_do_not_count(chain: Chain) -> None:
    _limit(chain)
    for _n in range(3):
        chain.in_state(State.WITHDRAWN)
    assert chain.copy().state == State.SENT


def test_named_posts_may_send_more_with_a_reason_that_is_kept(chain: Chain) -> None:
    _limit(chain, most_open=1, may_exceed=[chain.cast.world.posts["county_leader"]])
    chain.send()
    with pytest.raises(Forbidden, match="秦卫东|分管副区长"):
        chain.send(by=chain.cast.township_head)
    with pytest.raises(Invalid) as refused:
        chain.send()
    assert refused.value.field == "exceed_reason"
    copy = chain.copy(exceed_reason="汛情紧急。")
    assert copy.exceeded and copy.remarks.get().text == "汛情紧急。"
    row = Activity.objects.get(verb="instructions.sent", object_id=copy.pk)
    assert row.changed["exceeded"] == [False, True]


def test_the_rule_is_the_countys_and_has_a_paper(chain: Chain) -> None:
    for who in ("township_head", "county_leader", "village_cadre", "stranger"):
        with pytest.raises(Forbidden):
            actions.set_rule(
                by=getattr(chain.cast, who), root=chain.cast.world.county, most_open=1, most_a_month=1, sign_days=1,
                paper="x",
            )  # fmt: skip
    for field, values in (("most_open", {"most_open": 0}), ("sign_days", {"sign_days": 99}), ("paper", {"paper": " "})):
        with pytest.raises(Refusal) as refused:
            _limit(chain, **values)
        assert refused.value.field == field


def test_what_receivers_carry_is_counted_by_village_and_by_post(chain: Chain) -> None:
    world = chain.cast.world
    for _n in range(2):
        chain.send()
    chain.send(by=chain.cast.township_head, places=(world.grid,))
    chain.in_state(State.DONE)
    loads = loads_at([world.village], [world.posts["village_cadre"]], world.posts["county_leader"])
    village, post = loads[world.village.code], loads[str(world.posts["village_cadre"].pk)]
    assert (village.open, village.mine, village.month) == (3, 2, 4)
    assert (post.open, post.mine, post.month) == (2, 2, 3)
