"""The desk of those who come home: who finds it, what the steps ask, what is never shown."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from cunlian.cases.models import Case
from cunlian.kernel import clock
from cunlian.kernel.models import Look
from cunlian.talent.coming_home.querysets import READERS
from cunlian.talent.coming_home.states import State
from cunlian.talent.models import Gathering, Homecoming, Support
from cunlian.ui.navigation import NAVIGATION
from tests.desk.conftest import Enter, soup
from tests.talent.coming_home.conftest import NAME, PHONE, Home, home

__all__ = ["home"]


def _url(path: Homecoming, move: str = "") -> str:
    if move:
        return reverse("desk:homecoming_move", args=[path.pk, move])
    return reverse("desk:homecoming", args=[path.pk])


def _press(client: Any, path: Homecoming, move: str, **said: object) -> Any:
    form = soup(client.get(_url(path, move))).select_one("form.form")
    assert form is not None
    key = form.select_one("input[name=key]")
    assert key is not None
    return client.post(_url(path, move), {"key": key["value"], **said})


def test_the_side_bar_leads_there_for_those_who_find_something() -> None:
    entry = next(e for group in NAVIGATION for e in group.entries if e.url_name == "desk:homecomings")
    assert entry.roles == frozenset(str(role) for role in READERS)


def test_the_page_masks_who_it_is_and_opens_for_nobody_next_door(home: Home, enter: Enter) -> None:
    path = home.in_state(State.HOME)
    text = enter(home.cast.village_cadre).get(_url(path)).content.decode()
    assert NAME not in text and PHONE not in text and "135****7777" in text
    for stranger in (home.cast.neighbour_cadre, home.cast.stranger, home.cast.grid_worker):
        assert enter(stranger).get(_url(path)).status_code == 404


def test_a_look_in_full_is_for_a_purpose_and_written_down(home: Home, enter: Enter) -> None:
    path = home.begin()
    client, url = enter(home.cast.village_cadre), reverse("desk:homecoming_reveal", args=[path.pk])
    assert client.post(url, {"purpose": ""}).status_code == 422 and not Look.objects.exists()
    answer = client.post(url, {"purpose": "约谈"})
    assert PHONE in answer.content.decode() and answer["Cache-Control"] == "no-store" and Look.objects.count() == 1


@pytest.mark.parametrize("state", list(State), ids=str)
def test_each_button_of_the_page_opens(home: Home, enter: Enter, state: State) -> None:
    path = home.in_state(state)
    client = enter(home.cast.township_staff)
    links = [str(a["href"]) for a in soup(client.get(_url(path))).select(".moves-bar a.btn")]
    assert [client.get(link).status_code for link in links] == [200] * len(links)
    assert bool(links) == (not path.is_ended)


def test_the_steps_are_pressed_one_after_the_other(home: Home, enter: Enter) -> None:
    path, client, day = home.begin(), enter(home.cast.township_staff), clock.today().isoformat()
    _press(client, path, "talk", held_on=day, text="想办服装厂。")
    _press(client, path, "ask_support", policy="安恒发〔2025〕12号", fund="担保贷款基金", asked_fen="200000.00")
    support = Support.objects.get()
    said = {"support": str(support.pk), "granted_fen": "0", "paper": "恒贷〔2026〕3号", "decided_on": day}
    assert _press(client, path, "decide_support", **{**said, "granted_fen": "200000.01"}).status_code == 422
    _press(client, path, "decide_support", **said)
    _press(client, path, "raise_need", need="house", text="要一间老屋做车间。")
    _press(client, path, "arrive", arrived_as="firm", came_to="春燕服装厂", arrived_on=day)
    support.refresh_from_db()
    assert (home.again(path).state, support.asked_fen, support.granted_fen) == ("home", 20_000_000, 0)
    assert Case.objects.get().title.startswith("A house")


def test_one_form_pressed_twice_is_one_talk(home: Home, enter: Enter) -> None:
    path, client = home.talk(home.begin()), enter(home.cast.village_cadre)
    said = {"key": "01900000-0000-7000-8000-000000000000", "held_on": clock.today().isoformat(), "text": "再谈。"}
    for _twice in range(2):
        client.post(_url(path, "talk_again"), said)
    assert path.talks.count() == 2


def test_what_is_refused_is_said_beside_the_field_and_nothing_is_lost(home: Home, enter: Enter) -> None:
    path, client = home.begin(), enter(home.cast.village_cadre)
    answer = _press(client, path, "talk", held_on="2999-01-01", text="想办服装厂。")
    assert answer.status_code == 422 and "想办服装厂。" in answer.content.decode()
    assert client.get(_url(path, "arrive")).status_code == 302  # not possible from here
    assert client.get(_url(path, "nonsense")).status_code == 404


def test_staff_enter_for_somebody_and_print_the_slip(home: Home, enter: Enter) -> None:
    client, url = enter(home.cast.village_cadre), reverse("desk:homecoming_new")
    said = {
        "key": "01900000-0000-7000-8000-000000000001", "channel": "door", "origin": "outsider", "name": "钱外生",
        "phone": "13500004444", "place": str(home.cast.world.village.pk), "wish": "想租地种猕猴桃。",
    }  # fmt: skip
    refused = client.post(url, said)
    assert refused.status_code == 422 and "想租地种猕猴桃。" in refused.content.decode()
    answer = client.post(url, {**said, "agreed": "on"})
    path = Homecoming.objects.get()
    assert answer["Location"] == reverse("desk:homecoming_slip", args=[path.pk])
    slip = client.get(answer["Location"]).content.decode()
    assert path.receipt[4:] in slip and "钱外生" not in slip
    assert enter(home.cast.township_staff).get(answer["Location"]).status_code == 404
    assert enter(home.cast.auditor).get(url).status_code == 403


def test_taking_back_is_written_down_on_the_persons_word(home: Home, enter: Enter) -> None:
    path = home.begin()
    _press(enter(home.cast.village_cadre), path, "take_back", channel="phone")
    assert home.again(path).person is None


def test_a_gathering_is_entered_put_right_and_paths_begin_from_it(home: Home, enter: Enter) -> None:
    client, world = enter(home.cast.village_cadre), home.cast.world
    said = {
        "key": "01900000-0000-7000-8000-000000000002", "name": "春节老乡会", "place": str(world.village.pk),
        "called_by": str(world.units["committee"].pk), "held_on": "2026-02-18", "venue": "村部", "people": "40",
        "people_source": "村干部点数", "heard": "都问用地。",
    }  # fmt: skip
    assert client.post(reverse("desk:gathering_new"), {**said, "people": "0"}).status_code == 422
    made = client.post(reverse("desk:gathering_new"), said)
    one = Gathering.objects.get()
    assert made.url == reverse("desk:gathering", args=[one.pk])  # type: ignore[attr-defined]
    again = client.post(reverse("desk:gathering_new"), said)
    assert again.url == reverse("desk:gatherings") and Gathering.objects.count() == 1  # type: ignore[attr-defined]
    put_right = {**said, "key": "01900000-0000-7000-8000-000000000003", "people": "43"}
    client.post(reverse("desk:gathering_correct", args=[one.pk]), put_right)
    page = soup(client.get(reverse("desk:gathering", args=[one.pk])))
    assert "43" in page.text and "村干部点数" in page.text
    begin = page.select_one(".tools a.btn-primary")
    assert (
        begin is not None and str(one.pk) in soup(client.get(str(begin["href"]))).select_one("#id_gathering").prettify()
    )  # type: ignore[union-attr]


@pytest.mark.parametrize(("query", "found"), [
    ("", 2), ("state=all", 4), ("state=arrived", 2), ("state=stopped", 1), ("mine=waiting", 0), ("origin=outsider", 1),
    ("late=on", 0), ("village=610902107202", 0), ("state=nonsense", 0),
])  # fmt: skip
def test_the_filters(home: Home, enter: Enter, query: str, found: int) -> None:
    home.begin(origin="outsider")
    for state in (State.HOME, State.STOPPED, State.LEFT):
        home.in_state(state)
    rows = soup(enter(home.cast.township_staff).get(f"{reverse('desk:homecomings')}?{query}")).select("tbody tr td.ttl")
    assert len(rows) == found


def test_a_hundred_rows_take_as_many_queries_as_one(
    home: Home, enter: Enter, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    client, url = enter(home.cast.township_staff), reverse("desk:homecomings")
    home.begin()
    client.get(url)
    with django_assert_max_num_queries(60) as first:
        client.get(url)
    for _more in range(5):
        home.begin()
    with django_assert_num_queries(len(first)):
        client.get(url)
