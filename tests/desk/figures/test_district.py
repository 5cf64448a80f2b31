"""The district page: every number opens exactly the records it counts, for this viewer."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from cunlian.cases.states import State
from cunlian.desk.figures.district import a_year_before
from cunlian.kernel import clock, figures
from cunlian.kernel.figures import Period
from tests.desk.conftest import Desk, Enter, soup

pytestmark = pytest.mark.django_db
STATES = (State.REPORTED, State.IN_PROGRESS, State.ANSWERED, State.CONFIRMED, State.VOUCHED, State.REJECTED)


@pytest.fixture
def busy(desk: Desk) -> Desk:
    for state in STATES:
        desk.in_state(state)
    return desk


def _numbers(page: object) -> list[tuple[str, int]]:
    """Every figure of the page that leads to records: its address and what it says."""
    found = []
    for link in soup(page).select("a.fig"):
        digits = re.sub(r"[^\d]", "", link.text.split("%")[-1].split("(")[-1].split(" of ")[0])
        if "/figures/" in link["href"] and digits:
            found.append((str(link["href"]), int(digits)))
    return found


def _rows(client: Client, url: str) -> int:
    """How many records the page behind a number says it lists."""
    foot = soup(client.get(url)).select_one(".tb-foot span")
    return int(re.sub(r"\D", "", foot.text)) if foot else 0


@pytest.mark.parametrize("role", ["county_leader", "village_cadre", "auditor"])
def test_each_number_opens_as_many_records_as_it_says(busy: Desk, enter: Enter, role: str) -> None:
    client = enter(getattr(busy.cast, role))
    numbers = [(url, n) for url, n in _numbers(client.get(reverse("desk:district"))) if "median" not in url]
    assert len(numbers) > 8
    assert [(url, n, _rows(client, url)) for url, n in numbers if _rows(client, url) != n] == []


def test_each_number_of_a_month_opens_its_records(busy: Desk, enter: Enter) -> None:
    page = soup(enter(busy.cast.county_leader).get(reverse("desk:district")))
    cells = page.select(".twin td")
    told = [cell for cell in cells if cell.text.strip() != "0"]
    assert told and [str(cell) for cell in told if not cell.select_one("a.fig")] == []


def test_the_sums_agree(busy: Desk, enter: Enter) -> None:
    page = soup(enter(busy.cast.county_leader).get(reverse("desk:district")))
    assert len(page.select(".checks .ok")) == 2 and not page.select(".checks .bad")


@pytest.mark.parametrize(
    ("name", "said"), [("county_leader", False), ("auditor", False), ("village_cadre", True), ("administrator", True)]
)
def test_who_works_for_less_than_the_district_reads_that_it_counts_less(
    desk: Desk, enter: Enter, name: str, said: bool
) -> None:
    text = soup(enter(getattr(desk.cast, name)).get(reverse("desk:district"))).text
    assert ("Only what you may see is counted here." in text) == said


def test_where_nothing_came_in_no_bar_no_unit_and_no_share_is_drawn(desk: Desk, enter: Enter) -> None:
    page = soup(enter(desk.cast.county_leader).get(reverse("desk:district")))
    median = next(card for card in page.select(".cards > div") if "Median" in card.text)
    assert "no data" in median.text and "days" not in median.text and "sooner" not in median.text
    assert not page.select("i.bar") and "100%" not in page.text


def test_who_works_for_a_grid_alone_is_shown_no_empty_sketch_and_reads_why_no_village_is_listed(
    desk: Desk, enter: Enter
) -> None:
    whole = soup(enter(desk.cast.village_cadre).get(reverse("desk:district")))
    alone = soup(enter(desk.cast.grid_worker).get(reverse("desk:district")))
    assert whole.select_one("svg.sketch")
    assert not alone.select_one("svg.sketch") and "No whole village lies in your territory" in alone.text


def test_another_countys_staff_count_nothing_here(busy: Desk, enter: Enter) -> None:
    assert all(n == 0 for _url, n in _numbers(enter(busy.cast.stranger).get(reverse("desk:district"))))


@pytest.mark.parametrize(
    ("query", "status"),
    [("from=yesterday", 422), ("from=2026-05-01&to=2026-04-01", 422), ("place=999", 404), ("area=x", 404),
     ("place=610903101", 404), ("from=0001-01-01", 422), ("to=9999-12-31", 422), ("on=9999-12-31", 422)],
)  # fmt: skip
def test_an_address_that_cannot_be_is_answered_with_a_sentence(
    busy: Desk, enter: Enter, query: str, status: int
) -> None:
    page = enter(busy.cast.county_leader).get(f"{reverse('desk:district')}?{query}")
    assert page.status_code == status
    assert soup(page).select_one("main").text.strip()


def test_an_unknown_figure_is_not_found(busy: Desk, enter: Enter) -> None:
    assert enter(busy.cast.county_leader).get(reverse("desk:figure", args=["cases.smiles"])).status_code == 404


def test_the_catalogue_lists_every_figure_with_its_nature(busy: Desk, enter: Enter) -> None:
    page = soup(enter(busy.cast.auditor).get(f"{reverse('desk:figures')}?per_page=200"))
    links = {urlsplit(str(link["href"])).path.rstrip("/").split("/")[-1] for link in page.select("main td.first a")}
    assert set(figures.INDICATORS) <= links


def test_the_last_line_of_the_table_tells_the_whole(busy: Desk, enter: Enter) -> None:
    page = soup(enter(busy.cast.county_leader).get(f"{reverse('desk:district')}?by=village"))
    foot = [cell.text.strip() for cell in page.select("tfoot[role] td")]
    villages, received = (
        sum(int(cell.text) for cell in page.select(f"tbody td[data-label={head}]")) for head in ("Villages", "Received")
    )
    assert foot[:3] == ["Total", str(villages), str(received)] and received == len(STATES)


def test_a_number_stands_beside_that_of_the_same_days_a_year_earlier(busy: Desk, enter: Enter) -> None:
    client = enter(busy.cast.county_leader)
    today = clock.today()
    period = f"from={today.replace(day=1)}&to={today}"
    assert "a year earlier" not in soup(client.get(f"{reverse('desk:district')}?{period}")).text
    later = today.replace(year=today.year + 1)
    page = soup(client.get(f"{reverse('desk:district')}?from={later.replace(day=1)}&to={later}"))
    line = page.select(".cards .d:has(a)")[0]
    assert " ".join(line.text.split()) == f"a year earlier {len(STATES)}, {len(STATES)} fewer"
    assert _rows(client, str(line.select("a")[0]["href"])) == len(STATES)


def test_the_year_before_a_leap_day_ends_on_the_28th() -> None:
    period = Period(date(2028, 2, 1), date(2028, 2, 29))
    assert a_year_before(period) == Period(date(2027, 2, 1), date(2027, 2, 28))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_reads_in_both_languages(busy: Desk, enter: Enter, language: str) -> None:
    page = enter(busy.cast.county_leader).get(reverse("desk:district"), HTTP_ACCEPT_LANGUAGE=language)
    assert ("逐月受理" in page.content.decode()) == (language == "zh-hans")


def test_the_period_is_kept_on_the_way_down(busy: Desk, enter: Enter) -> None:
    page = enter(busy.cast.county_leader).get(f"{reverse('desk:district')}?from=2026-01-01&to=2026-12-31")
    for url, _n in _numbers(page)[:4]:
        assert parse_qs(urlsplit(url).query)["from"] == ["2026-01-01"]


def test_person_neighbour_and_silence_stand_in_rows_of_their_own(busy: Desk, enter: Enter) -> None:
    """Three ways of being closed, never one “satisfaction”."""
    counted = {"cases.confirmed": 1, "cases.vouched": 3, "cases.elapsed": 2}
    for state, more in ((State.VOUCHED, 2), (State.ELAPSED, 2)):
        for _n in range(more):
            busy.in_state(state)
    page = enter(busy.cast.county_leader).get(reverse("desk:district"))
    shown = {urlsplit(url).path.rstrip("/").rsplit("/", 1)[1]: number for url, number in _numbers(page)}
    assert {code: shown[code] for code in counted} == counted
