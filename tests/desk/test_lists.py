"""Every list of the desk gives its file: as many rows as its page counts, for the same eyes, whatever its length."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import get_resolver, resolve, reverse
from openpyxl import load_workbook

import cunlian.desk
from cunlian.accounts.models import RoleGrant
from cunlian.cases.models import Case
from cunlian.desk import sheets
from cunlian.desk.lists import LISTS
from cunlian.kernel import figures, jobs
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.kernel.models import Job
from cunlian.organisations.actions import record_gap
from cunlian.organisations.models import Organisation, Posting, Rank
from tests.cases.disputes.conftest import Peace, peace
from tests.desk.conftest import Desk, Enter, soup

__all__ = ["peace"]
pytestmark = pytest.mark.django_db
assert get_resolver().url_patterns  # reading the addresses registers the lists, beside their views


@dataclass(frozen=True)
class Where:
    """A list's address, who finds rows there, and what the staff of another county are answered."""

    url: str
    who: str = "township_staff"
    foreign: int = 200


EVERY = {
    "accounts": Where("/desk/accounts/", "administrator", 403),
    "areas": Where("/desk/places/areas/"),
    "cases": Where("/desk/cases/?state=all", "village_head"),
    "disputes": Where("/desk/disputes/?state=all", "mediator"),
    "duties": Where("/desk/responsibility/duties/"),
    "figure": Where("/desk/figures/cases.received/"),
    "figures": Where("/desk/figures/"),
    "gaps": Where("/desk/responsibility/gaps/"),
    "items": Where("/desk/categories/"),
    "mediation-bodies": Where("/desk/disputes/bodies/", "mediator"),
    "posts": Where("/desk/responsibility/posts/"),
    "unit-posts": Where("/desk/responsibility/units/{unit}/", foreign=404),
    "units": Where("/desk/responsibility/units/"),
    "villages": Where("/desk/places/"),
}


@pytest.fixture
def full(desk: Desk, peace: Peace) -> Desk:
    """A world with at least one row in every list."""
    desk.report("水渠垮了。")
    desk.report("路灯不亮。", category=desk.lamp)
    peace.open()
    record_gap(by=SYSTEM, place=desk.cast.world.second_grid, rank=Rank.GRID)
    return desk


def url_of(desk: Desk, name: str) -> str:
    return EVERY[name].url.format(unit=desk.cast.world.units["committee"].pk)


def read(data: bytes, kind: str) -> list[list[str]]:
    if kind == "csv":
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def file_at(client: Client, url: str, kind: str = "csv") -> list[list[str]]:
    response: Any = client.get(f"{url}{'&' if '?' in url else '?'}export={kind}")
    assert response.status_code == 200
    return read(b"".join(response.streaming_content), kind)


def total_at(client: Client, url: str) -> int:
    foot = soup(client.get(url)).select_one(".tb-foot span")
    return int(re.sub(r"\D", "", foot.text)) if foot else 0


def export(desk: Desk, name: str, actor: Actor, kind: str = "csv", **limit: int) -> Any:
    request: Any = RequestFactory().get(url_of(desk, name))
    request.actor = actor
    return LISTS[name].export(request, kind, **resolve(request.path_info).kwargs, **limit)


def test_every_list_is_in_these_tests_and_no_page_draws_one_beside_them() -> None:
    desk_code = Path(cunlian.desk.__path__[0])
    drawn = [path for path in desk_code.rglob("*.py") if re.search(r"ui\.tables import.*\bpage_of\b", path.read_text())]

    assert set(LISTS) == set(EVERY)
    assert [str(path.relative_to(desk_code)) for path in drawn] == ["lists.py"]


@pytest.mark.parametrize("name", EVERY)
def test_both_files_hold_as_many_rows_as_the_page_counts(full: Desk, enter: Enter, name: str) -> None:
    client, url = enter(getattr(full.cast, EVERY[name].who)), url_of(full, name)
    links = [link["href"] for link in soup(client.get(url)).select(".tb-foot .out a")]

    assert total_at(client, url) > 0
    assert [len(file_at(client, url, kind)) - 1 for kind in sheets.KINDS] == [total_at(client, url)] * 2
    assert len(links) == 2 and all("export=" in str(link) for link in links)


@pytest.mark.parametrize("name", EVERY)
def test_staff_of_another_county_get_none_of_the_rows(full: Desk, enter: Enter, name: str) -> None:
    client, url = enter(full.cast.stranger), url_of(full, name)
    if EVERY[name].foreign != 200:
        assert client.get(url, {"export": "csv"}).status_code == EVERY[name].foreign
    elif name == "figures":  # what is counted is the same for all; what it comes to is not
        assert {row[1] for row in file_at(client, url)[1:]} <= {"0", "", "no data"}
    else:
        theirs = file_at(enter(getattr(full.cast, EVERY[name].who)), url)[1:]
        assert [row for row in file_at(client, url)[1:] if row in theirs or "柳湾" in str(row)] == []


@pytest.mark.parametrize("name", EVERY)
def test_the_file_says_what_the_page_says_without_its_marks(full: Desk, enter: Enter, name: str) -> None:
    client, url = enter(getattr(full.cast, EVERY[name].who)), url_of(full, name)
    page, rows = soup(client.get(url)), file_at(client, url)
    first = page.select_one("table tbody tr td a") or page.select_one("table tbody tr td")
    cells = [cell for row in rows for cell in row]

    assert first is not None and any(first.get_text(strip=True) in cell for cell in cells)
    assert not [cell for cell in cells if re.search(r"<\w|&\w+;|\d{4}年|\d{1,2}月", cell)]


