"""A path home from the first word to two years after: what is kept, owed, asked, found and counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from cunlian.flows.coming_home import raise_need
from cunlian.kernel import clock, figures, threads
from cunlian.kernel.access import ANONYMOUS, SYSTEM
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Conflict, Forbidden, IllegalMove, Invalid
from cunlian.people.actions import note_reporter
from cunlian.people.models import Person
from cunlian.talent.coming_home import actions
from cunlian.talent.coming_home.sweep import call_cares
from cunlian.talent.models import AfterCare, Homecoming
from cunlian.talent.taking import Told
from tests.talent.coming_home.conftest import NAME, PHONE, WISH, Home

Freeze = Callable[[datetime], None]


def test_who_was_known_from_a_complaint_alone_is_met_on_the_path(home: Home) -> None:
    village = home.cast.world.village
    person = note_reporter(by=SYSTEM, place=village, name="王五", phone="13800002222", withheld=True)
    home.begin(person=person)
    assert Person.objects.visible_to(home.cast.village_cadre).filter(pk=person.pk).exists()


def test_who_tells_it_without_an_account_gets_a_receipt_and_a_post_owes_a_talk(home: Home) -> None:
    path = home.begin()
    assert len(path.receipt) == 11 and path.holder is not None and path.promise is not None
    assert path.promise.owner_id == path.holder.pk and path.promise.promise_kind == "coming_home.talk"
    assert path.person is not None and path.person.name == NAME
    home.talk(path)
    assert home.again(path).promise.state == "kept"  # type: ignore[union-attr]


def test_nothing_is_kept_without_consent_and_a_way_to_reach_them(home: Home) -> None:
    for told, field in (
        (Told(NAME, PHONE), "agreed"),
        (Told("", PHONE, agreed=True), "name"),
        (Told(NAME, agreed=True), "phone"),
    ):
        with pytest.raises(Invalid) as refused:
            home.begin(told=told)
        assert refused.value.field == field
    assert not Homecoming.objects.exists()
    assert home.begin(told=Told(NAME, contact_note="问我三叔", agreed=True)).contact_note == "问我三叔"


def test_a_neighbour_or_a_cadre_writes_it_for_them_and_it_is_recorded_so(home: Home) -> None:
    by_neighbour = home.begin(by=ANONYMOUS.for_("proxy"))
    by_cadre = home.begin(by=home.cast.village_cadre.for_("phone"))
    assert (by_neighbour.agreed_how, by_cadre.agreed_how) == ("helper", "phone")
    rows = Activity.objects.filter(verb="coming_home.begun_for").order_by("recorded_at")
    assert [row.behalf_channel for row in rows] == ["proxy", "phone"]
    with pytest.raises(Forbidden):
        home.begin(by=home.cast.neighbour_cadre.for_("phone"))


def test_an_outsider_takes_the_same_path_without_being_in_the_register(home: Home) -> None:
    path = home.begin(
        by=home.cast.village_cadre.for_("door"), origin="outsider", told=Told("钱外生", PHONE, agreed=True)
    )
    assert path.origin == "outsider" and not path.person.household_id  # type: ignore[union-attr]
    assert home.arrive(home.talk(path), arrived_as="post", came_to="合作社经理").state == "home"


def test_a_child_under_fourteen_has_no_path(home: Home) -> None:
    child = home.cast.world.persons["resident"]
    Person.objects.filter(pk=child.pk).update(birth_year=clock.today().year - 12)
    child.refresh_from_db()
    with pytest.raises(Invalid, match="fourteen"):
        home.begin(person=child)


def test_the_same_form_twice_is_one_path(home: Home) -> None:
    path = home.begin()
    assert home.begin(key=path.pk) == path
    with pytest.raises(Conflict):
        home.begin(key=path.pk, wish="另一句话")


def test_support_names_policy_fund_and_sum_and_an_office_enters_the_decision_once(home: Home) -> None:
    path = home.talk(home.begin())
    for lack in ({"policy": " "}, {"fund": ""}, {"asked_fen": 0}):
        with pytest.raises(Invalid):
            home.ask(path, **lack)
    support = home.ask(path)
    with pytest.raises(Forbidden):
        values: Any = {"granted_fen": 1, "paper": "x", "decided_on": clock.today()}
        actions.decide_support(support, by=home.cast.village_cadre, **values)
    with pytest.raises(Invalid):
        home.decide(support, granted_fen=20_000_001)
    home.decide(support)
    support.refresh_from_db()
    assert (support.asked_fen, support.granted_fen) == (20_000_000, 15_000_000)
    with pytest.raises(Conflict):
        home.decide(support)


def test_land_house_and_job_are_requests_on_the_thread(home: Home) -> None:
    path = home.talk(home.begin())
    case = raise_need(path, by=home.cast.village_cadre, need="land", text="想流转五亩地。")
    assert case.holder is not None and case.promise is not None and case.reporter == path.person
    steps = threads.chain(path, home.cast.village_cadre)
    assert [(step.ref.kind, step.relation) for step in steps] == [("homecoming", ""), ("case", "land")]
    with pytest.raises(Forbidden):
        raise_need(path, by=home.cast.neighbour_cadre, need="land", text="x")


def test_looks_in_fall_due_after_3_12_and_24_months(home: Home, frozen_clock: Freeze) -> None:
    frozen_clock(clock.at(date(2025, 11, 30), 9))
    path = home.arrive(home.talk(home.begin()))
    for day, months in ((date(2026, 2, 28), 3), (date(2026, 11, 30), 12), (date(2027, 11, 30), 24)):
        assert home.again(path).next_care_on == day
        frozen_clock(clock.at(day, 9))
        assert call_cares(clock.now()) == 1 and call_cares(clock.now()) == 0
        promise = home.again(path).promise
        assert promise is not None and promise.promise_kind == "coming_home.look_in" and promise.settled_at is None
        path = home.look(home.again(path))
        assert AfterCare.objects.get(homecoming=path, months=months).is_here
    assert (path.state, path.next_care_on) == ("stayed", None)


def test_of_looks_in_that_fell_due_unseen_only_the_last_is_called(home: Home) -> None:
    path = home.here_since(13)
    assert list(path.cares.values_list("months", flat=True)) == [12]
    with pytest.raises(IllegalMove):
        actions.call_care(path, by=SYSTEM)


def test_without_one_due_nobody_looks_in(home: Home) -> None:
    path = home.arrive(home.talk(home.begin()))
    with pytest.raises(IllegalMove):
        home.look(path)


def test_a_look_in_not_done_is_over_when_the_next_falls_due(home: Home, frozen_clock: Freeze) -> None:
    path = home.here_since(3)
    frozen_clock(clock.at(path.next_care_on, 9))  # type: ignore[arg-type]
    call_cares(clock.now())
    home.look(home.again(path))
    first, second = home.again(path).cares.all()
    assert (first.looked_on, second.is_here) == (None, True)


def test_stopping_needs_a_listed_reason_and_settles_what_is_owed(home: Home) -> None:
    path, by = home.begin(), home.cast.village_cadre
    for reason, words in (("", ""), ("taken_back", ""), ("other", " ")):
        with pytest.raises(Invalid):
            actions.stop(path, by=by, reason=reason, words=words)
    actions.stop(path, by=by, reason="no_land", words="")
    assert home.again(path).promise.state == "released"  # type: ignore[union-attr]


def test_what_lies_ahead_is_not_entered(home: Home) -> None:
    ahead = date(clock.today().year + 1, 1, 1)
    path = home.begin()
    with pytest.raises(Invalid):
        actions.talk(path, by=home.cast.village_cadre, held_on=ahead, text="x")
    with pytest.raises(Invalid):
        home.arrive(home.talk(path), arrived_on=ahead)


def test_another_post_of_the_place_can_go_along_and_owes_it(home: Home) -> None:
    path, to = home.begin(), home.cast.world.posts
    with pytest.raises(Invalid):
        actions.reassign(path, by=home.cast.village_cadre, to=to["neighbour_cadre"])
    actions.reassign(path, by=home.cast.village_cadre, to=to["social_worker"])
    assert home.again(path).promise.owner_id == to["social_worker"].pk  # type: ignore[union-attr]


def test_the_log_holds_no_words(home: Home) -> None:
    path = home.here_since(3)
    actions.stop(path, by=home.cast.village_cadre, reason="other", words="家里老人病了")
    text = str(list(Activity.objects.filter(object_id=path.pk).values_list("changed", flat=True)))
    assert not [secret for secret in (WISH, NAME, "家里老人病了", "春燕服装厂", "想用老村部") if secret in text]


def test_gatherings_have_a_declared_number_with_its_source_and_paths_begin_from_them(home: Home) -> None:
    for lack in ({"people": 0}, {"people_source": " "}, {"name": ""}):
        with pytest.raises(Invalid):
            home.gathering(**lack)
    gathering = home.gathering()
    path = home.begin(gathering=gathering)
    assert [step.ref.kind for step in threads.chain(path)] == ["gathering", "homecoming"]
    values = {name: getattr(gathering, name) for name in ("name", "held_on", "venue", "people_source", "heard")}
    actions.correct_gathering(gathering, by=home.cast.village_cadre, people=43, **values)
    with pytest.raises(Forbidden):
        actions.correct_gathering(gathering, by=home.cast.neighbour_cadre, people=1, **values)


def test_figures_count_persons_and_only_who_somebody_found_here(home: Home) -> None:
    two = home.cast.village_cadre
    stays, leaves, unseen = home.here_since(13), home.here_since(13, told=Told("乙", "13500008888", agreed=True)), None
    unseen = home.here_since(14, told=Told("丙", "13500009999", agreed=True))
    home.look(stays)
    actions.leave(leaves, by=two, looked_on=clock.today(), found="去了县城。")
    home.begin()  # the first one again: two paths, one person
    home.gathering(people=40)
    home.gathering(people=25)
    counted = {
        code: figures.compute(f"coming_home.{code}", home.cast.township_staff).value
        for code in ("interested", "arrived", "founders", "came_12", "staying_12", "staying_24", "gatherings",
                     "gathering_people", "outsiders")
    }  # fmt: skip
    assert unseen.state == "home"
    assert counted == {
        "interested": 3, "arrived": 3, "founders": 3, "came_12": 3, "staying_12": 1, "staying_24": 0, "gatherings": 2,
        "gathering_people": 65, "outsiders": 0,
    }  # fmt: skip
    assert figures.compute("coming_home.arrived", home.cast.stranger).value == 0
