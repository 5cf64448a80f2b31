"""My data: everything is there, who looked too; agreed to, taken back, put right, taken along, asked to be deleted."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Activity, Look, Message
from cunlian.kernel.refusals import Forbidden
from cunlian.people import actions
from cunlian.people.away import away_on
from cunlian.people.consent import holds, purpose_of
from cunlian.people.consent.actions import add_text
from cunlian.people.consent.own import say_wishes
from cunlian.people.models import Absence, DataRequest, Person
from tests.cast import RESIDENT_PHONE, log_in
from tests.resident.site import Site, Visitor

WHY = "回访水渠的事"


def _code() -> str:
    found = re.search(r"\d{6}", Message.objects.filter(channel="sms").latest("id").body)
    assert found
    return found[0]


@pytest.fixture
def person(site: Site) -> Person:
    return site.cast.world.persons["resident"]


@pytest.fixture
def me(site: Site, visitor: Visitor) -> Visitor:
    log_in(visitor.client, site.cast.resident)
    return visitor


def test_all_that_is_held_is_told_and_reading_it_is_no_look(site: Site, me: Visitor, person: Person) -> None:
    mine = site.report("三组水渠垮了", person=person, told=None)
    html = me.get("/mine/data/")
    for value in (
        "张桂兰",
        RESIDENT_PHONE,
        "柳湾村前巷7号",
        "1956",
        "三组水渠垮了",
        f"{mine.receipt[:4]}-{mine.receipt[4:]}",
    ):
        assert value in html, value
    assert not Look.objects.exists()


def test_who_looked_and_why_stands_on_the_page(site: Site, me: Visitor, person: Person) -> None:
    actions.reveal_contact(person, by=site.cast.grid_worker, purpose=WHY)
    for page in ("/mine/data/", "/mine/looks/"):
        html = me.get(page)
        assert WHY in html and "柳湾村民委员会 一网格网格员" in html


def test_somebody_else_sees_nothing_of_it(site: Site, visitor: Visitor, person: Person) -> None:
    for page in ("data/", "data/file/json/", "data/ask/", "data/phone/", "consents/", "consents/talent/"):
        assert visitor.get(f"/mine/{page}", 302) == "/enter/"
    log_in(visitor.client, site.cast.administrator)
    assert "张桂兰" not in visitor.get("/mine/data/")


def test_agreeing_and_taking_back(site: Site, me: Visitor, person: Person) -> None:
    page = "/mine/consents/talent/"
    assert "乡土能人库" in me.get("/mine/consents/")
    me.post(page, 422, version="1")
    assert not holds(person, "talent")
    assert me.post(page, version="1", agree="on") == "/mine/consents/"
    assert holds(person, "talent")
    for _pressed_twice in range(2):
        assert me.post(page, withdraw="1") == "/mine/consents/"
    assert not holds(person, "talent")


def test_somebody_away_who_agrees_says_what_to_ask_them_about_and_takes_it_back(
    site: Site, me: Visitor, person: Person
) -> None:
    page, agreement = "/mine/data/wishes/", "/mine/consents/contact_away/"
    assert me.get(page, 302) == agreement
    actions.go_away(person, by=site.cast.grid_worker, whereabouts="浙江宁波")
    assert me.get(page, 302) == agreement, "without consent it is not asked"
    assert me.post(agreement, version="1", agree="on") == page
    assert me.post(page, ask_about="土地流转", back_in="new_year") == "/mine/data/"
    away = away_on(person, clock.today())
    assert away and (away.ask_about, away.back_in) == ("土地流转", Absence.Season.NEW_YEAR.label)
    said = Activity.objects.get(verb="people.wishes_said")
    assert said.behalf_id is None and "土地流转" not in str(said.changed)
    assert "土地流转" in me.get(page) and "土地流转" in me.get("/mine/data/")
    me.post(agreement, withdraw="1")
    assert me.get(page, 302) == agreement and "土地流转" not in me.get("/mine/data/")


@pytest.mark.parametrize("name", ["neighbour_worker", "auditor", "stranger"])
def test_others_say_nothing_for_them(site: Site, person: Person, name: str) -> None:
    with pytest.raises(Forbidden):
        say_wishes(person, by=getattr(site.cast, name), ask_about="x")


def test_words_that_changed_meanwhile_are_read_first(site: Site, me: Visitor, person: Person) -> None:
    me.get("/mine/consents/talent/")
    purpose = purpose_of("talent")
    add_text(purpose, by=site.cast.county_staff, text="只显示手艺和村名，其余一概不存，可以随时撤回。")
    html = me.post("/mine/consents/talent/", 422, version="1", agree="on")
    assert "只显示手艺和村名" in html and not holds(person, "talent")
    assert " checked" not in html, "nobody has agreed to the new words yet"
    (version,) = re.findall(r'name="version" value="(\d+)"', html)
    me.post("/mine/consents/talent/", version=version, agree="on")
    assert holds(person, "talent")


def test_a_duty_in_law_asks_no_consent(me: Visitor) -> None:
    html = me.get("/mine/consents/child_care/")
    assert "未成年人保护法" in html and 'name="agree"' not in html
    me.get("/mine/consents/nothing/", 404)


def test_taken_along_as_json_and_pdf(site: Site, me: Visitor, person: Person) -> None:
    actions.reveal_contact(person, by=site.cast.grid_worker, purpose=WHY)
    answer = me.client.get("/mine/data/file/json/")
    told = json.loads(answer.content)
    assert quote("我的信息") in answer["Content-Disposition"]
    assert {"person", "household", "user", "look"} <= {one["kind"] for one in told["held"]}
    assert ["电话", RESIDENT_PHONE] in [pair for one in told["held"] for pair in one["facts"]]
    assert answer["Cache-Control"] == "no-store"
    assert me.client.get("/mine/data/file/pdf/").content.startswith(b"%PDF-")
    me.get("/mine/data/file/exe/", 404)


def test_phone_is_put_right_once_it_proved_to_be_the_persons(me: Visitor, person: Person) -> None:
    me.post("/mine/data/phone/", 422, phone="12345")
    me.post("/mine/data/phone/", 422, phone="0915 3214567")
    assert me.get("/mine/data/phone/code/", 302) == "/mine/data/phone/"
    assert me.post("/mine/data/phone/", phone="139 1234 0000") == "/mine/data/phone/code/"
    assert "保存" in me.get("/mine/data/phone/code/")
    me.post("/mine/data/phone/code/", 422, code="0000000")
    person.refresh_from_db()
    assert person.masked_phone != "139****0000", "a number nobody proved is not taken"
    assert me.post("/mine/data/phone/code/", code=_code()) == "/mine/data/"
    person.refresh_from_db()
    assert person.masked_phone == "139****0000"
    assert me.get("/mine/data/phone/code/", 302) == "/mine/data/phone/"


def test_wish_goes_to_an_office_that_may_decide(site: Site, me: Visitor, person: Person) -> None:
    me.post("/mine/data/ask/", 422, wish="correct", words="")
    assert me.post("/mine/data/ask/", wish="delete", words="") == "/mine/data/"
    asked = DataRequest.objects.select_related("promise").get()
    assert asked.promise and asked.promise.owner_id == site.cast.world.posts["township_head"].pk
    back = f"/mine/data/asked/{asked.pk}/withdraw/"
    assert back in me.get("/mine/data/") and "答复" in me.get("/mine/data/")
    assert [me.post(back), me.post(back)] == ["/mine/data/"] * 2, "pressed twice it is taken back once"
    asked.refresh_from_db()
    assert asked.state == "withdrawn" and back not in me.get("/mine/data/")


def test_what_is_to_be_put_right_is_not_called_optional(me: Visitor) -> None:
    assert [("可不填" in me.get(f"/mine/data/ask/?wish={wish}")) for wish in ("correct", "delete")] == [False, True]


def test_account_without_a_file_is_told_so(site: Site, me: Visitor, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(user=None)
    assert "村委会" in me.get("/mine/data/")


def test_post_of_somebody_is_told_at_their_own_page_only(site: Site, visitor: Visitor) -> None:
    staff: Actor = site.cast.grid_worker
    log_in(visitor.client, staff)
    html = visitor.get("/mine/data/")
    assert "一网格网格员" in html and "张桂兰" not in html
