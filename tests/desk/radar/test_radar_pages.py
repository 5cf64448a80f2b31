"""The radar and what belongs to it at the desk: gaps closed where they are shown, numbers that open their places."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.coverage.actions import decide_ceiling, enter_leave, name_matter
from cunlian.organisations.coverage.levels import Lead
from cunlian.organisations.models import AreaMatter, Capacity, Duty, DutyCeiling, Leave, StandIn
from tests.desk.conftest import Desk, Enter, soup
from tests.organisations.coverage.conftest import Answers

RADAR = "/desk/radar/"


@pytest.fixture
def answers(desk: Desk) -> Answers:
    return Answers(desk.cast)


def gap_url(answers: Answers, rule: str, key: object) -> str:
    return f"{RADAR}gaps/{rule}/{key}/"


def test_a_stand_in_closes_a_gap_where_it_is_shown(answers: Answers, enter: Enter) -> None:
    world, client = answers.cast.world, enter(answers.cast.village_head)
    answers.leaves_post("grid_worker", days_ago=6)
    page = soup(client.get(f"{RADAR}?what=grid_worker&why=vacant"))
    row = page.select_one("tbody tr")
    assert row and "柳湾村一网格" in row.text and row.select("td")[6].text == "6"
    url = gap_url(answers, "grid_worker", world.grid.pk)
    assert any(link["href"] == url and link.text == "Name a stand-in" for link in row.select("a"))

    said = {
        "by_post": world.posts["social_worker"].pk, "reason": "空缺", "starts_on": clock.today(),
        "ends_on": clock.today() + timedelta(days=20),
    }  # fmt: skip
    answers.leaves_post("lane_leader", days_ago=1)
    offered = {one["value"] for one in soup(client.get(url)).select("select[name=by_post] option")}
    empty = str(world.posts["lane_leader"].pk)
    assert str(said["by_post"]) in offered and empty not in offered, "nobody holds it, so it stands in for nobody"
    assert client.post(url, {**said, "by_post": ""}).status_code == 422
    assert client.post(url, said).status_code == 302
    assert StandIn.objects.get().by_post == world.posts["social_worker"]
    assert "Every place" in soup(client.get(f"{RADAR}?what=grid_worker&why=vacant")).text
    assert client.get(url).status_code == 302  # closed by now


def test_what_has_no_post_is_given_one(answers: Answers, enter: Enter) -> None:
    world, client = answers.cast.world, enter(answers.cast.village_head)
    url = gap_url(answers, "grid_worker", world.second_grid.pk)
    assert "Nobody is named" in soup(client.get(url)).text
    client.post(url, {"post": world.posts["social_worker"].pk, "capacity": "grid_worker", "starts_on": clock.today()})
    assert Duty.objects.get(place=world.second_grid).post == world.posts["social_worker"]

    area = gap_url(answers, "area_ecology", world.area.pk)
    lead = enter(answers.cast.township_staff)
    said = {"post": world.posts["township_head"].pk, "starts_on": clock.today()}
    assert lead.post(area, said).status_code == 422  # on which paper?
    assert lead.post(area, {**said, "paper": "青政发〔2026〕8号"}).status_code == 302
    assert AreaMatter.objects.get().matter == "ecology"


def test_others_see_the_gap_and_do_not_close_it(answers: Answers, enter: Enter) -> None:
    world = answers.cast.world
    answers.leaves_post("grid_worker")
    url = gap_url(answers, "grid_worker", world.grid.pk)
    reader = enter(answers.cast.mediator)
    page = soup(reader.get(f"{RADAR}?why=vacant"))
    assert world.grid.name in page.text and "Name a stand-in" not in page.text
    assert not page.select(f'a[href="{url}"]'), "no link to a form that would be refused"
    assert reader.post(url, {}).status_code == 403
    assert enter(answers.cast.neighbour_cadre).post(url, {}).status_code == 403
    assert enter(answers.cast.stranger).get(url).status_code == 302
    assert enter(answers.cast.county_staff).get(gap_url(answers, "nonsense", world.grid.pk)).status_code == 404


def test_an_open_request_is_closed_by_a_stand_in_for_its_post(desk: Desk, answers: Answers, enter: Enter) -> None:
    case = desk.report(place=answers.cast.world.grid)
    assert case.holder == answers.cast.world.posts["grid_worker"]
    answers.leaves_post("grid_worker")
    client = enter(answers.cast.township_staff)
    row = soup(client.get(f"{RADAR}?what=open_matter")).select_one("tbody tr")
    assert row and "Answer to a request" in row.text
    url = str(row.select_one("td.ttl a")["href"])  # type: ignore[index]
    assert enter(answers.cast.mediator).get(url).status_code == 302  # to the radar, or to the request they may see
    said = {"by_post": answers.cast.world.posts["social_worker"].pk, "reason": "代", "starts_on": clock.today()}
    assert client.post(url, {**said, "ends_on": clock.today() + timedelta(days=9)}).status_code == 302
    assert not soup(client.get(f"{RADAR}?what=open_matter")).select("tbody tr")


@pytest.mark.parametrize("asked", ["where=柳湾", "where=mine", "where=99", "what=x", "why=x", "long=x"])
def test_an_address_that_cannot_be_read_shows_nothing_and_says_so(answers: Answers, enter: Enter, asked: str) -> None:
    response = enter(answers.cast.county_staff).get(f"{RADAR}?{asked}")
    assert response.status_code == 200 and not soup(response).select("tbody tr")


def test_the_radar_opens_on_what_one_works_for_and_is_widened_to_a_place_an_area_and_the_whole(
    answers: Answers, enter: Enter
) -> None:
    world, client = answers.cast.world, enter(answers.cast.village_cadre)

    def titles(where: object) -> list[str]:
        page = soup(client.get(f"{RADAR}?what=grid_worker&where={where}"))
        return [cell.text for cell in page.select("tbody td.ttl")]

    assert titles(world.other_village.code) == ["桥头村二网格"]
    assert titles("") == ["柳湾村二网格"]
    assert sorted(titles("all")) == ["柳湾村二网格", "桥头村二网格"]
    assert sorted(titles(world.area.pk)) == ["柳湾村二网格", "桥头村二网格"]


def test_who_works_for_a_part_is_offered_the_whole_and_who_works_for_the_whole_is_not(
    answers: Answers, enter: Enter
) -> None:
    def offered(name: str, query: str = "") -> bool:
        page = soup(enter(getattr(answers.cast, name)).get(f"{RADAR}{query}"))
        return "Show the whole district" in page.text

    assert offered("village_cadre") and not offered("village_cadre", "?where=all")
    assert not offered("county_staff")


def test_the_numbers_of_the_radar_are_those_of_its_rows(answers: Answers, enter: Enter) -> None:
    client = enter(answers.cast.county_staff)
    page = soup(client.get(RADAR))
    cards = [int(one.text) for one in page.select(".cards .v")]
    assert sum(cards) == len(page.select("tbody tr")) > 2 and f"{sum(cards)} gaps" in page.text
    nobody = soup(client.get(f"{RADAR}?why=nobody"))
    assert f"{len(nobody.select('tbody tr'))} gap" in nobody.text


def test_each_number_of_what_is_missing_opens_the_places(answers: Answers, enter: Enter) -> None:
    client = enter(answers.cast.county_staff)
    page = soup(client.get(f"{RADAR}coverage/?where={answers.cast.world.village.code}"))
    rows = {row.select("td")[0].text: row for row in page.select("tbody tr")}
    link = rows["Grid worker"].select("td")[6].select_one("a")
    assert link and link.text == "1" and "50" in rows["Grid worker"].text
    assert "there are none" in rows["Lane leader"].text
    places = soup(client.get(str(link["href"])))
    assert [cell.text for cell in places.select("tbody td.ttl")] == ["柳湾村二网格"]
    assert client.get(f"{RADAR}coverage/nonsense/").status_code == 404


def test_the_five_levels_name_who_leads_and_count_the_rest(answers: Answers, enter: Enter) -> None:
    client = enter(answers.cast.grid_worker)
    text = soup(client.get(f"{RADAR}levels/")).text
    assert "秦卫东" in text and "葛远山" in text and "贺明" in text
    for level in Lead:
        assert soup(client.get(f"{RADAR}levels/{level}/")).select("tbody tr"), level
    assert client.get(f"{RADAR}levels/sky/").status_code == 404
    answers.leaves_post("area_staff")
    text = soup(client.get(f"{RADAR}levels/")).text
    assert "葛远山" not in text and "Nobody who is there leads at this level." in text


def test_the_board_of_an_area_says_who_since_when_and_what_is_empty(answers: Answers, enter: Enter) -> None:
    world, client = answers.cast.world, enter(answers.cast.township_staff)
    url = f"{RADAR}five/{world.area.pk}/industry/"
    said = {"post": world.posts["township_head"].pk, "paper": "青政发〔2026〕8号", "starts_on": clock.today()}
    assert client.post(url, said).status_code == 302
    text = soup(client.get(f"{RADAR}five/")).text
    assert "贺明" in text and "青政发〔2026〕8号" in text and "4 matters with nobody" in text
    named = AreaMatter.objects.get()
    assert enter(answers.cast.area_staff).post(url, said).status_code == 403
    assert enter(answers.cast.stranger).post(url, said).status_code == 404
    assert enter(answers.cast.stranger).post(f"{RADAR}five/{named.pk}/", {}).status_code == 404
    assert client.post(f"{RADAR}five/{named.pk}/", {"ends_on": clock.today()}).status_code == 302
    assert "5 matters with nobody" in soup(client.get(f"{RADAR}five/")).text
    assert client.get(f"{RADAR}five/{world.area.pk}/weather/").status_code == 404


def test_posts_over_the_countys_ceiling_stand_by_place_and_open_what_they_carry(answers: Answers, enter: Enter) -> None:
    world, client = answers.cast.world, enter(answers.cast.county_staff)
    said: dict[str, Any] = {"capacity": "grid_worker", "most": 1, "paper": "测政办〔2026〕2号"}
    assert client.post(f"{RADAR}loads/ceilings/new/", {**said, "most": 0}).status_code == 422
    assert client.post(f"{RADAR}loads/ceilings/new/", said).status_code == 302
    assert not soup(client.get(f"{RADAR}loads/")).select("tbody tr")
    for grid in (world.second_grid, world.other_grid):
        answers.duty("grid_worker", Capacity.GRID_WORKER, place=grid)
    row = soup(client.get(f"{RADAR}loads/")).select_one("tbody tr")
    assert row and row.select("td")[3].text == "3" and "许建华" not in row.text
    assert row.select("td")[3].select_one("a")["href"].endswith(f"/posts/{world.posts['grid_worker'].pk}/")  # type: ignore[index,union-attr]
    assert not soup(client.get(f"{RADAR}loads/?sort=-carries")).select("th a"), "nobody is ranked by what they carry"
    assert "测政办" in soup(client.get(f"{RADAR}loads/ceilings/")).text
    assert enter(answers.cast.township_staff).post(f"{RADAR}loads/ceilings/new/", said).status_code == 403


def test_a_leave_is_entered_and_ended_on_the_page_of_the_post(answers: Answers, enter: Enter) -> None:
    posting, client = answers.posting("grid_worker"), enter(answers.cast.village_head)
    url = f"{RADAR}leaves/new/{posting.pk}/"
    said = {"starts_on": clock.today(), "ends_on": clock.today() + timedelta(days=5)}
    assert client.post(url, {**said, "ends_on": clock.today()}).status_code == 422
    assert client.post(url, said).status_code == 302
    page = soup(client.get(f"/desk/responsibility/posts/{posting.post_id}/"))
    assert "When the holder is away" in page.text
    leave = Leave.objects.get()
    assert enter(answers.cast.neighbour_cadre).post(url, said).status_code == 403
    assert enter(answers.cast.stranger).post(f"{RADAR}leaves/{leave.pk}/end/").status_code == 404
    assert client.post(f"{RADAR}leaves/{leave.pk}/end/").status_code == 302
    assert not Leave.objects.exists()  # it never began


def test_pages_take_the_same_queries_for_more_gaps(
    answers: Answers, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        answers.group(number + 1)
    enter_leave(
        answers.posting("grid_worker"), by=SYSTEM, starts_on=clock.today(), ends_on=clock.today() + timedelta(3)
    )
    area, post = answers.cast.world.area, answers.cast.world.posts["township_head"]
    name_matter(area, by=SYSTEM, matter="ecology", post=post, paper="x")
    decide_ceiling(by=SYSTEM, root=answers.cast.world.county, capacity="grid_worker", most=3, paper="x")
    client = enter(answers.cast.county_staff)
    for page in ("", "levels/", "five/", "loads/"):
        with django_assert_max_num_queries(40):
            assert client.get(f"{RADAR}{page}").status_code == 200
    assert DutyCeiling.objects.holding().count() == 1
