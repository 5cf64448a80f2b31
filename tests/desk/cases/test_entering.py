"""Entering for somebody who rang, came by or wrote."""

from __future__ import annotations

from typing import Any

import pytest
import segno
from django.test import Client
from django.urls import reverse

from cunlian.cases.models import Case, Endorsement
from cunlian.cases.receipts import check_code
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.ids import uuid7
from cunlian.kernel.models import Activity
from cunlian.places.actions.districts import switch_module
from cunlian.ui.qr import svg_of
from tests.desk.conftest import Desk, Enter, case_url, soup

URL = "/desk/cases/new/"


def said(desk: Desk, **more: Any) -> dict[str, Any]:
    return {
        "key": str(uuid7()), "source": "phone", "text": "村口路灯不亮，老人看不清路。", "level": "normal",
        "place": str(desk.cast.world.village.pk), "category": str(desk.lamp.pk), "name": "王大娘", "phone": "13911112222",
        **more,
    }  # fmt: skip


def _offered(client: Client, url: str) -> set[str]:
    return {str(option["value"]) for option in soup(client.get(url)).select("select[name=place] option")}


def test_where_requests_are_switched_off_none_is_entered_but_a_complaint_is(desk: Desk, enter: Enter) -> None:
    """Nobody writes a whole form only to be told that the village takes none in."""
    client, world = enter(desk.cast.township_staff), desk.cast.world
    village, other = str(world.village.pk), str(world.other_village.pk)
    assert {village, other} <= _offered(client, URL)
    switch_module(world.village, by=SYSTEM, module="cases", on=False, day=clock.today())
    assert village not in _offered(client, URL) and other in _offered(client, URL)
    assert village in _offered(client, reverse("desk:case_complaint"))
    switch_module(world.township, by=SYSTEM, module="cases", on=False, day=clock.today())
    assert other not in _offered(client, URL)


def test_a_call_becomes_a_case_with_receipt_and_slip(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)

    answer: Any = client.post(URL, said(desk, looked="1"))
    case = Case.objects.get()
    result, slip = client.get(answer["Location"]), client.get(f"{answer['Location']}slip/")

    assert (case.source, case.reporter.name) == ("phone", "王大娘")
    assert Activity.objects.get(verb="cases.reported_for").behalf_channel == "phone"
    for page in (result, slip):
        assert f"测-{case.receipt[:4]}-{case.receipt[4:]}" in page.content.decode()
        assert check_code(case) in page.content.decode()
    assert "13911112222" not in slip.content.decode()


def test_the_slip_carries_a_code_that_brings_the_number_and_never_the_digits(
    desk: Desk, enter: Enter, settings: Any
) -> None:
    settings.PUBLIC_URL = "https://cunlian.example.gov.cn"
    client = enter(desk.cast.village_cadre)
    answer: Any = client.post(URL, said(desk, looked="1"))
    address = f"https://cunlian.example.gov.cn/follow/?receipt={Case.objects.get().receipt}"

    code = segno.make(address, error="m", micro=False, boost_error=False)
    assert svg_of(code) in client.get(f"{answer['Location']}slip/").content.decode()
    assert soup(client.get(f"{answer['Location']}slip/")).select_one(".qr[role=img][aria-label]")


def test_only_words_and_village_are_needed(desk: Desk, enter: Enter) -> None:
    enter(desk.cast.village_cadre).post(URL, said(desk, name="", phone="", category="", looked="1"))

    assert Case.objects.get().reporter is None


@pytest.mark.parametrize(("field", "value"), [("text", ""), ("place", ""), ("phone", "12"), ("source", "telepathy")])
def test_what_is_wrong_stands_beside_its_field(desk: Desk, enter: Enter, field: str, value: str) -> None:
    answer = enter(desk.cast.village_cadre).post(URL, said(desk, looked="1", **{field: value}))

    assert answer.status_code == 422 and not Case.objects.exists()
    assert soup(answer).select_one(f"#id_{field}_error")
    assert "王大娘" in answer.content.decode()


def test_a_village_of_somebody_else_is_not_offered(desk: Desk, enter: Enter) -> None:
    other = str(desk.cast.world.other_village.pk)
    client = enter(desk.cast.village_cadre)

    assert other not in client.get(URL).content.decode()
    assert client.post(URL, said(desk, looked="1", place=other)).status_code == 422


def test_pressing_twice_enters_it_once(desk: Desk, enter: Enter) -> None:
    client, form = enter(desk.cast.village_cadre), said(desk, looked="1")

    answers = [client.post(URL, form) for _press in range(2)]

    assert len({answer["Location"] for answer in answers}) == 1
    assert Case.objects.count() == 1


def test_what_looks_the_same_is_offered_before_it_is_entered(desk: Desk, enter: Enter) -> None:
    desk.report("村口路灯不亮好几天，老人晚上看不清路。", category=desk.lamp)
    client, form = enter(desk.cast.village_cadre), said(desk)

    offered = soup(client.post(URL, form))
    handle = offered.select_one("button[name=join]")["value"]  # type: ignore[index]
    assert Case.objects.count() == 1
    client.post(URL, {**form, "looked": "1", "join": handle})

    assert Case.objects.count() == 1 and Endorsement.objects.count() == 1


