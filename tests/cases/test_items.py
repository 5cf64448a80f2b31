"""The county's item list, its deadlines, templates and filters; category and petition result of a case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cunlian.cases import actions
from cunlian.cases.models import Category, DeadlineRule, ReplyTemplate, SavedFilter
from cunlian.cases.states import State
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.organisations.models import OrganisationKind
from tests.cases.conftest import Desk

pytestmark = pytest.mark.django_db


def _add(desk: Desk, code: str) -> Category:
    return actions.add_category(
        by=desk.cast.administrator, root=desk.cast.world.county, code=code, name="新事项", name_en="New item",
        responsible_kind=OrganisationKind.VILLAGERS_COMMITTEE,
    )  # fmt: skip


@pytest.mark.parametrize("code", ["", "1", "abc", "01011", "0199x"])
def test_a_code_that_cannot_be_is_named(desk: Desk, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        _add(desk, code)
    assert refused.value.field == "code"


def test_an_item_needs_its_group_and_a_free_code(desk: Desk) -> None:
    for code in ("3301", "0101"):
        with pytest.raises(Invalid):
            _add(desk, code)


def test_an_item_leaves_the_list_and_its_cases_keep_it(desk: Desk) -> None:
    case = desk.report(category=desk.lamp)
    actions.end_category(desk.lamp, by=desk.cast.administrator)
    assert desk.lamp not in Category.objects.listed_on(clock.today())
    case.refresh_from_db()
    assert case.category == desk.lamp
    with pytest.raises(Invalid):
        actions.end_category(desk.lamp, by=desk.cast.administrator)


def test_a_group_with_items_stays(desk: Desk) -> None:
    with pytest.raises(Invalid):
        actions.end_category(Category.objects.get(code="02"), by=desk.cast.administrator)


def test_only_the_county_keeps_the_list(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        actions.end_category(desk.lamp, by=desk.cast.village_cadre)


@pytest.mark.parametrize(("days", "hours"), [(0, 0), (3, 4)])
def test_a_deadline_is_days_or_hours(desk: Desk, days: int, hours: int) -> None:
    with pytest.raises(Invalid):
        actions.set_deadline(desk.lamp, by=SYSTEM, level="normal", working_days=days, hours=hours)
    assert not DeadlineRule.objects.exists()


def test_a_new_deadline_moves_no_promise_already_given(desk: Desk) -> None:
    case = desk.report(category=desk.lamp)
    assert case.promise is not None
    actions.set_deadline(desk.lamp, by=SYSTEM, level="normal", working_days=1)
    due = case.promise.due_at
    case.promise.refresh_from_db()
    assert case.promise.due_at == due


def test_templates_are_kept_by_offices(desk: Desk) -> None:
    root = desk.cast.world.township
    template = actions.save_template(by=desk.cast.township_staff, root=root, name="已修好", text="修好了。")
    with pytest.raises(Forbidden):
        actions.remove_template(template, by=desk.cast.grid_worker)
    actions.remove_template(template, by=desk.cast.township_staff)
    assert not ReplyTemplate.objects.exists()


def test_a_filter_is_ones_own(desk: Desk) -> None:
    for query in ("state=open", "state=closed"):
        actions.save_filter(by=desk.cast.dispatcher, page="cases", name="我的", query=query)
    saved = SavedFilter.objects.get()
    assert saved.query == "state=closed"
    with pytest.raises(Forbidden):
        actions.remove_filter(saved, by=desk.cast.grid_worker)
    actions.remove_filter(saved, by=desk.cast.dispatcher)
    assert not SavedFilter.objects.exists()


def test_a_category_of_power_takes_a_case_out_of_the_village(desk: Desk) -> None:
    case = desk.report()
    moved = actions.categorise_case(case, by=desk.keeper(case), category=desk.unlawful, level="urgent")
    assert (moved.category, moved.level) == (desk.unlawful, "urgent")
    assert moved.holder == desk.post("dispatcher")
    moved.promise.refresh_from_db()  # type: ignore[union-attr]
    assert moved.promise.owner_id == desk.post("dispatcher").pk  # type: ignore[union-attr]


def test_of_a_petition_only_number_day_and_result_are_kept(desk: Desk) -> None:
    case = desk.in_state(State.HANDED_OVER)
    petition = actions.record_petition_result(case, by=desk.cast.township_staff, result="已答复，信访人息诉。")
    case.refresh_from_db()
    assert (case.title, case.text, case.place_text, case.reporter, case.contact_note) == ("", "", "", None, "")
    assert not case.remarks.exists()
    assert petition.result and petition.due_on == clock.today() + timedelta(days=60)
    assert "息诉" not in str(list(Activity.objects.filter(object_id=case.pk).values()))
    with pytest.raises(Invalid):
        actions.record_petition_result(desk.report(), by=desk.cast.township_staff, result="无")
