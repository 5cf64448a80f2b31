"""Exports hold what the viewer's own filtered list holds, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client, RequestFactory
from openpyxl import load_workbook

from cunlian.cases.states import State
from cunlian.desk import lists
from cunlian.desk.cases.listing import CASES
from cunlian.kernel import jobs
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Job
from tests.desk.conftest import Desk, Enter

URL = "/desk/cases/"


def rows_of(response: Any, kind: str) -> list[list[str]]:
    data = b"".join(response.streaming_content)
    return read(data, kind)


def read(data: bytes, kind: str) -> list[list[str]]:
    if kind == "csv":
        assert data.startswith(b"\xef\xbb\xbf")
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def export(client: Client, kind: str, query: str = "") -> list[list[str]]:
    return rows_of(client.get(f"{URL}?{query}&export={kind}"), kind)


def start(actor: Actor, query: str = "") -> Job:
    return jobs.start(lists.JOB, "x", actor, list=CASES.name, path=URL, query=query, kind="csv")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_holds_the_filtered_list(desk: Desk, enter: Enter, kind: str) -> None:
    desk.report("路灯不亮。", category=desk.lamp)
    desk.report("渠道堵了。", category=desk.channel)
    desk.in_state(State.CONFIRMED)

    rows = export(enter(desk.cast.dispatcher), kind, "category=02")

    assert [row[1] for row in rows] == ["Request", "路灯不亮"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("who", ["stranger", "neighbour_worker", "neighbour_cadre"])
def test_it_is_cut_to_the_viewers_territory(desk: Desk, enter: Enter, who: str, kind: str) -> None:
    desk.report("柳湾的事。")

    assert len(export(enter(getattr(desk.cast, who)), kind, "state=all")) == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("start", ["=1+1", "+86", "-2", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0"])
def test_no_cell_is_a_formula(desk: Desk, enter: Enter, kind: str, start: str) -> None:
    desk.report("有一件事。", title=start)

    title = export(enter(desk.cast.dispatcher), kind)[1][1]

    assert title.startswith("'") and not title.startswith(("=", "+", "-", "@", "\t"))


def test_it_holds_no_personal_data_but_the_masked_name(desk: Desk, enter: Enter) -> None:
    desk.report("请回电 13512342799，身份证 610902195601011234。")

    text = str(export(enter(desk.cast.dispatcher), "csv"))

    assert "张*兰" in text
    for value in ("张桂兰", "13512342799", "610902195601011234"):
        assert value not in text


def test_an_export_of_nothing_is_a_head(desk: Desk, enter: Enter) -> None:
    assert len(export(enter(desk.cast.dispatcher), "xlsx")) == 1


@pytest.mark.django_db(transaction=True)
def test_more_rows_than_come_at_once_are_made_by_a_job(desk: Desk, enter: Enter, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    for number in range(4):
        desk.report(f"第 {number} 件。", category=desk.lamp)
    desk.report("不在名单里。", category=desk.channel)
    actor = desk.cast.dispatcher

    request: Any = RequestFactory().get(URL, {"category": "02", "export": "csv"})
    request.actor = actor
    answer: Any = CASES.export(request, "csv", at_once=3)
    job = Job.objects.get()
    assert answer["Location"] == f"/desk/jobs/{job.pk}/"
    jobs.run_waiting()

    owner = enter(actor)
    assert owner.get(answer["Location"]).status_code == 200
    file: Any = owner.get(f"{answer['Location']}file/")
    assert len(read(b"".join(file.streaming_content), "csv")) == 5


@pytest.mark.django_db(transaction=True)
def test_the_job_has_the_rights_of_its_owner_when_it_runs(desk: Desk, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    desk.report("柳湾的事。")
    job = start(desk.cast.neighbour_cadre, "state=all")
    jobs.run_waiting()

    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert len(read(jobs.path_of(job).read_bytes(), "csv")) == 1


@pytest.mark.django_db(transaction=True)
def test_a_job_and_its_file_are_there_for_the_owner_only(
    desk: Desk, enter: Enter, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    desk.report("柳湾的事。")
    job = start(desk.cast.dispatcher)
    jobs.run_waiting()

    for who in ("township_staff", "auditor", "administrator", "stranger"):
        client = enter(getattr(desk.cast, who))
        assert client.get(f"/desk/jobs/{job.pk}/").status_code == 404
        assert client.get(f"/desk/jobs/{job.pk}/file/").status_code == 404
        assert str(job.pk) not in client.get("/desk/jobs/").content.decode()
    assert str(job.pk) in enter(desk.cast.dispatcher).get("/desk/jobs/").content.decode()


def test_a_job_under_way_shows_how_far_it_is(desk: Desk, enter: Enter) -> None:
    job = start(desk.cast.dispatcher)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, done=250, total=1000)
    client = enter(desk.cast.dispatcher)

    page = client.get(f"/desk/jobs/{job.pk}/").content.decode()
    part = client.get(f"/desk/jobs/{job.pk}/", headers={"HX-Request": "true"}).content.decode()

    assert "250 / 1,000" in page and 'http-equiv="refresh"' in page
    assert "250 / 1,000" in part and "<html" not in part
    assert client.get(f"/desk/jobs/{job.pk}/file/").status_code == 404
