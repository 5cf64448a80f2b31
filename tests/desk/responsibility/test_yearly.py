"""Yearly lists at the desk: drawn up, filled, settled, printed for the board; read by residents."""

from __future__ import annotations

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.models import Capacity, Duty, ResponsibilityList
from cunlian.organisations.responsibility import actions
from tests.desk.conftest import Desk, Enter, soup

BASE = "/desk/responsibility/lists/"


def drawn(desk: Desk, capacity: str = Capacity.STATIONED_CADRE, **said: object) -> ResponsibilityList:
    values = {"place": desk.cast.world.township, "year": clock.today().year, "paper": "青政发〔2026〕1号", **said}
    return actions.draw_list(by=SYSTEM, capacity=capacity, **values)  # type: ignore[arg-type]


def published(one: ResponsibilityList) -> None:
    actions.approve_list(one, by=SYSTEM)
    actions.publish_list(one, by=SYSTEM)


def test_from_the_draft_to_the_board_by_its_pages(desk: Desk, enter: Enter) -> None:
    client, world = enter(desk.cast.township_staff), desk.cast.world
    said = {"capacity": "stationed_cadre", "place": world.township.code, "year": clock.today().year}
    assert client.post(f"{BASE}new/", said).status_code == 302
    one = ResponsibilityList.objects.get()
    page = f"{BASE}{one.pk}/"
    post = desk.post("village_cadre")

    assert client.post(f"{page}line/", {"post": post.pk}).status_code == 422  # for what?
    assert client.post(f"{page}line/", {"post": post.pk, "village": world.village.pk}).status_code == 302
    assert "1 duty begins" in soup(client.get(page)).text
    assert client.get(f"{page}board/").status_code == 404
    assert client.post(f"{page}move/approve/", {}).status_code == 422  # on which paper?
    client.post(f"{page}move/approve/", {"paper": "青政发〔2026〕1号"})
    client.post(f"{page}move/publish/", {})

    assert Duty.objects.on(clock.today()).filter(capacity="stationed_cadre", post=post, place=world.village).exists()
    sheet = soup(client.get(f"{page}board/")).text
    assert "何世平" in sheet and "柳湾" in sheet and "青政发〔2026〕1号" in sheet
    assert client.get(f"{page}move/publish/").status_code == 302  # not possible any more
    assert client.get(f"{page}move/fly/").status_code == 404


def test_running_duties_are_taken_over_and_a_line_goes_out(desk: Desk, enter: Enter) -> None:
    client, one = enter(desk.cast.township_staff), drawn(desk, Capacity.TOWNSHIP_LEADER)
    assert client.post(f"{BASE}{one.pk}/take-over/").status_code == 302
    line = one.lines.get()
    assert "runs already, goes on" in soup(client.get(f"{BASE}{one.pk}/")).text
    assert client.post(f"{BASE}lines/{line.pk}/out/").status_code == 302
    assert not one.lines.exists()


def test_what_would_end_is_named_before_it_ends(desk: Desk, enter: Enter) -> None:
    world, first = desk.cast.world, drawn(desk)
    actions.add_line(first, by=SYSTEM, post=desk.post("village_cadre"), place=world.village)
    published(first)
    after = drawn(desk, year=clock.today().year + 1)
    actions.add_line(after, by=SYSTEM, post=desk.post("social_worker"), place=world.village)
    text = soup(enter(desk.cast.township_staff).get(f"{BASE}{after.pk}/")).text

    assert "Ends, because it is not on this list" in text and str(desk.post("village_cadre")) in text


def test_others_read_it_and_change_nothing_and_strangers_do_not_find_it(desk: Desk, enter: Enter) -> None:
    one = drawn(desk)
    reader, stranger = enter(desk.cast.grid_worker), enter(desk.cast.stranger)
    assert reader.get(f"{BASE}{one.pk}/").status_code == 200
    assert "Draw up a yearly list" not in soup(reader.get(BASE)).text
    for page in ("line/", "take-over/"):
        assert reader.post(f"{BASE}{one.pk}/{page}").status_code == 403
    for page in ("", "board/", "line/", "take-over/", "move/approve/"):
        assert stranger.get(f"{BASE}{one.pk}/{page}").status_code == 404


def test_contacts_stand_on_the_board_by_post_and_not_by_name(desk: Desk, enter: Enter) -> None:
    one = drawn(desk, Capacity.MEMBER_CONTACT)
    actions.add_line(one, by=SYSTEM, post=desk.post("social_worker"), household=desk.cast.world.household)
    published(one)
    sheet = soup(enter(desk.cast.township_staff).get(f"{BASE}{one.pk}/board/")).text

    assert "社工" in sheet and "沈小雨" not in sheet
    assert desk.cast.world.household.address not in sheet