@pytest.mark.django_db(transaction=True)
def test_past_the_limit_a_job_makes_the_file_for_its_owner_alone(
    full: Desk, enter: Enter, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    made = {}
    for name, where in EVERY.items():
        answer = export(full, name, getattr(full.cast, where.who), at_once=0)
        made[name] = Job.objects.get(pk=resolve(answer["Location"]).kwargs["pk"])
    jobs.run_waiting()

    for name, where in EVERY.items():
        owner = enter(getattr(full.cast, where.who))
        file: Any = owner.get(reverse("desk:job_file", args=[made[name].pk]))
        assert (name, file.status_code) == (name, 200)
        rows = read(b"".join(file.streaming_content), "csv")
        assert (name, len(rows) - 1) == (name, total_at(owner, url_of(full, name)))
    for who in ("auditor", "stranger", "county_leader"):
        client = enter(getattr(full.cast, who))
        asked = [client.get(reverse("desk:job_file", args=[job.pk])).status_code for job in made.values()]
        assert asked == [404] * len(EVERY)


def test_as_many_rows_as_the_limit_come_at_once(full: Desk, enter: Enter) -> None:
    actor = full.cast.township_staff
    total = total_at(enter(actor), url_of(full, "posts"))

    assert export(full, "posts", actor, at_once=total).status_code == 200
    assert export(full, "posts", actor, at_once=total - 1).status_code == 302
    assert Job.objects.get().parameters["path"] == url_of(full, "posts")


@pytest.mark.django_db(transaction=True)
def test_the_job_has_the_rights_of_its_owner_when_it_runs(full: Desk, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    export(full, "posts", full.cast.township_staff, at_once=0)
    export(full, "accounts", full.cast.administrator, at_once=0)
    RoleGrant.objects.filter(user__username__in=("township_staff", "administrator")).delete()
    jobs.run_waiting()

    posts, accounts = Job.objects.order_by("started_at")
    assert len(read(jobs.path_of(posts).read_bytes(), "csv")) == 1
    assert (accounts.state, accounts.file) == (Job.State.FAILED, "")


def test_every_figure_gives_the_file_of_its_records(full: Desk, enter: Enter) -> None:
    client = enter(full.cast.county_leader)
    addresses = [reverse("desk:figure", args=[code]) for code in sorted(figures.INDICATORS)]

    assert [len(file_at(client, url)) - 1 for url in addresses] == [total_at(client, url) for url in addresses]
    assert total_at(client, reverse("desk:figure", args=["cases.received"])) == 2


@pytest.mark.parametrize("kind", sheets.KINDS)
@pytest.mark.parametrize("start", ["=1+1", "+86", "-2", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0", "＝1"])
def test_no_cell_is_a_formula(desk: Desk, enter: Enter, kind: str, start: str) -> None:
    """In a plain column, in one drawn with marks, and in a trace."""
    client, unit = enter(desk.cast.township_staff), desk.cast.world.units["committee"]
    Organisation.objects.filter(pk=unit.pk).update(name=start)
    desk.report("有一件事。", title=start)

    for name in ("units", "figure", "cases"):
        rows = file_at(client, url_of(desk, name), kind)
        held = [cell for row in rows for cell in row if cell.strip("'").strip() == start.strip()]
        assert held and all(cell.startswith("'") for cell in held)


def test_a_name_with_signs_of_markup_or_of_no_alphabet_stays_whole(desk: Desk, enter: Enter) -> None:
    Organisation.objects.filter(pk=desk.cast.world.units["committee"].pk).update(name="<甲> & \x0b乙")

    for kind in sheets.KINDS:
        names = [row[0] for row in file_at(enter(desk.cast.township_staff), "/desk/responsibility/units/", kind)]
        assert "<甲> & 乙" in names


def test_the_file_is_filtered_and_sorted_as_its_page(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.administrator)
    for url in (
        "/desk/accounts/?q=village&sort=-username",
        "/desk/places/?sort=-code&q=6109",
        "/desk/cases/?sort=place",
    ):
        desk.report("柳湾的事。")
        shown = [row.select_one("td a").text for row in soup(client.get(url)).select("table tbody tr")]  # type: ignore[union-attr]
        column = 1 if "cases" in url else 0
        assert [row[column] for row in file_at(client, url)[1:]] == shown


def test_days_are_written_as_iso_and_numbers_as_numbers(desk: Desk, enter: Enter) -> None:
    record_gap(by=SYSTEM, place=desk.cast.world.second_grid, rank=Rank.GRID)
    client = enter(desk.cast.township_staff)

    posts = file_at(client, "/desk/responsibility/posts/")
    assert {row[4] for row in posts[1:]} == {str(Posting.objects.values_list("starts_on", flat=True)[0])}
    response: Any = client.get("/desk/responsibility/gaps/?export=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet is not None and sheet.cell(2, 5).value == 0


def test_a_trace_holds_no_phone_from_a_title(desk: Desk, enter: Enter) -> None:
    desk.report("有事。", title="请回电 13512342799")

    assert "13512342799" not in str(file_at(enter(desk.cast.township_staff), "/desk/figures/cases.received/"))
    assert Case.objects.get().title in soup(enter(desk.cast.township_staff).get("/desk/figures/cases.received/")).text


def test_a_workbook_begins_another_sheet_where_one_would_be_full() -> None:
    target = io.BytesIO()
    sheets.write_xlsx(target, iter([["head"], ["1"], ["2"], ["3"]]), "甲[1]/乙", rows=2)

    book = load_workbook(io.BytesIO(target.getvalue()))
    assert [[row[0] for row in sheet.values] for sheet in book.worksheets] == [["head", "1", "2"], ["head", "3"]]
