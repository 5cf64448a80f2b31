"""A village brings its list in: template, columns, what each row would do, taken over, taken back. No page needs scripts."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cunlian.kernel import jobs
from cunlian.people.models import ImportLine, Person, RegisterImport
from tests.desk.conftest import Desk, Enter, desk, district, enter, soup
from tests.people.imports.conftest import HEADS, book, id_of, row

__all__ = ["desk", "district", "enter"]
Bring = Callable[..., tuple[Client, RegisterImport]]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def upload(client: Client, desk: Desk, data: bytes, name: str = "名册.xlsx") -> Any:
    said = {"place": str(desk.cast.world.village.pk), "file": SimpleUploadedFile(name, data)}
    return client.post("/desk/imports/new/", said)


def checked(client: Client, desk: Desk, rows: Any) -> RegisterImport:
    """Uploaded, the columns confirmed as proposed, the check run."""
    answer = upload(client, desk, rows if isinstance(rows, bytes) else book(rows))
    assert answer.status_code == 302, soup(answer).text
    page = soup(client.get(answer["Location"]))
    form = page.select_one('form[action$="/columns/"]')
    assert form is not None
    said = {
        select["name"]: chosen["value"]
        for select in form.select("select")
        if (chosen := select.select_one("[selected]"))
    }
    assert client.post(str(form["action"]), said).status_code == 302
    jobs.run_waiting()
    return RegisterImport.objects.latest("brought_at")


def press(client: Client, batch: RegisterImport, move: str, **said: Any) -> None:
    assert client.post(f"/desk/imports/{batch.pk}/{move}/", said).status_code == 302
    jobs.run_waiting()
    batch.refresh_from_db()


def told(client: Client, batch: RegisterImport, query: str = "") -> list[str]:
    page = soup(client.get(f"/desk/imports/{batch.pk}/{query}"))
    return [" ".join(line.text.split()) for line in page.select(".tb-rows tbody tr")]


@pytest.mark.django_db(transaction=True)
def test_with_errors_mended_taken_over_and_undone(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    wrong = row("12", "王小川", id_number=id_of()[:17] + "0")
    batch = checked(client, desk, [wrong, row("13", "赵大")])
    assert [line for line in told(client, batch) if "E2" in line]
    assert not Person.objects.filter(name="赵大").exists()
    press(client, batch, "give-up")

    batch = checked(client, desk, [row("12", "王小川", id_number=id_of()), row("13", "赵大")])
    assert (batch.new, batch.refused) == (2, 0)
    press(client, batch, "apply")
    assert batch.state == "applied" and Person.objects.filter(name__in=("王小川", "赵大")).count() == 2
    press(client, batch, "undo")
    assert batch.state == "undone" and not Person.objects.filter(name="王小川").exists()


@pytest.mark.django_db(transaction=True)
def test_before_and_after_stand_masked_and_new_ones_in_full(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    first = checked(client, desk, [row("12", "王小川", id_number=id_of(), phone="13912340001")])
    assert "13912340001" in told(client, first)[0]
    press(client, first, "apply")
    again = checked(client, desk, [row("12", "王小川", id_number=id_of(), phone="13912340002")])
    (line,) = told(client, again, "?outcome=changed")
    assert "139****0001 → 139****0002" in line and "13912340001" not in line


@pytest.mark.django_db(transaction=True)
def test_rows_of_totals_are_told_with_their_number(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    batch = checked(client, desk, [row("12", "王小川"), row("合计", "1人")])
    (line,) = told(client, batch, "?outcome=totals")
    assert line.startswith("3—") and (batch.totals, batch.refused) == (1, 0)
    assert soup(client.get(f"/desk/imports/{batch.pk}/")).select_one('dd a[href="?outcome=totals"]')


@pytest.mark.django_db(transaction=True)
def test_a_person_says_who_a_row_is_about(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    press(client, checked(client, desk, [row("12", "王小川"), row("12", "王强")]), "apply")
    batch = checked(client, desk, [row("12", "王小川", phone="13912340001"), row("12", "王强", phone="13912340002")])
    assert batch.alike == 2
    press(client, batch, "decide", decision="same", row="2")
    press(client, batch, "decide", decision="other", all="1")
    press(client, batch, "apply")
    assert (batch.changed, batch.new, batch.alike) == (1, 1, 0)


@pytest.mark.django_db(transaction=True)
def test_what_was_kept_on_undoing_is_named(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    batch = checked(client, desk, [row("12", "王小川")])
    press(client, batch, "apply")
    person = Person.objects.get(name="王小川")
    client.post(f"/desk/people/{person.pk}/out/", {"day": "", "key": "x"})
    Person.objects.filter(pk=person.pk).update(name="王小穿")
    press(client, batch, "undo")
    text = soup(client.get(f"/desk/imports/{batch.pk}/")).text
    assert batch.kept == 0 or "王*穿" in text


@pytest.mark.django_db(transaction=True)
def test_when_work_is_through_the_head_of_the_page_says_so_too(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    batch = checked(client, desk, [row("12", "王小川")])
    asks = {"path": f"/desk/imports/{batch.pk}/", "headers": {"HX-Request": "true"}}
    assert client.get(**asks).headers.get("HX-Refresh") == "true"
    client.post(f"/desk/imports/{batch.pk}/apply/")
    assert "HX-Refresh" not in client.get(**asks).headers, "while it runs it asks for its part alone"


def test_the_template_is_named_in_the_language_of_whoever_takes_it(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    taken = client.get("/desk/imports/template/", headers={"Accept-Language": "zh-hans"})
    assert quote("户籍名册模板") in taken["Content-Disposition"]


def test_the_template_comes_back_as_it_went_out(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    data = b"".join(client.get("/desk/imports/template/").streaming_content)  # type: ignore[attr-defined]
    book_ = load_workbook(io.BytesIO(data))
    heads = [cell.value for cell in book_.active[1]]  # type: ignore[index, union-attr]
    assert {"户编号", "姓名", "身份证号"} <= set(heads)
    assert book_.active["I3"].number_format == "@", "numbers stay text"  # type: ignore[index]
    answer = upload(client, desk, data)
    assert len(RegisterImport.objects.get().columns) == len(heads)
    assert answer.status_code == 302


@pytest.mark.parametrize("data", [b"", b"\x89PNG\0\0", "没有,列名\n1,2\n".encode()])
def test_a_file_that_is_no_list_is_refused_beside_the_field(desk: Desk, enter: Enter, data: bytes) -> None:
    answer = upload(enter(desk.cast.village_cadre), desk, data, "x.csv")
    assert answer.status_code == 422
    assert soup(answer).select_one(".field.wrong #id_file") or soup(answer).select_one(".field.wrong")


def test_under_each_column_stand_its_first_cells_that_say_something(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    rows = [
        row("12", "王小川"), row("", "王强", relation="子"), row("小计", "2人"), row("13", "赵大"),
        row("14", "钱一", relation="户主"),
    ]  # fmt: skip
    shown = cells(client, upload(client, desk, book(rows))["Location"])
    assert shown["column_0"] == ["12", "13", "14"] and shown["column_2"] == ["王小川", "王强", "赵大"]
    assert shown["column_3"] == ["子", "户主"] and shown["column_1"] == []


def cells(client: Client, address: str, **said: str) -> dict[str, list[str]]:
    page = soup(client.post(f"{address}columns/", said) if said else client.get(address))
    fields = page.select('form[action$="/columns/"] .field')
    return {field.select_one("select")["name"]: [one.text for one in field.select(".sample")] for field in fields}  # type: ignore[index]


def test_identity_numbers_and_phones_are_masked_under_a_column_nobody_named_too(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    line = ["12", "王小川", id_of(), "13912340001", f"卡号{id_of()}", "0915-3660001"]
    address = upload(client, desk, book([line], ("户编号", "姓名", "身份证号", "手机号", "别的", "座机")))["Location"]
    shown = cells(client, address)
    assert shown["column_2"] == ["610999***********" + id_of()[-1]] and shown["column_3"] == ["139****0001"]
    assert "19560708" not in shown["column_4"][0] and "3660001" not in shown["column_5"][0]
    assert cells(client, address, column_0="phone")["column_0"] == ["**"], (
        "as it is chosen, not only as it was proposed"
    )


def test_cells_are_sealed_shown_to_nobody_else_and_gone_with_the_file(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    address = upload(client, desk, book([row("12", "王小川")]))["Location"]
    batch = RegisterImport.objects.get()
    assert "王小川".encode() not in bytes(batch.samples)
    for actor in (desk.cast.grid_worker, desk.cast.stranger, desk.cast.administrator, desk.cast.auditor):
        assert "王小川" not in enter(actor).get(address, follow=True).content.decode()
    client.post(f"{address}give-up/")
    assert not bytes(RegisterImport.objects.get().samples)


def test_a_column_chosen_twice_is_said_beside_it_and_nothing_is_lost(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    address = upload(client, desk, book([row()]))["Location"]
    answer = client.post(f"{address}columns/", {"column_0": "number", "column_2": "name", "column_3": "name"})
    assert answer.status_code == 422
    chosen = soup(answer).select_one("#id_column_3 option[selected]")
    assert chosen is not None and chosen["value"] == "name"
    assert client.post(f"{address}columns/", {"column_0": "number"}).status_code == 422


def test_no_column_is_called_optional_and_each_wants_an_answer(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    address = upload(client, desk, book([row()]))["Location"]
    form = soup(client.get(address)).select_one('form[action$="/columns/"]')
    assert form is not None and form.select("select") and not form.select(".opt")
    answer = client.post(f"{address}columns/", {"column_0": "number", "column_2": "name"})
    assert answer.status_code == 422 and soup(answer).select(".field.wrong #id_column_3")


def test_who_brings_no_lists_in_sees_none_and_gets_no_form(desk: Desk, enter: Enter) -> None:
    batch = RegisterImport.objects.create(place=desk.cast.world.village, file_name="x", brought_at="2026-07-01T00:00Z")
    assert enter(desk.cast.grid_worker).get("/desk/imports/new/").status_code == 403
    for actor in (desk.cast.grid_worker, desk.cast.stranger, desk.cast.administrator):
        client = enter(actor)
        assert client.get(f"/desk/imports/{batch.pk}/").status_code == 404
        assert client.post(f"/desk/imports/{batch.pk}/apply/").status_code == 404


def test_rows_ask_the_same_number_of_queries_however_many(desk: Desk, enter: Enter) -> None:
    batch = RegisterImport.objects.create(
        place=desk.cast.world.village, file_name="x", brought_at="2026-07-01T00:00Z", state="checked", new=9
    )
    client, resident = enter(desk.cast.village_cadre), desk.cast.world.persons["resident"]
    counted = []
    for numbers in (range(1, 2), range(2, 30)):
        lines = [ImportLine(batch=batch, number=n, outcome="changed", person=resident) for n in numbers]
        ImportLine.objects.bulk_create(lines)
        with CaptureQueriesContext(connection) as found:
            client.get(f"/desk/imports/{batch.pk}/")
        counted.append(len(found))
    assert counted[0] == counted[1]


def test_a_workbook_with_other_heads_is_understood_by_its_words(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    heads = tuple(head + "（必填）" for head in HEADS)
    upload(client, desk, book([row()], heads))
    assert RegisterImport.objects.get().columns["id_number"] == HEADS.index("身份证号")
