"""Mentoring, plans, cultivation and studies at the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.talent.mentoring import actions
from cunlian.talent.mentoring.sweep import call_meetings
from cunlian.talent.models import Cultivation, EducationUpgrade, Mentoring, ReservePlan
from tests.desk.conftest import Desk, Enter, soup
from tests.talent.learning.conftest import School
from tests.talent.mentoring.conftest import Garden


@pytest.fixture
def garden(desk: Desk) -> Garden:
    return Garden(desk.cast, School(desk.cast))


def _url(name: str, *args: Any) -> str:
    return reverse(f"desk:{name}", args=args)


def test_a_mentoring_is_begun_met_and_completed(garden: Garden, enter: Enter) -> None:
    client, world = enter(garden.cast.village_cadre), garden.cast.world
    farmer, day = garden.school.farmer("赵满仓"), clock.today()
    said = {
        "q": "赵满", "mentoring_kind": "skill", "place": world.village.code, "mentees": [str(farmer.pk)],
        "expert": "市果业站高级农艺师", "goals": "会剪枝", "starts_on": day.isoformat(),
        "ends_on": (day + timedelta(days=300)).isoformat(), "every_months": 2,
    }  # fmt: skip
    assert client.get(_url("mentoring_new"), {"q": "赵满"}).status_code == 200
    made = client.post(_url("mentoring_new"), said)
    one = Mentoring.objects.get()
    assert (made.status_code, made.headers["Location"]) == (302, _url("mentoring", one.pk))
    assert (
        client.post(_url("mentoring_meeting", one.pk), {"held_on": day.isoformat(), "agreed": "下周剪十株"}).status_code
        == 302
    )
    other = garden.school.farmer("钱有粮")
    assert client.post(_url("mentoring_mentee", one.pk), {"q": "钱有", "person": str(other.pk)}).status_code == 302
    page = client.get(_url("mentoring", one.pk)).content.decode()
    assert "赵*仓" in page and "下周剪十株" in page and "one to many" in page
    assert client.post(_url("mentoring_move", one.pk, "complete"), {"result": ""}).status_code == 422
    assert client.post(_url("mentoring_move", one.pk, "complete"), {"result": "会剪了"}).status_code == 302
    assert "会剪了" in client.get(_url("mentoring", one.pk)).content.decode()


def test_a_plan_is_drawn_put_in_force_and_grown_by(garden: Garden, enter: Enter) -> None:
    client, world = enter(garden.cast.village_cadre), garden.cast.world
    day = clock.today()
    drawn = {"place": world.village.code, "year": day.year, "wanted": 3}
    assert client.post(_url("reserve_plan_new"), drawn).status_code == 302
    plan = ReservePlan.objects.get()
    assert client.post(_url("reserve_plan_move", plan.pk, "approve"), {"paper": "村两委会"}).status_code == 302
    farmer = garden.school.farmer("赵满仓")
    said = {
        "q": "赵满", "person": str(farmer.pk), "cultivation_kind": "reserve_cadre", "place": world.village.code,
        "plan": str(plan.pk), "starts_on": day.isoformat(),
    }  # fmt: skip
    assert client.post(_url("cultivation_new"), said).status_code == 302
    row = Cultivation.objects.get()
    assert client.post(_url("cultivation_move", row.pk, "take_in"), {"starts_on": day.isoformat()}).status_code == 302
    kept = {"wanted": 4, "paper": "村两委会", "declared_count": 6, "declared_source": "镇党建办"}
    assert client.post(_url("reserve_plan_correct", plan.pk), kept).status_code == 302
    page = client.get(_url("reserve_plan", plan.pk)).content.decode()
    assert "赵*仓" in page and "镇党建办" in page
    assert "赵*仓" in client.get(_url("cultivation_move", row.pk, "call_ready")).content.decode(), (
        "whom, before the press"
    )
    assert client.get(_url("cultivation_move", row.pk, "end")).status_code == 200
    post = str(world.posts["village_cadre"].pk)
    ended = {"outcome": "post", "post": post, "ended_on": day.isoformat()}
    assert client.post(_url("cultivation_move", row.pk, "end"), ended).status_code == 302


def test_somebody_is_won_over_enrols_and_graduates(garden: Garden, enter: Enter) -> None:
    client, world, day = enter(garden.cast.village_cadre), garden.cast.world, clock.today().isoformat()
    farmer = garden.school.farmer("赵满仓")
    said = {"q": "赵满", "person": str(farmer.pk), "programme": "college", "place": world.village.code, "won_on": day}
    assert client.post(_url("study_new"), said).status_code == 302
    row = EducationUpgrade.objects.get()
    assert client.get(_url("study_move", row.pk, "enrol")).status_code == 200
    until = (clock.today() + timedelta(days=900)).isoformat()
    enrolled = {"school": "开放大学", "starts_on": day, "until": until}
    assert client.post(_url("study_move", row.pk, "enrol"), enrolled).status_code == 302
    assert client.post(_url("study_move", row.pk, "graduate"), {"ended_on": day}).status_code == 302
    assert "开放大学" in client.get(_url("studies")).content.decode()


def test_lists_take_as_many_queries_for_one_row_as_for_four(garden: Garden, enter: Enter) -> None:
    client = enter(garden.cast.village_cadre)
    names = ("mentorings", "reserve_plans", "cultivation", "studies")
    counted = []
    for many in (1, 3):
        for number in range(many):
            farmer = garden.school.farmer(f"赵{many}{number}")
            garden.grow(farmer, "new_farmer")
            garden.study(farmer)
            garden.mentoring(farmer, kind="skill")
        for name in names:
            client.get(_url(name))
            with CaptureQueriesContext(connection) as caught:
                assert client.get(_url(name)).status_code == 200
            counted.append(len(caught))
    assert counted[:4] == counted[4:]


def test_a_neighbour_and_a_stranger_find_none_of_it(garden: Garden, enter: Enter) -> None:
    row, one, plan = garden.grow(), garden.mentoring(), garden.plan()
    study = garden.study(garden.school.farmer("钱有粮"))
    for actor in (garden.cast.neighbour_cadre, garden.cast.stranger, garden.cast.grid_worker):
        client = enter(actor)
        for name, key in (("mentoring", one.pk), ("reserve_plan", plan.pk)):
            assert client.get(_url(name, key)).status_code == 404
        for name, key, move in (("cultivation_move", row.pk, "end"), ("study_move", study.pk, "enrol")):
            assert client.post(_url(name, key, move)).status_code == 404
        for name in ("mentorings", "reserve_plans", "cultivation", "studies"):
            assert "赵*仓" not in client.get(_url(name)).content.decode()


def test_what_is_owed_stands_on_the_page_with_who_answers_and_the_rhythm_is_changed_there(
    garden: Garden, enter: Enter
) -> None:
    one = garden.mentoring(every_months=1)
    call_meetings(clock.now())
    client = enter(garden.cast.township_head)
    assert _url("mentoring", one.pk) in client.get("/desk/").content.decode()
    page = client.get(_url("mentoring", one.pk)).content.decode()
    assert "They meet by" in page and "every month" in page and str(one.mentor_post) in page
    assert client.get(_url("mentoring_rhythm", one.pk)).status_code == 200
    assert client.post(_url("mentoring_rhythm", one.pk), {"every_months": 13}).status_code == 422
    assert client.post(_url("mentoring_rhythm", one.pk), {"every_months": 6}).status_code == 302
    page = client.get(_url("mentoring", one.pk)).content.decode()
    assert "every 6 months" in page and "They meet by" not in page
    assert enter(garden.cast.auditor).get(_url("mentoring_rhythm", one.pk)).status_code == 403


def test_the_mentoring_that_meets_first_stands_first_and_one_that_ended_last(garden: Garden, enter: Enter) -> None:
    ended = garden.mentoring(expert="甲")
    later, sooner = garden.mentoring(expert="乙", every_months=6), garden.mentoring(expert="丙", every_months=1)
    actions.break_off(ended, by=SYSTEM)
    links = soup(enter(garden.cast.village_cadre).get(_url("mentorings"))).select("tbody .ttl a")
    assert [link["href"] for link in links] == [_url("mentoring", one.pk) for one in (sooner, later, ended)]


def test_what_is_looked_for_on_a_page_does_not_stand_in_the_search_above_it(garden: Garden, enter: Enter) -> None:
    page = soup(enter(garden.cast.village_cadre).get(_url("mentoring_new"), {"q": "赵满"}))
    assert [box["value"] for box in page.select("input[name=q]")][:2] == ["", "赵满"]


def test_a_move_that_is_over_leads_back_with_a_word(garden: Garden, enter: Enter) -> None:
    one = garden.mentoring()
    actions.break_off(one, by=SYSTEM)
    client = enter(garden.cast.village_cadre)
    answer = client.get(_url("mentoring_move", one.pk, "complete"), follow=True)
    assert "not possible here now" in answer.content.decode()
    assert client.get(_url("mentoring_move", one.pk, "fly")).status_code == 404
