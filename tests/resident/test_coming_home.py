"""Somebody away tells that they would like to come home: with or without an account, through a helper, and takes it back."""

from __future__ import annotations

from typing import Any

import segno
from django.test import Client

from cunlian.kernel.ids import uuid7
from cunlian.kernel.models import Activity
from cunlian.talent.coming_home import actions
from cunlian.talent.models import Homecoming
from cunlian.talent.taking import check_code
from cunlian.ui import formats
from cunlian.ui.qr import svg_of
from tests.cast import Cast, log_in
from tests.resident.site import LAST, PHONE, Site, Visitor, words

WISH = "在外做了八年服装，想回来办个小厂。"


def _tell(visitor: Visitor, site: Site, status: int = 302, **values: Any) -> str:
    given = {
        "key": str(uuid7()), "wish": WISH, "place": site.village.code, "origin": "returning", "name": "王二妹",
        "phone": PHONE, "agreed": "on",
    } | values  # fmt: skip
    return visitor.post("/coming-home/", status, **given)


def _receipt(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[1]


def test_without_an_account_it_is_told_and_followed_with_the_receipt(site: Site, visitor: Visitor) -> None:
    done = _tell(visitor, site)
    path = Homecoming.objects.get()
    assert path.receipt == _receipt(done) and "查询码" in words(visitor.get(done))
    assert WISH in visitor.get(f"/coming-home/{path.receipt}/")
    other = Visitor(Client(HTTP_ACCEPT_LANGUAGE="zh-CN"))
    other.get(f"/coming-home/{path.receipt}/", 404)
    other.get(done, 404)
    assert other.follow(path.receipt, "0000" if LAST != "0000" else "1111", 422)
    assert other.follow(path.receipt) == f"/coming-home/{path.receipt}/"
    assert path.receipt in other.get("/mine/")


def test_a_slip_says_what_was_handed_in_who_answers_by_when_and_how_to_follow_it_and_no_word_of_it(
    site: Site, visitor: Visitor, settings: Any
) -> None:
    settings.PUBLIC_URL = "https://cunlian.example.gov.cn"
    done = _tell(visitor, site)
    path = Homecoming.objects.for_detail().get()
    assert f"/coming-home/{path.receipt}/slip/" in visitor.get(done)
    slip = visitor.get(f"/coming-home/{path.receipt}/slip/")
    assert path.holder and path.promise
    told = ("返乡意向", str(path.holder), formats.day(path.promise.due_at, year=True), check_code(path.pk))
    assert all(one in words(slip) for one in told)
    address = f"https://cunlian.example.gov.cn/follow/?receipt={path.receipt}"
    assert svg_of(segno.make(address, error="m", micro=False, boost_error=False)) in slip
    assert WISH not in slip and PHONE not in slip
    Visitor(Client(HTTP_ACCEPT_LANGUAGE="zh-CN")).get(f"/coming-home/{path.receipt}/slip/", 404)


def test_consent_name_and_a_way_to_reach_them_are_asked_for_and_nothing_is_lost(site: Site, visitor: Visitor) -> None:
    for lack in ({"agreed": ""}, {"name": ""}, {"phone": "", "contact_note": ""}, {"wish": ""}, {"place": "1"}):
        page = _tell(visitor, site, 422, **lack)
        assert "wish" in lack or WISH in page
    assert not Homecoming.objects.exists()


def test_whose_consent_lacks_is_said_to_whoever_writes(site: Site, visitor: Visitor) -> None:
    assert "没有您的同意" in words(_tell(visitor, site, 422, agreed=""))
    assert "请先征得同意" in words(_tell(visitor, site, 422, agreed="", whom="somebody"))
    assert not Homecoming.objects.exists()


def test_a_neighbour_writes_it_for_them_and_it_is_recorded_so(site: Site, visitor: Visitor) -> None:
    _tell(visitor, site, whom="somebody")
    row = Activity.objects.get(verb="coming_home.begun_for")
    assert (Homecoming.objects.get().agreed_how, row.behalf_channel) == ("helper", "proxy")


def test_with_an_account_nothing_is_asked_that_is_known(site: Site, cast: Cast, visitor: Visitor) -> None:
    log_in(visitor.client, cast.resident)
    _tell(visitor, site, name="", phone="")
    path = Homecoming.objects.get()
    assert path.person == cast.world.persons["resident"]
    fresh = Visitor(log_in(Client(HTTP_ACCEPT_LANGUAGE="zh-CN"), cast.resident))
    assert path.receipt in fresh.get("/mine/") and WISH in fresh.get(f"/coming-home/{path.receipt}/")


def test_the_person_sees_each_step_by_post_and_never_what_was_noted(site: Site, visitor: Visitor, cast: Cast) -> None:
    _tell(visitor, site)
    path = Homecoming.objects.get()
    by, day = cast.village_cadre, path.begun_at.date()
    actions.talk(path, by=by, held_on=day, text="家里老人不同意。")
    actions.ask_support(path, by=by, policy="安恒发〔2025〕12号", fund="担保贷款基金", asked_fen=20_000_000)
    page = words(visitor.get(f"/coming-home/{path.receipt}/"))
    assert "副主任" in page and "担保贷款基金" in page and "家里老人不同意" not in page and "何世平" not in page


def test_taken_back_it_is_erased_and_a_second_press_does_nothing_more(site: Site, visitor: Visitor) -> None:
    _tell(visitor, site)
    path, key = Homecoming.objects.get(), str(uuid7())
    Visitor(Client()).post(f"/coming-home/{path.receipt}/take-back/", 404, key=key)
    for _twice in range(2):
        visitor.post(f"/coming-home/{path.receipt}/take-back/", key=key)
    path.refresh_from_db()
    assert (path.state, path.wish, path.person) == ("stopped", "", None)
    assert WISH not in visitor.get(f"/coming-home/{path.receipt}/")
    visitor.post(f"/coming-home/{path.receipt}/take-back/", 422, key=str(uuid7()))
    assert Activity.objects.filter(verb="coming_home.taken_back").count() == 1


def test_the_first_page_leads_there(site: Site, visitor: Visitor) -> None:
    assert 'href="/coming-home/"' in visitor.get("/")
    assert "24" in words(visitor.get("/coming-home/"))
