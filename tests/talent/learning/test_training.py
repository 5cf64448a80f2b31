"""A course: who must attend and who has; sessions; who came, by name or without."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.organisations.models import Capacity, PostKind
from cunlian.people.consent import withdraw
from cunlian.people.models import Consent
from cunlian.talent.learning import actions
from cunlian.talent.learning.roster import counts, for_list, roster
from cunlian.talent.models import Attendance, Course, CourseCall, Session
from tests.talent.learning.conftest import School


def test_all_posts_of_a_capacity_must_attend_and_whoever_has_not_is_named(school: School) -> None:
    course = school.course(must_by="capacity", must_capacity=Capacity.GRID_WORKER)
    school.held(course, school.cadre("grid_worker"), school.farmer())

    assert counts(course, SYSTEM) == {"must": 2, "has": 1, "missing": 1, "besides": 1, "came": 2}
    assert roster(course, SYSTEM, "missing").get() == school.cadre("neighbour_worker")


def test_who_came_often_stands_once_with_all_their_times_and_hours(school: School) -> None:
    course = school.course(must_by="capacity", must_capacity=Capacity.GRID_WORKER)
    for days, hours in ((20, 4), (10, 2)):
        school.held(course, school.cadre("grid_worker"), days_ago=days, hours=hours)
    school.session(course, days_ago=0)

    row = for_list(roster(course, SYSTEM, "has"), course, SYSTEM).get()
    assert (row.times, row.hours) == (2, 6)
    assert [posting.post for posting in row.posts_then] == [school.cast.world.posts["grid_worker"]]


def test_posts_of_a_kind_must_attend_whoever_holds_them_today(school: School) -> None:
    post = school.cast.world.posts["village_head"]
    type(post).objects.filter(pk=post.pk).update(post_kind=PostKind.DIRECTOR)
    course = school.course(must_by="post_kind", must_post_kind=PostKind.DIRECTOR)
    assert roster(course, SYSTEM, "must").get() == school.cadre("village_head")
    post.postings.update(ends_on=clock.today())
    assert counts(course, SYSTEM)["must"] == 0


def test_a_closed_course_asks_who_held_the_posts_on_its_last_day(school: School) -> None:
    course = actions.open_course(school.course(must_by="capacity", must_capacity=Capacity.VILLAGE_HEAD), by=SYSTEM)
    actions.close_course(course, by=SYSTEM)
    course.refresh_from_db()
    with clock.set_to(clock.now() + timedelta(days=30)):
        school.cast.world.posts["village_head"].postings.update(ends_on=clock.today())
        assert counts(course, SYSTEM)["must"] == 1


def test_a_list_names_posts_and_persons_who_agreed(school: School) -> None:
    course, by = school.course(must_by="list"), school.cast.township_staff
    farmer = school.farmer()
    actions.call_to_course(course, by=by, post=school.cast.world.posts["village_cadre"])
    call = actions.call_to_course(course, by=by, person=farmer)
    assert counts(course, SYSTEM)["must"] == 2
    actions.uncall(call, by=by)
    assert roster(course, SYSTEM, "must").get() == school.cadre()

    with pytest.raises(Conflict):
        actions.call_to_course(course, by=by, post=school.cast.world.posts["village_cadre"])
    for wrong in ({}, {"person": school.farmer("钱有粮", agrees=False)}, {"post": school.cast.world.posts["stranger"]}):
        with pytest.raises(Invalid):
            actions.call_to_course(course, by=by, **wrong)
    with pytest.raises(Conflict):
        actions.call_to_course(school.course(), by=by, person=farmer)


def test_of_a_course_of_the_town_a_village_sees_its_own_people_only(school: School) -> None:
    course = school.course(must_by="capacity", must_capacity=Capacity.GRID_WORKER)
    school.held(course, school.cadre("grid_worker"), school.cadre("neighbour_worker"))
    cast = school.cast
    assert counts(course, cast.township_staff)["has"] == 2
    assert roster(course, cast.village_cadre).get() == school.cadre("grid_worker")
    assert roster(course, cast.neighbour_cadre).get() == school.cadre("neighbour_worker")
    assert not Course.objects.visible_to(cast.stranger).exists()
    assert not Session.objects.visible_to(cast.stranger).exists()
    assert not Attendance.objects.visible_to(cast.stranger).exists()
    assert not roster(course, cast.stranger).exists()


def test_who_holds_no_post_and_has_not_agreed_is_counted_without_a_name(school: School) -> None:
    session, by = school.held(), school.cast.township_staff
    shy = school.farmer(agrees=False)
    with pytest.raises(Invalid):
        actions.enter_attendance(session, by=by, persons=[shy])
    assert not session.attendances.exists()
    assert actions.enter_attendance(session, by=by, persons=[school.farmer("钱有粮")], without_name=3) == 4
    assert (Attendance.objects.count(), Attendance.objects.named().count()) == (4, 1)


def test_one_person_comes_to_a_session_once(school: School) -> None:
    farmer = school.farmer()
    session = school.held(None, farmer, farmer)
    assert session.attendances.count() == 1
    with pytest.raises(Invalid):
        actions.enter_attendance(session, by=SYSTEM, persons=[farmer])


def test_a_declared_number_and_names_exclude_each_other(school: School) -> None:
    session, by = school.held(), school.cast.township_staff
    with pytest.raises(Invalid):
        actions.declare_attendance(session, by=by, number=40)
    actions.declare_attendance(session, by=by, number=40, source="签到表，农技站清点")
    with pytest.raises(Conflict):
        actions.enter_attendance(session, by=by, persons=[school.farmer()])
    assert not Attendance.objects.exists()

    actions.declare_attendance(session, by=by, number=None)
    actions.enter_attendance(session, by=by, persons=[school.farmer("钱有粮")])
    with pytest.raises(Conflict):
        actions.declare_attendance(session, by=by, number=40, source="签到表")
    actions.strike_attendance(session.attendances.get(), by=by)
    actions.declare_attendance(session, by=by, number=40, source="签到表")


def test_nobody_comes_to_what_has_not_taken_place(school: School) -> None:
    session = school.session(days_ago=-3)
    with pytest.raises(Conflict):
        actions.enter_attendance(session, by=SYSTEM, persons=[school.farmer()])
    with pytest.raises(Conflict):
        actions.declare_attendance(session, by=SYSTEM, number=1, source="签到表")
    with pytest.raises(Invalid):
        actions.hold_session(session, by=SYSTEM)


def test_a_village_enters_its_own_courses_and_no_others(school: School) -> None:
    cast = school.cast
    mine = school.held(school.course(place=cast.world.village))
    actions.enter_attendance(mine, by=cast.village_cadre, without_name=2)
    for by in (cast.neighbour_cadre, cast.grid_worker, cast.resident, cast.stranger):
        with pytest.raises(Forbidden):
            actions.enter_attendance(mine, by=by, without_name=1)


def test_a_study_tour_says_where_it_went_and_what_was_learned(school: School) -> None:
    tour = school.course("study_tour", title="赴袁家村学习")
    with pytest.raises(Invalid):
        school.session(tour)
    with pytest.raises(Invalid):
        school.session(school.course(), destination="袁家村")
    session = school.session(tour, destination=" 袁家村 ")
    actions.hold_session(session, by=SYSTEM, lessons="村集体牵头办民宿")
    session.refresh_from_db()
    assert (session.destination, session.lessons) == ("袁家村", "村集体牵头办民宿")
    assert actions.write_lessons(session, by=SYSTEM, lessons="先立规矩再招商").lessons == "先立规矩再招商"
    with pytest.raises(Invalid):
        actions.write_lessons(session, by=SYSTEM, lessons=" ")


def test_a_course_with_something_planned_is_not_closed_and_one_held_is_not_cancelled(school: School) -> None:
    course = school.in_state("running")
    session = school.session(course)
    with pytest.raises(Conflict):
        actions.close_course(course, by=SYSTEM)
    actions.hold_session(session, by=SYSTEM)
    with pytest.raises(Conflict):
        actions.cancel_course(course, by=SYSTEM)
    actions.close_course(course, by=SYSTEM)
    for late in (lambda: school.session(course), lambda: actions.correct_course(course, by=SYSTEM, title="x")):
        with pytest.raises(Conflict):
            late()


def test_what_cannot_be_true_of_a_course_is_refused(school: School) -> None:
    unit = school.cast.world.units["township_office"]
    for wrong in (
        {"title": " "}, {"kind": "party"}, {"giver_name": ""}, {"giver": unit, "giver_name": "农校"},
        {"must_by": "capacity"}, {"must_by": "post_kind"}, {"round_no": 0}, {"certificate_hours": 0},
    ):  # fmt: skip
        with pytest.raises(Invalid):
            school.course(**wrong)
    course = school.course(giver=unit, must_by="capacity", must_capacity=Capacity.GRID_WORKER)
    actions.correct_course(course, by=school.cast.township_staff, title="轮训二期", must_by="")
    course.refresh_from_db()
    assert (course.title, course.must_capacity, course.given_by) == ("轮训二期", "", str(unit))
    for said in ({"hours": 0}, {"hours": 101}, {"level": "moon"}, {"place": school.cast.world.strange_place}):
        with pytest.raises(Invalid):
            school.session(course, **said)


def test_a_consent_taken_back_hides_the_name_at_once_and_the_person_time_stays(school: School) -> None:
    farmer = school.farmer()
    course = school.course()
    school.held(course, farmer, school.cadre())
    assert counts(course, SYSTEM)["came"] == 2
    withdraw(Consent.objects.open().get(person=farmer), by=SYSTEM)
    assert (counts(course, SYSTEM)["came"], Attendance.objects.count()) == (1, 2)
    assert not CourseCall.objects.visible_to(school.cast.township_staff).exists()
