"""Every list of the desk gives its file: as many rows as its page counts, for the same eyes, whatever its length."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import Tag
from django.http import QueryDict
from django.test import Client
from django.urls import resolve, reverse
from openpyxl import load_workbook

import cunlian.desk
from cunlian.accounts.models import RoleGrant
from cunlian.cases.models import Case
from cunlian.desk import sheets
from cunlian.desk.lists import LISTS
from cunlian.kernel import figures, jobs
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Job, Look
from cunlian.organisations.actions import record_gap
from cunlian.organisations.models import Organisation, Posting, Rank
from cunlian.people.models import Household
from tests.cases.disputes.conftest import peace
from tests.cast import RESIDENT_PHONE
from tests.consistency.code import report
from tests.desk.conftest import Desk, Enter, soup
from tests.desk.every_list import EVERY, export, full, url_of

__all__ = ["full", "peace"]
pytestmark = pytest.mark.django_db


def read(data: bytes, kind: str) -> list[list[str]]:
    if kind == "csv":
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def file_at(client: Client, url: str, kind: str = "csv", field: str = "export") -> list[list[str]]:
    response: Any = client.get(f"{url}{'&' if '?' in url else '?'}{field}={kind}")
    assert response.status_code == 200
    return read(b"".join(response.streaming_content), kind)


def file_of(client: Client, desk: Desk, name: str, kind: str = "csv") -> list[list[str]]:
    return file_at(client, url_of(desk, name), kind, LISTS[name].field)


def foot_at(client: Client, url: str, field: str = "export") -> Tag | None:
    """What stands under the list: there may be two of them on a page."""
    feet = soup(client.get(url)).select(".tb-foot")
    return next((foot for foot in feet if foot.select_one(f"a[href*='?{field}='], a[href*='&{field}=']")), None)


def total_at(client: Client, url: str, field: str = "export") -> int:
    foot = foot_at(client, url, field)
    return int(re.sub(r"\D", "", foot.span.text)) if foot and foot.span else 0


def total_of(client: Client, desk: Desk, name: str) -> int:
    return total_at(client, url_of(desk, name), LISTS[name].field)


def test_every_list_is_in_these_tests_and_no_page_draws_one_beside_them() -> None:
    desk_code = Path(cunlian.desk.__path__[0])
    drawn = [path for path in desk_code.rglob("*.py") if re.search(r"ui\.tables import.*\bpage_of\b", path.read_text())]

    assert set(LISTS) == set(EVERY)
    assert [str(path.relative_to(desk_code)) for path in drawn] == ["lists.py"]


def test_no_list_tells_of_a_resident_what_only_a_look_may(full: Desk, enter: Enter) -> None:
    """Lists are not written down as looks, so they may show nothing that would be one. (Before a list from a spreadsheet is
    taken over, its rows are what the office itself brought.)"""
    resident = full.cast.world.persons["resident"]
    Household.objects.filter(pk=resident.household_id).update(address="柳湾村前巷61号")
    before = Look.objects.count()
    for name in sorted(set(EVERY) - {"import-lines"}):
        text = str(file_of(enter(getattr(full.cast, EVERY[name].who)), full, name))
        assert [one for one in (resident.name, RESIDENT_PHONE, "前巷61号") if one in text] == [], name
    assert Look.objects.count() == before


def owners(full: Desk, enter: Enter) -> dict[str, Client]:
    """List → the browser of who finds rows in it."""
    known = {who: enter(getattr(full.cast, who)) for who in {where.who for where in EVERY.values()}}
    return {name: known[where.who] for name, where in EVERY.items()}


def test_both_files_hold_as_many_rows_as_the_page_counts(full: Desk, enter: Enter) -> None:
    wrong = []
    for name, client in owners(full, enter).items():
        foot, total = foot_at(client, url_of(full, name), LISTS[name].field), total_of(client, full, name)
        rows = [len(file_of(client, full, name, kind)) - 1 for kind in sheets.KINDS]
        if not total or foot is None or rows != [total] * 2 or len(foot.select(".out a")) != 2:
            wrong.append(f"{name}: {total} on the page, {rows} in the files")
    report(wrong, "These lists and their files differ:")


def test_staff_of_another_county_get_none_of_the_rows(full: Desk, enter: Enter) -> None:
    client, given = enter(full.cast.stranger), []
    for name, owner in owners(full, enter).items():
        url = url_of(full, name)
        if EVERY[name].foreign != 200:
            if client.get(url, {LISTS[name].field: "csv"}).status_code != EVERY[name].foreign:
                given.append(name)
            continue
        rows = file_at(client, url)[1:]
        if name == "figures":  # what is counted is the same for all; what it comes to is not
            told = [row for row in rows if row[1] != "places.village_count"]  # a public fact
            given += [f"{name}: {row}" for row in told if row[2] not in ("0", "0.00", "", "no data")]
        elif name == "coverage":  # nor are the rules; what there is to cover is
            given += [f"{name}: {row}" for row in rows if row[3] != "0"]
        else:
            theirs = file_at(owner, url)[1:]
            given += [f"{name}: {row}" for row in rows if row in theirs or "柳湾" in str(row)]
    report(given, "These rows are given to staff of another county:")


def test_the_file_says_what_the_page_says_without_its_marks(full: Desk, enter: Enter) -> None:
    wrong = []
    for name, client in owners(full, enter).items():
        foot, rows = foot_at(client, url_of(full, name), LISTS[name].field), file_of(client, full, name)
        table = foot and foot.find_previous("table")
        assert isinstance(table, Tag), name
        first = table.select_one("tbody td.first a") or table.select_one("tbody td.first")
        assert first is not None, name
        shown = str(first.time["datetime"]) if first.time else first.get_text(strip=True)
        cells = [cell for row in rows for cell in row]
        if not any(shown in cell for cell in cells):
            wrong.append(f"{name}: {shown} is missing")
        wrong += [f"{name}: {cell}" for cell in cells if re.search(r"<\w|&\w+;|\d{4}年|\d{1,2}月", cell)]
    report(wrong, "These files say otherwise than their pages:")


def built(full: Desk, name: str) -> Any:
    path = resolve(urlsplit(url_of(full, name)).path).kwargs
    query = QueryDict(urlsplit(url_of(full, name)).query)
    return LISTS[name].build(getattr(full.cast, EVERY[name].who), query, **path)


def test_one_row_is_not_counted_in_the_plural(full: Desk) -> None:
    tables = {name: built(full, name) for name in EVERY}

    assert [name for name, table in tables.items() if table.text_of(1) == table.text_of(2).replace("2", "1")] == []
    assert [name for name, table in tables.items() if not table.text_of(1234).startswith("1,234 ")] == []


@pytest.mark.parametrize("who", ["administrator", "lane_leader", "stranger"])
def test_an_empty_list_says_why_it_is_empty_for_this_reader(full: Desk, enter: Enter, who: str) -> None:
    """Rows; or that no row could be there for the role or its place; or, where one could, what the list is for."""
    client, silent, empty = enter(getattr(full.cast, who)), [], 0
    for name in EVERY:
        url = url_of(full, name)
        if client.get(url).status_code != 200 or total_of(client, full, name):
            continue
        empty += 1
        said = " ".join(part.text for part in soup(client.get(url)).select(".empty"))
        readers = built(full, name).readers
        works_here = who == "lane_leader" and (readers is None or who in readers)
        if ("Your role works" in said) == works_here or "There is nothing here yet" in said:
            silent.append(f"{name}: {said}")
        elif works_here and not said.strip():
            silent.append(name)
    report(silent, "These do not say why they are empty:")
    assert empty > 3


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
        assert (name, len(rows) - 1) == (name, total_of(owner, full, name))
    for who in ("auditor", "stranger", "county_leader"):
        client = enter(getattr(full.cast, who))
        others = [job for name, job in made.items() if EVERY[name].who != who]
        asked = [client.get(reverse("desk:job_file", args=[job.pk])).status_code for job in others]
        assert asked == [404] * len(others)


def test_as_many_rows_as_the_limit_come_at_once(desk: Desk, enter: Enter) -> None:
    actor = desk.cast.township_staff
    total = total_of(enter(actor), desk, "posts")

    assert export(desk, "posts", actor, at_once=total).status_code == 200
    assert export(desk, "posts", actor, at_once=total - 1).status_code == 302
    assert Job.objects.get().parameters["path"] == url_of(desk, "posts")


@pytest.mark.django_db(transaction=True)
def test_the_job_has_the_rights_of_its_owner_when_it_runs(desk: Desk, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    export(desk, "posts", desk.cast.township_staff, at_once=0)
    export(desk, "accounts", desk.cast.administrator, at_once=0)
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