def test_none_of_the_offered_ones_is_entered_as_a_new_one(desk: Desk, enter: Enter) -> None:
    desk.report("村口路灯不亮好几天，老人晚上看不清路。", category=desk.lamp)
    client, form = enter(desk.cast.village_cadre), said(desk)

    page = soup(client.post(URL, form))
    assert page.select_one("input[name=looked]")["value"] == "1"  # type: ignore[index]
    client.post(URL, {**form, "looked": "1"})

    assert Case.objects.count() == 2


def test_while_typing_the_same_is_offered(desk: Desk, enter: Enter) -> None:
    desk.report("村口路灯不亮好几天，老人晚上看不清路。", category=desk.lamp)

    answer = enter(desk.cast.village_cadre).post("/desk/cases/new/similar/", said(desk))

    assert "Street lamps" in answer.content.decode() and "<html" not in answer.content.decode()


def test_who_may_open_what_looks_the_same_reads_its_title(desk: Desk, enter: Enter) -> None:
    case = desk.report("村口路灯不亮好几天，老人晚上看不清路。", category=desk.lamp)
    grid = str(desk.cast.world.grid.pk)

    cadre = soup(enter(desk.cast.village_cadre).post("/desk/cases/new/similar/", said(desk)))
    worker = soup(enter(desk.cast.grid_worker).post("/desk/cases/new/similar/", said(desk, place=grid)))

    assert cadre.select_one(f"a[href='{case_url(case)}']").text == case.title  # type: ignore[union-attr]
    assert worker.select_one(".alike li") is not None and worker.select_one(".alike a") is None


def test_what_is_typed_stands_in_no_address_and_no_name_or_phone_is_sent_along(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    asking = soup(client.get(URL)).select_one("[hx-post='/desk/cases/new/similar/']")

    assert client.get("/desk/cases/new/similar/", said(desk)).status_code == 405
    assert asking is not None and asking["hx-params"] == "text,place,place_text,category"


def test_on_a_round_the_worker_speaks_for_themself(desk: Desk, enter: Enter) -> None:
    form = said(desk, source="patrol", name="", phone="", looked="1", place=str(desk.cast.world.grid.pk))
    enter(desk.cast.grid_worker).post(URL, form)

    row = Activity.objects.get(verb="cases.reported")
    assert row.post_id == desk.post("grid_worker").pk and row.behalf_channel == ""


def test_the_slip_is_for_the_session_that_entered_it(desk: Desk, enter: Enter) -> None:
    answer: Any = enter(desk.cast.village_cadre).post(URL, said(desk, looked="1"))

    assert enter(desk.cast.village_cadre).get(answer["Location"]).status_code == 404
    assert Client().get(answer["Location"]).status_code == 302


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("url", [URL, "/desk/cases/complaint/", "/desk/cases/pass-on/"])
def test_forms_read_in_both_languages(desk: Desk, enter: Enter, url: str, language: str) -> None:
    client = enter(desk.cast.village_cadre)
    client.cookies["django_language"] = language

    assert client.get(url).status_code == 200


@pytest.mark.parametrize("name", ["case_new", "case_complaint", "case_paste"])
def test_who_only_looks_is_told_before_filling_anything_in(desk: Desk, enter: Enter, name: str) -> None:
    assert enter(desk.cast.auditor).get(reverse(f"desk:{name}")).status_code == 403


def test_the_village_is_chosen_on_the_sketch_among_those_one_works_for(desk: Desk, enter: Enter) -> None:
    for who, codes in (("village_cadre", {"610902107201"}), ("township_staff", {"610902107201", "610902107202"})):
        client = enter(getattr(desk.cast, who))
        assert soup(client.get(URL)).select_one('a[href="/desk/cases/new/sketch/"]') is not None
        cells = [str(cell["href"]) for cell in soup(client.get("/desk/cases/new/sketch/")).select("svg.sketch a")]
        assert {url.partition("?place=")[2] for url in cells} == codes
        chosen = soup(client.get(cells[0])).select_one("select[name=place] option[selected]")
        assert chosen is not None and chosen["value"] == str(desk.cast.world.village.pk)


def test_who_works_for_a_grid_alone_is_not_sent_to_a_sketch_without_villages(desk: Desk, enter: Enter) -> None:
    assert soup(enter(desk.cast.grid_worker).get(URL)).select_one('a[href="/desk/cases/new/sketch/"]') is None


@pytest.mark.parametrize("code", ["610903101", "x", "𠮷", "610902107299"])
def test_a_place_one_does_not_work_for_is_not_chosen_by_the_address(desk: Desk, enter: Enter, code: str) -> None:
    page = soup(enter(desk.cast.village_cadre).get(URL, {"place": code}))
    assert page.select_one("select[name=place] option[selected][value]:not([value=''])") is None
