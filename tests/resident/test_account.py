"""With an account: in by a code, everything that was reported, who looked, out again."""

from __future__ import annotations

import re

from cunlian.accounts.models import LoginCode, User
from cunlian.cases import actions
from cunlian.cases.models import Case
from cunlian.kernel.models import Message
from tests.cast import RESIDENT_PHONE, log_in
from tests.resident.site import LAST, PHONE, Site, Visitor


def _code() -> str:
    body = Message.objects.filter(channel="sms").latest("id").body
    found = re.search(r"\d{6}", body)
    assert found
    return found[0]


def test_in_by_a_code_and_all_of_ones_own_is_there(site: Site, visitor: Visitor) -> None:
    mine = site.report("三组水渠垮了", person=site.cast.world.persons["resident"], told=None)
    other = site.report("村口路灯不亮")
    assert visitor.post("/enter/", phone=RESIDENT_PHONE) == "/enter/code/"
    visitor.post("/enter/code/", 422, code="0000000")
    assert visitor.post("/enter/code/", code=_code()) == "/mine/"
    html = visitor.get("/mine/")
    assert "三组水渠垮了" in html
    assert "村口路灯不亮" not in html
    visitor.get(f"/r/{mine.receipt}/")
    visitor.get(f"/r/{other.receipt}/", 404)
    visitor.post("/leave/")
    assert "三组水渠垮了" not in visitor.get("/mine/")
    visitor.get(f"/r/{mine.receipt}/", 404)


def test_after_the_code_one_is_where_the_message_led(site: Site, visitor: Visitor) -> None:
    assert visitor.get("/mine/skills/", 302) == "/enter/"
    visitor.post("/enter/", phone=RESIDENT_PHONE)
    assert visitor.post("/enter/code/", code=_code()) == "/mine/skills/"


def test_the_answer_is_the_same_for_an_unknown_phone(site: Site, visitor: Visitor) -> None:
    assert visitor.post("/enter/", phone="13700000000") == "/enter/code/"
    assert not User.objects.filter(is_resident=True).exclude(username="resident").exists()


def test_asking_again_at_once_is_refused_in_words(site: Site, visitor: Visitor) -> None:
    visitor.post("/enter/", phone=PHONE)
    html = visitor.post("/enter/", 429, phone=PHONE)
    assert "wrongs" in html
    assert LoginCode.objects.count() == 1


def test_no_code_is_promised_to_a_landline(site: Site, visitor: Visitor) -> None:
    assert "只能发到手机" in visitor.post("/enter/", 422, phone="0915-3612345")
    assert not LoginCode.objects.exists()


def test_code_page_without_a_phone_goes_back(site: Site, visitor: Visitor) -> None:
    assert visitor.get("/enter/code/", 302) == "/enter/"


def test_nothing_is_asked_that_the_account_knows(site: Site, visitor: Visitor) -> None:
    log_in(visitor.client, site.cast.resident)
    html = visitor.get("/report/")
    labels = re.findall(r'<label for="id_(?:name|phone)">(.*?)</label>', html, re.S)
    assert len(labels) == 2 and all("only-theirs" in label for label in labels), "only somebody else's are asked for"
    assert "139****2716" in html and f'value="{site.village.code}" selected' in html, "their own village"
    receipt = visitor.send(site)
    assert Case.objects.get(receipt=receipt).reporter == site.cast.world.persons["resident"]


def test_each_look_is_shown_with_post_and_purpose(site: Site, visitor: Visitor) -> None:
    log_in(visitor.client, site.cast.resident)
    assert "没有人看过" in visitor.get("/mine/looks/")
    case = site.report("三组水渠垮了", person=site.cast.world.persons["resident"], told=None)
    actions.reveal_reporter(case, by=site.keeper(case), purpose="核实水渠位置<b>")
    html = visitor.get("/mine/looks/")
    assert "核实水渠位置&lt;b&gt;" in html
    assert "柳湾村民委员会 副主任" in html
    assert "何世平" not in html


def test_looks_ask_for_a_log_in(site: Site, visitor: Visitor) -> None:
    assert visitor.get("/mine/looks/", 302) == "/enter/"


def test_whoever_holds_a_post_speaks_here_as_a_resident(site: Site, visitor: Visitor) -> None:
    case = site.report()
    log_in(visitor.client, site.cast.village_cadre)
    visitor.get(f"/r/{case.receipt}/", 404)
    visitor.follow(case.receipt, LAST)
    html = visitor.get(f"/r/{case.receipt}/")
    assert "/confirm/" not in html
    receipt = visitor.send(site)
    assert Case.objects.get(receipt=receipt).reporter == site.cast.world.persons["village_cadre"]
