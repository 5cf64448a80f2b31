"""Who takes what at the desk: proposed beside the draft, decided by hand, confirmed."""

from __future__ import annotations

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.assignment import actions
from cunlian.organisations.models import Assignment, ResponsibilityList
from cunlian.organisations.responsibility.actions import add_line, draw_list
from tests.desk.conftest import Desk, Enter, soup

BASE = "/desk/assignment/"


@pytest.fixture
def drawn(desk: Desk) -> ResponsibilityList:
    """A draft with one line: the neighbour's worker for the first grid."""
    one = draw_list(by=SYSTEM, place=desk.cast.world.township, year=clock.today().year, capacity="grid_worker")
    add_line(one, by=SYSTEM, post=desk.post("neighbour_worker"), place=desk.cast.world.grid)
    return one


def proposed(desk: Desk, drawn: ResponsibilityList) -> Assignment:
    posts = [desk.post("grid_worker"), desk.post("neighbour_worker")]
    return actions.work_out(actions.begin_assignment(drawn, by=SYSTEM, aim="grid", posts=posts), by=SYSTEM)


def test_from_the_list_to_its_lines_by_the_pages(desk: Desk, enter: Enter, drawn: ResponsibilityList) -> None:
    client = enter(desk.cast.township_staff)
    assert "Propose who takes what" in soup(client.get(f"/desk/responsibility/lists/{drawn.pk}/")).text
    form = soup(client.get(f"{BASE}new/{drawn.pk}/"))
    boxes = form.select("input[type=checkbox][name=posts]")
    chosen = {box["value"] for box in boxes if box.has_attr("checked")}
    assert chosen == {str(desk.post(name).pk) for name in ("grid_worker", "neighbour_worker")}
    assert {box["value"] for box in boxes[: len(chosen)]} == chosen < {box["value"] for box in boxes}
    said = {"aim": "grid", "which": "all", "posts": list(chosen), "way": "points", "keep": 5, "ceiling": ""}
    assert client.post(f"{BASE}new/{drawn.pk}/", {**said, "posts": []}).status_code == 422
    made = client.post(f"{BASE}new/{drawn.pk}/", said)
    one = Assignment.objects.get()
    page = f"{BASE}{one.pk}/"
    assert (made.status_code, made.url) == (302, page)  # type: ignore[attr-defined]
    assert client.get(f"{page}move/confirm/").status_code == 302  # not before it is worked out
    client.post(f"{page}move/work/")

    told = soup(client.get(page))
    numbers = {dt.text: dt.find_next("dd").text for dt in told.select("dl.props dt")}
    assert numbers == {"new": "3", "another post": "1", "stays": "0", "nobody yet": "0"}
    assert "4 lines" in told.text and "No way to share out is more even" in told.text
    assert drawn.lines.count() == 1
    client.post(f"{page}move/confirm/")
    assert drawn.lines.count() == 4


def test_each_number_opens_its_lines(desk: Desk, enter: Enter, drawn: ResponsibilityList) -> None:
    client, one = enter(desk.cast.township_staff), proposed(desk, drawn)
    page = soup(client.get(f"{BASE}{one.pk}/"))
    links = [a for a in page.select("a.fig") if "#lines" in a["href"]]
    assert len(links) >= 4
    for a in links:
        assert len(soup(client.get(a["href"])).select("#lines table.tb-rows tbody tr")) == int(a.text)


def test_pairs_and_ceilings_are_decided_by_hand(desk: Desk, enter: Enter, drawn: ResponsibilityList) -> None:
    client, one = enter(desk.cast.township_staff), proposed(desk, drawn)
    line = one.lines.get(place=desk.cast.world.grid)
    neighbour = desk.post("neighbour_worker")
    assert client.post(f"{BASE}lines/{line.pk}/rule/", {"ruling": "fix"}).status_code == 422  # which post?
    client.post(f"{BASE}lines/{line.pk}/rule/", {"ruling": "fix", "post": neighbour.pk})
    assert "fixed by hand" in soup(client.get(f"{BASE}{one.pk}/")).text
    row = one.posts.get(post=neighbour)
    client.post(f"{BASE}posts/{row.pk}/ceiling/", {"ceiling": 0})
    refused = client.post(f"{BASE}{one.pk}/move/work/")
    assert refused.status_code == 422 and "leave no room" in soup(refused).text
    client.post(f"{BASE}posts/{row.pk}/ceiling/", {"ceiling": ""})
    assert client.post(f"{BASE}{one.pk}/move/work/").status_code == 302


def test_dropped_it_leaves_the_draft_as_it_is(desk: Desk, enter: Enter, drawn: ResponsibilityList) -> None:
    client, one = enter(desk.cast.township_staff), proposed(desk, drawn)
    client.post(f"{BASE}{one.pk}/move/drop/")
    assert drawn.lines.count() == 1
    assert "Dropped" in soup(client.get(BASE)).text
    assert client.get(f"{BASE}{one.pk}/move/fly/").status_code == 404


def test_others_change_nothing_and_strangers_find_nothing(desk: Desk, enter: Enter, drawn: ResponsibilityList) -> None:
    one = proposed(desk, drawn)
    line, row = one.lines.all()[0], one.posts.all()[0]
    pages = [f"{one.pk}/move/confirm/", f"lines/{line.pk}/rule/", f"posts/{row.pk}/ceiling/"]
    auditor, stranger = enter(desk.cast.auditor), enter(desk.cast.stranger)
    assert auditor.get(f"{BASE}{one.pk}/").status_code == 200
    assert [auditor.post(f"{BASE}{page}").status_code for page in pages] == [302, 403, 403]
    assert all(stranger.get(f"{BASE}{page}").status_code == 404 for page in (f"{one.pk}/", *pages))
    one.refresh_from_db()
    assert one.state == "proposed"
