"""Who sees which case, and what a number may not tell about a complaint."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cunlian.cases import actions
from cunlian.cases.actions import Told
from cunlian.cases.models import Case
from cunlian.cases.routing import back_from, receivers
from cunlian.kernel import clock, figures
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.above import complained_of
from cunlian.organisations.actions import appoint, create_post, end_posting
from cunlian.organisations.models import Post, Posting
from cunlian.people.models import Person
from tests.cases.conftest import Desk
from tests.cast import RESIDENT_PHONE

pytestmark = pytest.mark.django_db

ALL = (
    "grid_worker neighbour_worker lane_leader village_cadre village_head social_worker village_supervisor mediator "
    "area_staff township_staff township_head dispatcher county_staff county_leader auditor administrator stranger "
    "resident anonymous"
).split()
KNOWS_PEOPLE = set(ALL) - {
    "neighbour_worker", "village_supervisor", "administrator", "stranger", "resident", "anonymous", "grid_worker",
    "lane_leader",
}  # fmt: skip
SEES = set(ALL) - {"neighbour_worker", "administrator", "stranger", "resident", "anonymous"}


@pytest.mark.parametrize("name", ALL)
def test_a_case_is_seen_in_its_territory_only(desk: Desk, name: str) -> None:
    desk.report(place=desk.cast.world.grid)
    assert Case.objects.visible_to(getattr(desk.cast, name)).exists() == (name in SEES)


def test_the_person_sees_their_own_by_receipt(desk: Desk) -> None:
    case = desk.report()
    assert list(Case.objects.visible_to(desk.person(case))) == [case]


def _what_it_shows(actor: Actor) -> dict[str, object]:
    """Every count and figure this actor can ask for."""
    shown: dict[str, object] = {
        code: figures.compute(code, actor).value for code in figures.INDICATORS if code.startswith("cases.")
    }
    rows = Case.objects.visible_to(actor)
    shown |= {
        "all": sorted(str(key) for key in rows.values_list("pk", flat=True)),
        "open": rows.open().count(),
        "waiting": rows.waiting_for(actor).count(),
        "by_place": figures.by_place("cases.received", actor),
        "by_month": figures.by_month("cases.received", actor),
        "search": rows.filter(text__contains="态度").count(),
    }
    return shown


@pytest.mark.parametrize("about", ["village_cadre", "grid_worker", "village_head", "dispatcher", "committee"])
def test_a_complaint_changes_no_number_of_anybody_but_who_gets_it_and_the_auditor(desk: Desk, about: str) -> None:
    desk.report()
    before = {name: _what_it_shows(getattr(desk.cast, name)) for name in ALL}
    post = desk.cast.world.posts.get(about)
    case = actions.report_complaint(
        by=desk.cast.anonymous, place=desk.cast.world.village, text="办事态度不好，推了三次。", post=post,
        organisation=None if post else desk.cast.world.units[about], told=Told("王五", "13800002222"),
    )  # fmt: skip
    after = {name: _what_it_shows(getattr(desk.cast, name)) for name in ALL}
    changed = {name for name in ALL if before[name] != after[name]}
    holders = {name for name in ALL if name in desk.cast.world.posts and desk.post(name) == case.holder}
    assert holders and changed <= holders | {"auditor"}
    assert about not in changed


@pytest.mark.parametrize("about", ["village_cadre", "township_staff", "grid_worker"])
def test_a_complaint_goes_past_the_post_and_its_direct_reports(desk: Desk, about: str) -> None:
    case = actions.report_complaint(
        by=desk.cast.anonymous, place=desk.cast.world.village, text="说话难听。", post=desk.post(about)
    )
    assert case.holder is not None
    assert case.holder.pk not in complained_of(desk.post(about), None)


def test_a_complaint_about_a_unit_starts_from_its_head_of_today(desk: Desk) -> None:
    """A post that ended reported straight to the county leader: that way the complaint would skip everybody between."""
    world = desk.cast.world
    old = create_post(
        by=SYSTEM, organisation=world.units["committee"], title="老主任", role="village_cadre", rank=0,
        reports_to=world.posts["county_leader"], starts_on=clock.today() - timedelta(days=900),
    )  # fmt: skip
    Post.objects.filter(pk=old.pk).update(ends_on=clock.today() - timedelta(days=400))
    said = {"place": world.village, "text": "说话难听。", "organisation": world.units["committee"]}
    assert actions.report_complaint(by=desk.cast.anonymous, **said).holder == desk.post("area_staff")


def test_a_complaint_about_a_unit_is_never_sent_on_to_who_worked_there_within_the_year(desk: Desk) -> None:
    world, by = desk.cast.world, desk.cast.anonymous
    for name in ("village_head", "dispatcher"):
        end_posting(Posting.objects.get(post=desk.post(name)), by=SYSTEM, ends_on=clock.today() - timedelta(days=1))
    appoint(desk.post("dispatcher"), by=SYSTEM, person=world.persons["village_head"])
    said = {"place": world.village, "text": "说话难听。", "organisation": world.units["committee"]}
    case = actions.report_complaint(by=by, **said)
    posts = [desk.post(name) for name in ("dispatcher", "township_staff", "area_staff")]
    assert desk.post("dispatcher") not in receivers(case, posts) and desk.post("township_staff") in receivers(
        case, posts
    )
    assert back_from(case).post not in (None, desk.post("dispatcher"))


def test_what_may_be_given_to_many_posts_is_asked_once(desk: Desk, django_assert_num_queries: Any) -> None:
    case = actions.report_complaint(
        by=desk.cast.anonymous, place=desk.cast.world.village, text="说话难听。", post=desk.post("grid_worker")
    )
    posts = list(Post.objects.select_related("place", "organisation"))
    with django_assert_num_queries(3):
        assert receivers(case, posts)


def test_whom_a_complaint_about_an_empty_post_means_is_who_held_it_last(desk: Desk) -> None:
    end_posting(Posting.objects.get(post=desk.post("grid_worker")), by=SYSTEM)
    case = actions.report_complaint(
        by=desk.cast.anonymous, place=desk.cast.world.village, text="说话难听。", post=desk.post("grid_worker")
    )
    assert case.about_person == desk.cast.world.persons["grid_worker"]


def test_a_complaint_can_never_be_passed_to_the_one_complained_of(desk: Desk) -> None:
    case = actions.report_complaint(
        by=desk.cast.anonymous, place=desk.cast.world.village, text="说话难听。", post=desk.post("grid_worker")
    )
    holder = next(
        getattr(desk.cast, name) for name in ALL if name in desk.cast.world.posts and desk.post(name) == case.holder
    )
    with pytest.raises(Invalid):
        actions.dispatch_case(case, by=holder, to=desk.post("grid_worker"))


def test_the_person_complained_of_does_not_see_it_from_another_post_either(desk: Desk) -> None:
    case = actions.report_complaint(
        by=desk.cast.anonymous, place=desk.cast.world.village, text="说话难听。", post=desk.post("grid_worker")
    )
    them = Actor(
        "user", person_id=desk.cast.world.persons["grid_worker"].pk,
        grants=desk.cast.dispatcher.grants, post_id=case.holder_id,
    )  # fmt: skip
    assert not Case.objects.visible_to(them).filter(pk=case.pk).exists()


@pytest.mark.parametrize("name", ALL)
def test_who_complained_is_in_nobodys_register_and_found_by_no_phone(desk: Desk, name: str) -> None:
    """The row would tell who spoke up, to the very people it is about."""
    actor, told = getattr(desk.cast, name), Told("王五", "13800002222")
    seen = set(Person.objects.visible_to(actor).values_list("pk", flat=True))
    case = actions.report_complaint(
        by=desk.cast.anonymous,
        place=desk.cast.world.village,
        text="说话难听。",
        post=desk.post("grid_worker"),
        told=told,
    )
    assert case.reporter is not None and case.reporter.withheld
    assert set(Person.objects.visible_to(actor).values_list("pk", flat=True)) == seen

    again = desk.report(told=told)
    assert again.reporter == case.reporter
    assert Person.objects.visible_to(actor).filter(pk=again.reporter.pk).exists() == (name in KNOWS_PEOPLE)


def test_a_complainer_with_an_account_sees_their_own_and_stands_in_the_list_once_they_report_something(
    desk: Desk,
) -> None:
    said = {"by": desk.cast.anonymous, "place": desk.cast.world.village, "text": "说话难听。"}
    case = actions.report_complaint(post=desk.post("grid_worker"), told=Told("王五", "13800002222"), **said)
    person = case.reporter
    assert person is not None
    own = Actor("user", person_id=person.pk)
    assert list(Person.objects.visible_to(own)) == [person]
    desk.report(person=person, told=None)
    person.refresh_from_db()
    assert not person.withheld


def test_whoever_got_the_complaint_still_reaches_who_complained(desk: Desk) -> None:
    case = actions.report_complaint(
        by=desk.cast.anonymous, place=desk.cast.world.village, text="说话难听。", post=desk.post("grid_worker"),
        told=Told("王五", "13800002222"),
    )  # fmt: skip
    shown = actions.reveal_reporter(case, by=desk.keeper(case), purpose="回电话")
    assert "13800002222" in str(shown)


def test_somebody_of_the_register_stays_in_it_when_they_complain(desk: Desk) -> None:
    case = actions.report_complaint(
        by=desk.cast.anonymous, place=desk.cast.world.village, text="说话难听。", post=desk.post("grid_worker"),
        told=Told("张桂兰", RESIDENT_PHONE),
    )  # fmt: skip
    assert case.reporter == desk.cast.world.persons["resident"] and not case.reporter.withheld
