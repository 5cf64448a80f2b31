"""Plans, cultivation, mentoring and studies: what may be entered, who sees it, what goes with a person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.holdings import tell
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.people.actions import erase_person, merge_persons
from cunlian.people.consent import withdraw
from cunlian.people.models import Consent
from cunlian.talent.mentoring import actions
from cunlian.talent.models import Cultivation, EducationUpgrade, Mentee, Mentoring, MentorMeeting, ReservePlan
from tests.talent.mentoring.conftest import Garden


def test_a_plan_comes_into_force_on_a_paper_and_counts_who_is_grown_by_it(garden: Garden) -> None:
    plan, by = garden.plan(), garden.cast.village_cadre
    with pytest.raises(Conflict):
        garden.propose(plan=plan)
    with pytest.raises(Invalid):
        actions.approve_plan(plan, by=by)
    actions.approve_plan(plan, by=by, paper="村两委会 2026-03-01")
    plan.refresh_from_db()
    garden.grow(plan=plan)
    garden.propose(garden.school.farmer("钱有粮"), plan=plan)
    assert ReservePlan.objects.for_list().get().named == 1
    with pytest.raises(Invalid):
        garden.propose(garden.school.farmer("孙有地"), "new_farmer", plan=plan)
    with pytest.raises(Invalid):
        garden.propose(garden.school.farmer("孙有地"), plan=plan, place=garden.cast.world.other_village)


def test_a_number_declared_without_names_has_a_source(garden: Garden) -> None:
    plan, by = garden.plan(paper="村两委会"), garden.cast.village_cadre
    for wrong in ({"declared_count": 5}, {"declared_source": "镇党建办"}):
        with pytest.raises(Invalid):
            actions.correct_plan(plan, by=by, wanted=3, **wrong)  # type: ignore[arg-type]
    actions.correct_plan(plan, by=by, wanted=4, declared_count=5, declared_source="镇党建办 2026 年报")
    plan.refresh_from_db()
    assert (plan.wanted, plan.declared_count) == (4, 5)
    with pytest.raises(Conflict):
        garden.plan()
    for said in ({"year": clock.today().year + 2}, {"year": clock.today().year + 1, "wanted": 0}):
        with pytest.raises(Invalid):
            garden.plan(**said)


def test_nobody_is_cultivated_without_a_basis_or_twice_in_one_kind(garden: Garden) -> None:
    with pytest.raises(Invalid):
        garden.propose(garden.school.farmer(agrees=False))
    farmer = garden.school.farmer("钱有粮")
    garden.propose(farmer)
    garden.propose(farmer, "new_farmer")
    with pytest.raises(Conflict):
        garden.propose(farmer)
    assert garden.propose(garden.school.cadre()).by_consent is False


def test_what_came_of_it_names_the_post_that_was_taken(garden: Garden) -> None:
    row, by = garden.grow(), garden.cast.village_cadre
    post = garden.cast.world.posts["village_cadre"]
    for wrong in ({"outcome": "post"}, {"outcome": "stands", "post": post}, {"outcome": "king"}):
        with pytest.raises(Invalid):
            actions.end_cultivation(row, by=by, **wrong)  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        actions.end_cultivation(row, by=by, outcome="stands", ended_on=clock.today() - timedelta(days=90))
    actions.end_cultivation(row, by=by, outcome="post", post=post)
    row.refresh_from_db()
    assert (row.post, row.ended_on) == (post, clock.today())


def test_a_mentor_is_a_post_a_member_or_an_expert_and_never_oneself(garden: Garden) -> None:
    farmer, cadre = garden.school.farmer(), garden.school.cadre()
    posts = garden.cast.world.posts
    for said in ({"mentor_post": posts["township_head"]}, {"mentor_person": farmer}, {"expert": "市果业站高级农艺师"}):
        assert garden.mentoring(cadre, **said).mentor != "—"
    for wrong in (
        {"mentor_post": None}, {"mentor_person": farmer, "expert": "果业站"}, {"mentor_person": cadre},
        {"mentor_post": posts["village_cadre"]}, {"goals": " "}, {"kind": "party"},
        {"ends_on": clock.today() - timedelta(days=90)},
    ):  # fmt: skip
        with pytest.raises(Invalid):
            garden.mentoring(cadre, **wrong)
    with pytest.raises(Invalid):
        garden.mentoring(cadre, mentor_person=garden.school.farmer("钱有粮", agrees=False))


def test_one_to_one_becomes_one_to_many_and_meetings_are_noted(garden: Garden) -> None:
    one, by = garden.mentoring(), garden.cast.village_cadre
    actions.add_mentee(one, by=by, person=garden.school.farmer())
    with pytest.raises(Conflict):
        actions.add_mentee(one, by=by, person=garden.school.cadre())
    actions.note_meeting(one, by=by, held_on=clock.today(), agreed="下周一起开小组会")
    row = Mentoring.objects.for_list().get()
    assert (row.mentee_count, row.meeting_count, row.last_met) == (2, 1, clock.today())
    for day, words in ((1, "x y"), (-90, "x y"), (0, " ")):
        with pytest.raises(Invalid):
            actions.note_meeting(one, by=by, held_on=clock.today() + timedelta(days=day), agreed=words)
    with pytest.raises(Invalid):
        actions.complete_mentoring(one, by=by, result="")
    actions.complete_mentoring(one, by=by, result="会开会了")
    with pytest.raises(Conflict):
        actions.note_meeting(one, by=by, held_on=clock.today(), agreed="再见一次")


def test_studies_name_a_school_before_they_begin(garden: Garden) -> None:
    row, by, day = garden.study(), garden.cast.village_cadre, clock.today()
    with pytest.raises(Invalid):
        actions.enrol(row, by=by, starts_on=day, until=day + timedelta(days=900))
    with pytest.raises(Invalid):
        actions.enrol(row, by=by, starts_on=day, until=day - timedelta(days=1), school="开放大学")
    actions.enrol(row, by=by, starts_on=day, until=day + timedelta(days=900), school="开放大学")
    actions.graduate(row, by=by)
    with pytest.raises(Invalid):
        garden.study(garden.school.farmer("钱有粮", agrees=False))


def test_a_neighbour_sees_and_does_nothing_and_who_is_concerned_sees_their_own(garden: Garden) -> None:
    row = garden.grow()
    one = garden.mentoring(garden.school.cadre("village_cadre"))
    cast = garden.cast
    for actor in (cast.neighbour_cadre, cast.stranger, cast.resident, cast.grid_worker):
        assert not Cultivation.objects.visible_to(actor).exists()
        assert not Mentoring.objects.visible_to(actor).exists()
        with pytest.raises(Forbidden):
            actions.call_ready(row, by=actor)
        with pytest.raises(Forbidden):
            actions.break_off(one, by=actor)
    assert Cultivation.objects.visible_to(cast.township_staff).get() == row
    assert Mentoring.objects.visible_to(cast.village_cadre).get() == one


def test_who_takes_their_consent_back_is_seen_by_nobody(garden: Garden) -> None:
    farmer = garden.school.farmer()
    garden.grow(farmer)
    garden.study(farmer)
    garden.mentoring(farmer, kind="skill")
    withdraw(Consent.objects.open().get(person=farmer), by=SYSTEM)
    for rows in (Cultivation, EducationUpgrade, Mentee):
        assert not rows.objects.visible_to(SYSTEM).exists()
        assert not rows.objects.visible_to(garden.cast.township_staff).exists()


def test_words_about_an_erased_person_go_and_the_days_stay(garden: Garden) -> None:
    farmer = garden.school.farmer("张桂兰")
    garden.grow(farmer)
    garden.enrolled(farmer)
    taught = garden.mentoring(farmer, kind="skill", goals="教张桂兰剪枝")
    led = garden.mentoring(mentor_person=farmer)
    actions.note_meeting(taught, by=SYSTEM, held_on=clock.today(), agreed="张桂兰先剪十株")
    erase_person(farmer, by=SYSTEM)
    assert not Cultivation.objects.exists() and not EducationUpgrade.objects.exists()
    for one in (taught, led):
        one.refresh_from_db()
        assert one.goals == "" and one.mentor_person is None
    assert MentorMeeting.objects.get().agreed == "" and taught.mentees.count() == 0


def test_two_files_of_one_person_are_mentored_and_cultivated_once(garden: Garden) -> None:
    one, other = garden.school.farmer(), garden.school.farmer()
    garden.mentoring(one, other, kind="skill")
    for person in (one, other):
        garden.grow(person)
        garden.study(person)
    garden.mentoring(one, mentor_person=other)
    merge_persons(other, by=SYSTEM, into=one)
    assert (Cultivation.objects.count(), EducationUpgrade.objects.count()) == (1, 1)
    assert [row.person for row in Mentee.objects.all()] == [one]


def test_the_person_reads_of_all_of_it(garden: Garden) -> None:
    farmer = garden.school.farmer()
    garden.grow(farmer)
    garden.study(farmer)
    garden.mentoring(farmer, kind="skill")
    garden.mentoring(mentor_person=farmer)
    kinds = {held.kind for held in tell(farmer.pk)}
    assert {"talent_cultivation", "education_upgrade", "mentee", "mentor_pair"} <= kinds
