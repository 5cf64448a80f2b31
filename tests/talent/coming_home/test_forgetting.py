"""What a path keeps about somebody: who sees it, how it is taken back, how long it lasts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cunlian.kernel import clock, figures
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.holdings import tell
from cunlian.kernel.models import Look
from cunlian.kernel.refusals import Conflict, Forbidden
from cunlian.people.actions import erase_person
from cunlian.talent.coming_home import actions
from cunlian.talent.coming_home.sweep import forget_over
from cunlian.talent.models import AfterCare, Homecoming, HomeTalk
from tests.talent.coming_home.conftest import NAME, PHONE, WISH, Home
from tests.traces import find_traces


def test_only_those_who_go_along_see_it_and_nobody_next_door(home: Home) -> None:
    path = home.begin()
    seen = {
        name for name in ("village_cadre", "social_worker", "area_staff", "township_staff", "county_staff", "auditor",
                          "grid_worker", "dispatcher", "county_leader", "neighbour_cadre", "stranger", "resident")
        if Homecoming.objects.visible_to(getattr(home.cast, name)).exists()
    }  # fmt: skip
    assert seen == {"village_cadre", "social_worker", "area_staff", "township_staff", "county_staff", "auditor"}
    assert Homecoming.objects.visible_to(home.person(path)).get() == path


def test_each_look_at_name_and_phone_is_for_a_purpose_the_person_reads(home: Home) -> None:
    path = home.begin()
    assert actions.reveal_comer(path, by=home.cast.village_cadre, purpose="约她谈话").phone == PHONE
    assert Look.objects.get(person_id=path.person_id).purpose == "约她谈话"
    with pytest.raises(Forbidden):
        actions.reveal_comer(path, by=home.cast.auditor, purpose="看看")


def test_taken_back_nothing_tells_who_it_was(home: Home) -> None:
    path = home.here_since(3)
    home.look(path)
    with pytest.raises(Forbidden):
        actions.take_back(home.again(path), by=home.cast.village_cadre)
    actions.take_back(home.again(path), by=home.person(path))
    path = home.again(path)
    assert (path.state, path.person, path.wish, path.came_to) == ("stopped", None, "", "")
    assert not HomeTalk.objects.exclude(text="").exists() and not AfterCare.objects.exclude(found="").exists()


def test_staff_take_it_back_on_the_persons_word(home: Home) -> None:
    path = actions.take_back(home.begin(), by=home.cast.village_cadre.for_("phone"))
    assert path.forgotten_at is not None


def test_what_came_to_nothing_is_forgotten_after_a_year(home: Home) -> None:
    path = actions.stop(home.begin(), by=home.cast.village_cadre, reason="elsewhere")
    assert forget_over(clock.now() + timedelta(days=360)) == 0
    assert forget_over(clock.now() + timedelta(days=370)) == 1
    assert home.again(path).wish == ""
    with pytest.raises(Conflict):
        actions.forget_path(path, by=SYSTEM)


def test_of_who_came_the_words_go_and_the_person_is_still_counted(home: Home) -> None:
    path = home.look(home.here_since(24))
    assert path.state == "stayed" and forget_over(clock.now() + timedelta(days=370)) == 1
    path = home.again(path)
    assert path.person is not None and (path.wish, path.came_to) == ("", "春燕服装厂")
    assert figures.compute("coming_home.staying_24", home.cast.township_staff).value == 1


def test_the_person_is_told_and_erased(home: Home) -> None:
    path = home.talk(home.begin(gathering=home.gathering(heard=f"{NAME}说要回来，{PHONE}")))
    assert path.person is not None
    assert WISH in str(tell(path.person.pk))
    erase_person(path.person, by=SYSTEM)
    assert find_traces(NAME, PHONE) == set() and home.again(path).state == "stopped"
