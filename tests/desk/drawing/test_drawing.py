"""Drawing areas at the desk: begun, worked out, put right by hand, proposed, adopted or dropped."""

from __future__ import annotations

import pytest

from cunlian.kernel import clock, jobs
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Job
from cunlian.organisations.models import Duty
from cunlian.places.actions.districts import enter_roster
from cunlian.places.actions.positions import set_position
from cunlian.places.drawing import actions
from cunlian.places.models import Area, AreaDrawing, AreaMembership, Border, DrawnVillage, on
from tests.cast import START
from tests.desk.conftest import Desk, Enter, soup

BASE = "/desk/drawing/"


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Two villages with points, in one area today."""
    villages = [desk.cast.world.village, desk.cast.world.other_village]
    enter_roster(villages, by=SYSTEM, starts_on=START, paper="名册")
    for n, village in enumerate(villages):
        set_position(village, by=SYSTEM, latitude_e7=327_000_000 + n * 90_000, longitude_e7=1_087_500_000)
    return desk


def drawn(two: Desk, areas: int = 2) -> AreaDrawing:
    drawing = actions.begin_drawing(two.cast.world.county, by=SYSTEM, title="重划片区", areas=areas)
    return actions.draw_areas(drawing, by=SYSTEM, facts={})


def test_from_the_form_to_the_new_areas_by_its_pages(two: Desk, enter: Enter) -> None:
    client, world = enter(two.cast.county_staff), two.cast.world
    said = {"title": "重划片区", "root": world.county.code, "area_kind": "management", "areas": 2, "way": "points",
            "tolerance": 10, "hollow_from": 50}  # fmt: skip
    assert client.post(f"{BASE}new/", {**said, "areas": 99}).status_code == 422
    made = client.post(f"{BASE}new/", said)
    drawing = AreaDrawing.objects.get()
    page = f"{BASE}{drawing.pk}/"
    assert (made.status_code, made.url) == (302, page)  # type: ignore[attr-defined]
    empty = soup(client.get(page))
    assert "Nothing is worked out yet" in empty.text and "Have them worked out first" in empty.text
    assert not empty.select(f'a[href="{page}move/propose/"]')

    client.post(f"{page}work/")
    assert "The areas are being worked out" in soup(client.get(page)).text
    told: list[int] = []
    job = Job.objects.get()
    jobs.JOBS[job.name](job, lambda done, total=None: told.append(done))  # type: ignore[arg-type]
    Job.objects.update(state=Job.State.DONE, ended_at=clock.now())
    assert told and told == sorted(told)
    text = soup(client.get(page)).text
    assert "There is no better drawing" in text and "New area 1" in text

    assert client.get(f"{page}move/adopt/").status_code == 302  # not before it is proposed
    client.post(f"{page}move/propose/")
    adopt = {"starts_on": clock.today().isoformat(), "paper": "恒区办〔2026〕9号", "reason": "就近"}
    assert client.post(f"{page}move/adopt/", {**adopt, "paper": ""}).status_code == 422
    assert client.post(f"{page}move/adopt/", adopt).status_code == 302
    held = AreaMembership.objects.filter(on(clock.today()))
    assert held.count() == 2 and len(set(held.values_list("area", flat=True))) == 2
    assert "就近" in soup(client.get(page)).text


def test_each_number_opens_the_villages_it_counts(two: Desk, enter: Enter) -> None:
    client, drawing = enter(two.cast.county_staff), drawn(two)
    page = soup(client.get(f"{BASE}{drawing.pk}/"))
    links = [a["href"] for a in page.select("a.fig") if "villages/" in a["href"]]
    assert links
    counted = [len(soup(client.get(link)).select("table.tb-rows tbody tr")) for link in links]
    assert sorted(counted) == sorted(int(a.text) for a in page.select("a.fig") if "villages/" in a["href"])
    assert len(page.select("svg.dots circle")) == 2


def test_a_village_is_moved_and_a_pair_fixed_by_hand(two: Desk, enter: Enter) -> None:
    client, drawing, world = enter(two.cast.county_staff), drawn(two, areas=1), two.cast.world
    pair = {"one": world.village.code, "other": world.other_village.code, "together": "yes"}
    assert client.post(f"{BASE}{drawing.pk}/pair/", pair).status_code == 302
    assert client.post(f"{BASE}{drawing.pk}/pair/", pair).status_code == 422
    fixed = drawing.pairs.get()
    assert "in one area" in soup(client.get(f"{BASE}{drawing.pk}/")).text
    assert enter(two.cast.stranger).post(f"{BASE}pairs/{fixed.pk}/free/").status_code == 404
    assert client.post(f"{BASE}pairs/{fixed.pk}/free/").status_code == 302

    both = drawn(two)
    row = DrawnVillage.objects.filter(drawing=both).for_list().first()
    assert row is not None
    other = both.drawn_areas.exclude(pk=row.drawn_id).get()
    assert client.post(f"{BASE}villages/{row.pk}/put/", {"into": other.pk}).status_code == 422  # the last of its area
    new = both.drawn_areas.get(area=None)
    assert client.post(f"{BASE}areas/{new.pk}/name/", {"name": "北片区"}).status_code == 302
    assert "北片区" in soup(client.get(f"{BASE}{both.pk}/")).text


def test_dropped_it_stays_with_its_reason(two: Desk, enter: Enter) -> None:
    client, drawing = enter(two.cast.county_staff), drawn(two)
    assert client.post(f"{BASE}{drawing.pk}/move/drop/", {"reason": ""}).status_code == 422
    client.post(f"{BASE}{drawing.pk}/move/drop/", {"reason": "两村意见不一"})
    assert "两村意见不一" in soup(client.get(f"{BASE}{drawing.pk}/")).text
    assert "重划片区" in soup(client.get(f"{BASE}?state=dropped")).text


def test_duties_for_an_area_that_ends_end_with_it(two: Desk, enter: Enter) -> None:
    client, world, day = enter(two.cast.county_staff), two.cast.world, clock.today()
    second = Area.objects.create(root=world.township, name="桥头片区", area_kind="management", starts_on=START)
    AreaMembership.objects.filter(place=world.other_village).update(area=second)
    Duty.objects.filter(area=world.area).update(area=second)
    drawing = drawn(two, areas=1)
    actions.propose_drawing(drawing, by=SYSTEM)
    said = {"starts_on": day.isoformat(), "paper": "恒区办〔2026〕9号", "reason": "合并"}
    client.post(f"{BASE}{drawing.pk}/move/adopt/", said)
    gone = Area.objects.get(ends_on=day)
    assert Area.objects.filter(on(day)).count() == 1
    assert not Duty.objects.on(day).filter(area=gone).exists()


def test_borders_are_entered_in_lines(two: Desk, enter: Enter) -> None:
    client, world = enter(two.cast.county_staff), two.cast.world
    lines = f"{world.village.short_name} {world.other_village.code}\n\n"
    assert client.post(f"{BASE}borders/enter/", {"pairs": "一个村", "source": "村干部"}).status_code == 422
    assert client.post(f"{BASE}borders/enter/", {"pairs": lines, "source": "村干部"}).status_code == 302
    border = Border.objects.get()
    assert world.village.short_name in soup(client.get(f"{BASE}borders/")).text
    assert client.post(f"{BASE}borders/{border.pk}/out/").status_code == 302
    assert not Border.objects.exists()


def test_the_township_reads_none_of_the_county_and_strangers_find_nothing(two: Desk, enter: Enter) -> None:
    drawing, auditor = drawn(two), enter(two.cast.auditor)
    assert auditor.get(f"{BASE}{drawing.pk}/").status_code == 200
    assert auditor.post(f"{BASE}{drawing.pk}/work/").status_code == 403
    for actor in (two.cast.township_staff, two.cast.stranger, two.cast.village_cadre):
        client = enter(actor)
        for page in ("", "villages/", "pair/", "move/drop/"):
            assert client.get(f"{BASE}{drawing.pk}/{page}").status_code == 404
        assert client.post(f"{BASE}{drawing.pk}/work/").status_code == 404
