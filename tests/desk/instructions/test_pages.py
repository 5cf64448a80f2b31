"""The pages of copies: moves pressed, lists filtered, the limit, who gives how much, the workbench, programmes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cunlian.desk.instructions.moves import PAGES
from cunlian.instructions import actions
from cunlian.instructions.models import Copy, InstructionRule, Measure, Programme
from cunlian.instructions.rules import available_moves
from cunlian.instructions.states import MOVES, State
from cunlian.kernel import clock
from cunlian.organisations.models import Posting
from tests.desk.conftest import Enter, soup
from tests.desk.instructions.conftest import Chain, move_url, press, url_of
from tests.instructions.conftest import PAPER, pdf

pytestmark = pytest.mark.django_db
URL = "/desk/instructions/"


def test_sent_back_and_settled_by_pages(chain: Chain, enter: Enter) -> None:
    copy = chain.copy(return_kind="file")
    giver, cadre, head = (
        enter(one) for one in (chain.cast.county_leader, chain.cast.village_cadre, chain.cast.village_head)
    )
    press(cadre, copy, "return", text="这事归主任。")
    assert "这事归主任。" in soup(giver.get(url_of(copy))).text
    press(giver, copy, "redirect", to=str(chain.cast.world.posts["village_head"].pk))
    press(head, copy, "sign")
    press(head, copy, "ask_extension", working_days=2, text="要等测绘。")
    press(giver, copy, "grant_extension", working_days=2)
    assert press(head, copy, "complete", text="照要求做完。").status_code == 422
    press(head, copy, "complete", text="照要求做完。", uploads=pdf())
    link = soup(giver.get(url_of(copy))).select_one("main a[href*='/files/']")
    assert link
    kept: Any = giver.get(str(link["href"]))
    assert b"".join(kept.streaming_content) == PAPER
    for one in (chain.cast.stranger, chain.cast.neighbour_cadre):
        assert enter(one).get(str(link["href"])).status_code == 404
    press(giver, copy, "check")
    press(giver, copy, "close")
    settled = chain.again(copy)
    assert (settled.state, settled.hops, settled.returns) == (State.CLOSED, 2, 1)


def test_every_move_but_the_lapse_has_a_page() -> None:
    assert set(PAGES) == {move.name for move in MOVES} - {"lapse"}


@pytest.mark.parametrize("state", list(State), ids=str)
def test_the_page_offers_what_the_table_allows(chain: Chain, enter: Enter, state: State) -> None:
    copy = chain.in_state(state)
    for actor in (chain.doer(copy), chain.cast.county_leader):
        client = enter(actor)
        links = {str(link["href"]) for link in soup(client.get(url_of(copy))).select(".moves-bar a")}
        assert links == {move_url(copy, move.name) for move in available_moves(copy, actor)}
        assert {client.get(link).status_code for link in links} <= {200}


def test_who_comes_second_is_told_and_keeps_what_they_wrote(chain: Chain, enter: Enter) -> None:
    copy, client = chain.in_state(State.SIGNED), enter(chain.cast.village_cadre)
    said = {"number": 3, "text": "写了很久的话", "seen": "sent", "key": "k"}
    answer: Any = client.post(move_url(copy, "complete"), said)
    assert answer.status_code == 422 and "Somebody else was first" in soup(answer).text
    assert "写了很久的话" in soup(answer).select_one("textarea").text  # type: ignore[union-attr]
    for _twice in range(2):
        assert client.post(move_url(copy, "complete"), {**said, "seen": "signed"}).status_code == 302
    assert Copy.objects.get().remarks.count() == 1


def test_what_is_not_possible_leads_back_and_nonsense_is_not_found(chain: Chain, enter: Enter) -> None:
    copy, client = chain.in_state(State.SENT), enter(chain.cast.village_cadre)
    answer: Any = client.get(move_url(copy, "check"), follow=True)
    assert "is not possible here now" in soup(answer).text
    assert client.get(f"{url_of(copy)}bewitch/").status_code == 404


@pytest.mark.parametrize("who", ["stranger", "neighbour_cadre", "grid_worker"])
def test_foreign_and_absent_look_alike(chain: Chain, enter: Enter, who: str) -> None:
    copy, client = chain.in_state(State.SENT), enter(getattr(chain.cast, who))
    assert client.get(url_of(copy)).status_code == client.get(move_url(copy, "sign")).status_code == 404
    assert "查清闲置房" not in client.get(f"{URL}?state=all").content.decode()


# --- lists ---


def _titles(client: Client, **query: Any) -> list[str]:
    return [link.text for link in soup(client.get(URL, query)).select("td.ttl a")]


def test_the_list_is_cut_by_state_whose_village_and_days(chain: Chain, enter: Enter) -> None:
    chain.in_state(State.SIGNED, title="在办")
    chain.in_state(State.CLOSED, title="办结")
    chain.in_state(State.DONE, title="待核对")
    giver, cadre, head = (
        enter(one) for one in (chain.cast.county_leader, chain.cast.village_cadre, chain.cast.village_head)
    )
    assert _titles(giver) == _titles(cadre) == _titles(giver, state="signed") == ["在办"]
    assert set(_titles(giver, state="all")) == {"在办", "办结", "待核对"}
    assert set(_titles(giver, state="delivered")) == {"办结", "待核对"}
    assert _titles(giver, mine="waiting") == ["待核对"] and _titles(cadre, mine="waiting") == ["在办"]
    assert _titles(cadre, mine="given") == [] and _titles(head, mine="told") == ["在办"]
    today, world = clock.today().isoformat(), chain.cast.world
    assert _titles(giver, village=world.village.code, since=today, until=today) == ["在办"]
    assert _titles(giver, village=world.other_village.code) == _titles(giver, mine="overdue") == []
    assert _titles(giver, q="待核") == ["待核对"]


@pytest.mark.parametrize("page", ["list", "copy", "load", "rule", "programmes", "workbench"])
def test_more_rows_take_no_more_queries(chain: Chain, enter: Enter, page: str) -> None:
    world, client = chain.cast.world, enter(chain.cast.county_leader)
    copy = chain.in_state(State.DONE)
    _more(chain, 1)
    url = {
        "list": f"{URL}?state=all", "copy": url_of(copy), "load": reverse("desk:instruction_load"),
        "rule": reverse("desk:instruction_rule"), "programmes": reverse("desk:programmes"), "workbench": "/desk/",
    }[page]  # fmt: skip
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    _more(chain, 3)
    chain.send(by=chain.cast.township_head, places=(world.other_village,))
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)


def _more(chain: Chain, count: int) -> None:
    county, staff = chain.cast.world.county, chain.cast.county_staff
    for n in range(count):
        chain.in_state(State.DONE)
        exceed = [chain.cast.world.posts[name] for name in ("county_leader", "county_staff")]
        actions.set_rule(
            by=staff, root=county, most_open=60, most_a_month=60, sign_days=2, paper=f"{n}号", may_exceed=exceed
        )
        actions.enter_programme(
            by=staff, root=county, name=f"方案{n}", form="plan", paper="x", paper_on=date(2026, 1, 5),
            starts_on=date(2026, 1, 5),
        )  # fmt: skip


def test_every_number_of_who_gives_how_much_opens_its_rows(chain: Chain, enter: Enter) -> None:
    world = chain.cast.world
    chain.in_state(State.DONE)
    chain.send(places=(world.village, world.other_village))
    chain.send(by=chain.cast.township_head, places=(world.grid,))
    client = enter(chain.cast.county_leader)
    rows = soup(client.get(reverse("desk:instruction_load"))).select("tbody tr")
    told = {(row.select("td")[0].text, row.select("td")[1].text): [a.text for a in row.select("a")] for row in rows}
    assert told == {
        ("柳湾", "测试区人民政府办公室"): ["2", "1"], ("桥头", "测试区人民政府办公室"): ["1", "1"],
        ("柳湾", "青石镇社会治理办"): ["1", "1"],
    }  # fmt: skip
    for link in (link for row in rows for link in row.select("a")):
        assert len(soup(client.get(str(link["href"]))).select("td.ttl")) == int(link.text)
    assert "秦卫东" not in soup(client.get(reverse("desk:instruction_load"))).select_one("main").text  # type: ignore[union-attr]


def test_a_month_that_is_none_is_answered_with_a_sentence(chain: Chain, enter: Enter) -> None:
    client = enter(chain.cast.county_leader)
    for month in ("2026-13", "x", "20260-1"):
        assert client.get(reverse("desk:instruction_load"), {"month": month}).status_code == 422
    assert "nothing was given" in soup(client.get(reverse("desk:instruction_load"), {"month": "2025-01"})).text


# --- the limit, the workbench, programmes ---


def test_the_county_decides_the_limit_on_its_page(chain: Chain, enter: Enter) -> None:
    post = chain.cast.world.posts["county_leader"]
    said = {
        "most_open": 8,
        "most_a_month": 6,
        "sign_days": 2,
        "paper": "区减负办〔2026〕3号",
        "may_exceed": [str(post.pk)],
    }
    url = reverse("desk:instruction_rule_set")
    assert enter(chain.cast.township_head).get(url).status_code == 403
    client = enter(chain.cast.county_staff)
    assert client.post(url, {**said, "most_open": ""}).status_code == 422
    assert client.post(url, said).status_code == 302
    assert list(InstructionRule.objects.get().may_exceed.all()) == [post]
    assert "区减负办〔2026〕3号" in soup(enter(chain.cast.village_cadre).get(reverse("desk:instruction_rule"))).text


def test_the_workbench_shows_what_waits_and_what_passed(chain: Chain, enter: Enter) -> None:
    copy = chain.in_state(State.SENT)
    cadre = soup(enter(chain.cast.village_cadre).get("/desk/"))
    link = cadre.select_one(f"a[href='{move_url(copy, 'sign')}']")
    assert link and "Sign for it" in link.text
    assert "1 for your information" in soup(enter(chain.cast.township_head).get("/desk/")).text
    assert "查清闲置房" not in soup(enter(chain.cast.neighbour_cadre).get("/desk/")).text


def test_a_programme_is_entered_with_its_measures_and_told_by_figures(chain: Chain, enter: Enter) -> None:
    client = enter(chain.cast.county_staff)
    today = clock.today()
    said = {"name": "四联方案", "form": "four_links", "paper": "区发〔2026〕9号", "paper_on": today, "starts_on": today}
    assert client.post(reverse("desk:programme_new"), said).status_code == 302
    programme = Programme.objects.get()
    owner = str(chain.cast.world.posts["county_staff"].pk)
    line = {"name": "组织联建", "owner": owner, "indicators": ["instructions.sent", "cases.received"]}
    assert client.post(reverse("desk:measure_new", args=[programme.pk]), line).status_code == 302
    measure = Measure.objects.get()
    chain.send(measure=measure, by=chain.cast.county_leader)
    page = soup(client.get(reverse("desk:programme", args=[programme.pk])))
    figures = [link for link in page.select("td a.fig") if "/figures/" in str(link["href"])]
    assert [link.text for link in figures] == ["1"] and "Received" in page.text
    assert all(client.get(str(link["href"])).status_code == 200 for link in figures)
    given = page.select_one("td.num a.fig")
    assert given and _titles(client, measure=str(measure.pk)) == ["查清闲置房"] and given.text == "1"
    assert client.post(reverse("desk:measure_end", args=[measure.pk]), {"ends_on": today}).status_code == 302
    assert "ended" in soup(client.get(reverse("desk:programme", args=[programme.pk]))).text


@pytest.mark.parametrize("who", ["village_cadre", "county_leader", "auditor"])
def test_programmes_are_read_by_all_staff_and_kept_by_offices(chain: Chain, enter: Enter, who: str) -> None:
    client = enter(getattr(chain.cast, who))
    assert client.get(reverse("desk:programmes")).status_code == 200
    assert client.get(reverse("desk:programme_new")).status_code == 403


def test_a_vacant_post_is_said_to_be_vacant_and_the_next_one_gets_it(chain: Chain, enter: Enter) -> None:
    Posting.objects.filter(post=chain.cast.world.posts["village_cadre"]).delete()
    assert chain.copy().post == chain.cast.world.posts["village_head"]


def test_more_time_is_decided_with_its_reason_in_view_and_the_new_day_is_shown(chain: Chain, enter: Enter) -> None:
    copy = chain.copy()
    doer, giver = enter(chain.cast.village_cadre), enter(chain.cast.county_leader)
    press(doer, copy, "sign")
    press(doer, copy, "ask_extension", working_days="3", text="两户外出，周末才回。")
    asked = soup(giver.get(move_url(copy, "grant_extension"))).select_one("main")
    assert asked is not None and "两户外出，周末才回。" in asked.text and "3 working days" in asked.text
    press(giver, copy, "grant_extension", working_days="3")
    shown = soup(giver.get(url_of(copy))).select_one("dl.props")
    assert shown is not None and "first due" in shown.text


@pytest.mark.parametrize(("language", "brackets"), [("zh-hans", "（处）"), ("en", " (处)")])
def test_the_unit_stands_in_the_brackets_of_the_readers_language(
    chain: Chain, enter: Enter, language: str, brackets: str
) -> None:
    copy, client = chain.copy(asked="隐患处数", return_kind="number", unit="处"), enter(chain.cast.village_cadre)
    press(client, copy, "sign")
    client.cookies["django_language"] = language
    assert f"隐患处数{brackets}" in soup(client.get(move_url(copy, "complete"))).text
