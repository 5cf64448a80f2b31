"""How long mediation may take: the county decides, with a reason and a paper, and only for what comes after."""

from __future__ import annotations

from typing import Any

import pytest

from cunlian.cases.disputes import actions
from cunlian.cases.disputes.deadlines import deadlines
from cunlian.cases.disputes.models import MediationDeadline
from cunlian.cases.disputes.states import State
from cunlian.kernel import clock
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Forbidden, Invalid
from tests.cases.disputes.conftest import Peace

pytestmark = pytest.mark.django_db


def _set(peace: Peace, who: str = "county_staff", **values: Any) -> MediationDeadline:
    values = {
        "mediate_days": 10,
        "check_days": 3,
        "reason": "多数纠纷两周内能调完",
        "paper": "测司〔2026〕9号",
        **values,
    }
    return actions.set_deadlines(by=getattr(peace.cast, who), root=peace.cast.world.county, **values)


def _days(peace: Peace) -> tuple[int, int]:
    """Working days promised to mediate, and to ask after a performance due today."""
    dispute = peace.in_state(State.IN_MEDIATION)
    peace.agree(dispute, due_on=clock.today())
    dispute = peace.again(dispute)
    assert dispute.promise and dispute.check_promise
    return dispute.promise.working_days, dispute.check_promise.working_days


def test_while_nobody_has_decided_it_is_as_customary(peace: Peace) -> None:
    assert (deadlines().mediate_days, deadlines().check_days) == (20, 5) == _days(peace)


def test_what_is_decided_holds_for_what_comes_after(peace: Peace) -> None:
    before = peace.in_state(State.IN_MEDIATION)
    assert before.promise
    due = before.promise.due_at
    _set(peace)
    before.promise.refresh_from_db()
    assert before.promise.due_at == due
    assert _days(peace) == (10, 3)
    _set(peace, mediate_days=15)
    assert _days(peace) == (15, 3)


def test_every_decision_stays_with_reason_paper_and_post(peace: Peace) -> None:
    first, second = _set(peace), _set(peace, mediate_days=12, reason="太短了", paper="测司〔2026〕11号")
    assert list(MediationDeadline.objects.visible_to(peace.cast.mediator)) == [second, first]
    assert (first.reason, first.paper) == ("多数纠纷两周内能调完", "测司〔2026〕9号")
    assert second.post_id == peace.cast.county_staff.post_id


def test_the_log_has_the_days_and_not_the_words(peace: Peace) -> None:
    made = _set(peace)
    row = Activity.objects.get(verb="disputes.deadlines_set")
    assert (row.object_id, row.changed) == (made.pk, {"mediate_days": [20, 10], "check_days": [5, 3]})
    assert row.place_id == peace.cast.world.county.pk


@pytest.mark.parametrize(
    "who", ["mediator", "village_head", "township_staff", "dispatcher", "county_leader", "auditor", "administrator", "stranger"]
)  # fmt: skip
def test_others_decide_nothing(peace: Peace, who: str) -> None:
    with pytest.raises(Forbidden):
        _set(peace, who)
    assert not MediationDeadline.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"mediate_days": 0}, "mediate_days"),
        ({"mediate_days": 61}, "mediate_days"),
        ({"check_days": 0}, "check_days"),
        ({"check_days": 31}, "check_days"),
        ({"reason": " "}, "reason"),
        ({"paper": ""}, "paper"),
        ({"mediate_days": 20, "check_days": 5}, "mediate_days"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(peace: Peace, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        _set(peace, **values)
    assert refused.value.field == field and not MediationDeadline.objects.exists()


def test_another_county_sees_nothing_of_it(peace: Peace) -> None:
    _set(peace)
    assert not MediationDeadline.objects.visible_to(peace.cast.stranger).exists()
