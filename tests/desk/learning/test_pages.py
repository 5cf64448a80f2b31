"""Training at the desk: planned, held, entered from the sheet, certified; numbers open their lists."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Look
from cunlian.organisations.models import Capacity
from cunlian.talent.learning import actions
from cunlian.talent.models import Certificate, Course, Session
from tests.desk.conftest import Desk, Enter, soup
from tests.talent.learning.conftest import School


@pytest.fixture
def school(desk: Desk) -> School:
    return School(desk.cast)


def _url(name: str, *args: Any) -> str:
    return reverse(f"desk:{name}", args=args)


def test_a_course_is_planned_held_entered_and_certified_by_hand(school: School, enter: Enter) -> None:
    client = enter(school.cast.township_staff)
    world, today = school.cast.world, clock.today().isoformat()
    head = {
        "place": world.township.code, "course_kind": "rotation", "title": "全员轮训", "giver_name": "市农业学校",
        "must_by": "capacity", "must_capacity": Capacity.GRID_WORKER, "starts_on": today, "certificate_hours": 2,
    }  # fmt: skip
    made = client.post(_url("course_new"), head)
    course = Course.objects.get()
    assert (made.status_code, made.headers["Location"]) == (302, _url("course", course.pk))
    assert "全员轮训" in soup(client.get(_url("course_move", course.pk, "open"))).text
    assert client.post(_url("course_move", course.pk, "open")).status_code == 302
    said = {"held_on": today, "place": world.township.code, "hours": 3, "level": "township"}
    assert client.post(_url("session_new", course.pk), said).status_code == 302
    session = Session.objects.get()
    assert client.post(_url("session_move", session.pk, "hold"), {"lessons": ""}).status_code == 302
    worker = world.persons["grid_worker"]
    form = soup(client.get(_url("session_enter", session.pk)))
    assert {box["value"] for box in form.select("input[name=persons]")} == {
        str(worker.pk), str(world.persons["neighbour_worker"].pk),
    }  # fmt: skip
    client.post(_url("session_enter", session.pk), {"persons": [str(worker.pk)], "without_name": 2})
    assert session.attendances.count() == 3
    assert client.post(_url("certificates_issue", course.pk)).status_code == 302
    assert Certificate.objects.get().person == worker


def test_each_number_of_a_course_opens_a_list_of_so_many(school: School, enter: Enter) -> None:
    course = school.course(must_by="capacity", must_capacity=Capacity.GRID_WORKER)
    for days in (20, 10):
        school.held(course, school.cadre("grid_worker"), school.farmer(f"赵{days}"), days_ago=days)
    client = enter(school.cast.township_staff)
    page = soup(client.get(_url("course", course.pk)))
    numbers = {dt.text: dt.find_next("dd").text.strip() for dt in page.select("#main dl.props dt, main dl.props dt")}
    assert {name: numbers[name] for name in ("Sessions held", "Person-times", "Persons who came", "Must attend")} == {
        "Sessions held": "2", "Person-times": "4", "Persons who came": "3", "Must attend": "2",
    }  # fmt: skip
    opened = [link["href"] for link in page.select("a.fig") if "who=" in str(link["href"])]
    assert len(opened) == 5
    for link in page.select("a.fig"):
        if "who=" in str(link["href"]):
            rows = soup(client.get(str(link["href"]))).select("table.tb tbody tr")
            assert len(rows) == int(link.text)


def test_a_roster_takes_as_many_queries_for_one_as_for_many(school: School, enter: Enter) -> None:
    course = school.course()
    session = school.held(course, school.farmer("赵一"))
    client = enter(school.cast.township_staff)
    counted = []
    for more in (0, 3):
        if more:
            people = [school.farmer(f"钱{number}") for number in range(more)]
            actions.enter_attendance(session, by=SYSTEM, persons=people)
        for name, key in (("course_roster", course.pk), ("session", session.pk), ("courses", None), ("sessions", None)):
            client.get(_url(name, *([key] if key else [])))
            with CaptureQueriesContext(
                connection,
            ) as caught:
                assert client.get(_url(name, *([key] if key else []))).status_code == 200
            counted.append(len(caught))
    assert counted[:4] == counted[4:]


def test_a_session_still_to_come_says_why_it_cannot_be_entered_as_held(school: School, enter: Enter) -> None:
    client, session = enter(school.cast.township_staff), school.session(days_ago=-3)
    page = soup(client.get(_url("session", session.pk)))
    hold = _url("session_move", session.pk, "hold")
    assert "still to come" in page.text and not page.select(f'a[href="{hold}"]')
    refused = soup(client.post(hold, {"lessons": ""}))
    assert "still to come" in refused.text and not refused.select(".field.wrong"), "no field of the form is wrong"


def test_what_is_refused_is_said_beside_the_field_and_nothing_is_lost(school: School, enter: Enter) -> None:
    client = enter(school.cast.township_staff)
    session = school.held()
    shy = school.farmer("不愿意", agrees=False)
    answer = client.post(_url("session_enter", session.pk), {"q": "不愿", "persons": [str(shy.pk)], "without_name": 2})
    assert answer.status_code == 422 and "has not agreed" in answer.content.decode()
    assert not session.attendances.exists()
    answer = client.post(_url("session_declare", session.pk), {"number": "40"})
    assert answer.status_code == 422 and 'value="40"' in answer.content.decode()
    answer = client.post(_url("course_new"), {"title": "轮训", "place": school.cast.world.township.code})
    assert answer.status_code == 422 and "轮训" in answer.content.decode()


def test_names_are_masked_and_a_village_sees_its_own(school: School, enter: Enter) -> None:
    course = school.course()
    session = school.held(
        course, school.farmer("赵满仓"), school.farmer("钱有粮", place=school.cast.world.other_village)
    )
    page = enter(school.cast.township_staff).get(_url("session", session.pk)).content.decode()
    assert "赵*仓" in page and "赵满仓" not in page
    page = enter(school.cast.village_cadre).get(_url("course_roster", course.pk)).content.decode()
    assert "赵*仓" in page and "钱*粮" not in page
    stranger = enter(school.cast.stranger)
    for name, key in (("course", course.pk), ("course_roster", course.pk), ("session", session.pk)):
        assert stranger.get(_url(name, key)).status_code == 404


def test_the_sheet_to_sign_has_the_posts_and_empty_lines(school: School, enter: Enter) -> None:
    course = school.course(must_by="capacity", must_capacity=Capacity.GRID_WORKER)
    session = school.session(course)
    page = soup(enter(school.cast.township_staff).get(_url("session_sheet", session.pk)))
    rows = page.select("tbody tr")
    assert len(rows) == 2 + 12 and "许建华" in page.text


def test_a_certificate_is_printed_after_a_press_and_the_holder_sees_the_look(school: School, enter: Enter) -> None:
    course = school.course(certificate_hours=1)
    school.held(course, school.farmer("赵满仓"))
    (certificate,) = actions.issue_certificates(course, by=SYSTEM)
    client = enter(school.cast.township_staff)
    assert client.get(_url("certificate_print", certificate.pk)).status_code == 200
    assert not Look.objects.filter(person_id=certificate.person_id).exists()
    answer = client.post(_url("certificate_print", certificate.pk))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert Look.objects.filter(person_id=certificate.person_id).count() == 1
    assert client.post(_url("certificate_revoke", certificate.pk), {"reason": "学时算错"}).status_code == 302
    assert client.get(_url("certificates", course.pk)).status_code == 200


def test_a_list_of_who_must_attend_is_kept_at_the_desk(school: School, enter: Enter) -> None:
    client = enter(school.cast.township_staff)
    course = school.course(must_by="list")
    post = school.cast.world.posts["village_head"]
    client.post(_url("course_call_post", course.pk), {"post": str(post.pk)})
    farmer = school.farmer("赵满仓")
    assert "赵*仓" in client.get(_url("course_call_person", course.pk), {"q": "赵满"}).content.decode()
    client.post(_url("course_call_person", course.pk), {"q": "赵满", "person": str(farmer.pk)})
    assert course.calls.count() == 2
    assert client.get(_url("course", course.pk)).status_code == 200
    for call in list(course.calls.all()):
        assert enter(school.cast.stranger).post(_url("call_out", call.pk)).status_code == 404
        assert client.post(_url("call_out", call.pk)).status_code == 302
    assert not course.calls.exists()


def test_the_rest_of_the_forms_open_and_work(school: School, enter: Enter) -> None:
    client = enter(school.cast.township_staff)
    tour = school.course("study_tour")
    session = school.held(tour, school.farmer(), destination="袁家村")
    for name, key in (
        ("course_correct", tour.pk), ("session_new", tour.pk), ("session_lessons", session.pk),
        ("session_declare", session.pk), ("session_enter", session.pk),
    ):  # fmt: skip
        assert client.get(_url(name, key)).status_code == 200, name
    assert client.post(_url("session_lessons", session.pk), {"lessons": "先立规矩"}).status_code == 302
    head = {"title": "再访", "giver_name": "党校", "starts_on": "2026-03-02"}
    assert client.post(_url("course_correct", tour.pk), head).status_code == 302
    assert client.post(_url("attendance_out", session.attendances.get().pk)).status_code == 302
    assert client.get(_url("course_move", tour.pk, "fly")).status_code == 404
    assert client.post(_url("session_move", session.pk, "drop")).status_code == 302
    assert Session.objects.get().state == "held"
