"""Calls for partners at the residents' door: read and answered by anybody, followed and taken back by receipt."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.ids import uuid7
from cunlian.kernel.models import Activity
from cunlian.organisations.models import Organisation, OrganisationKind, Post
from cunlian.talent.models import Application
from cunlian.talent.partners import actions
from cunlian.talent.taking import check_code
from cunlian.ui import formats
from tests.cast import START, Cast
from tests.resident.site import PHONE, Site, Visitor, words
from tests.talent.partners.conftest import OFFER, Partners


@pytest.fixture
def partners(site: Site, cast: Cast) -> Partners:
    kind = OrganisationKind.INSTITUTE
    institute = Organisation.objects.create(
        organisation_kind=kind, name="测试师范学院", place=cast.world.county, starts_on=START
    )
    return Partners(cast, institute)


def _apply(visitor: Visitor, number: str, status: int = 302, **values: Any) -> str:
    given = {
        "key": str(uuid7()), "offer": OFFER, "comes_from": "institute", "unit_name": "测试师范学院", "name": "白敏学",
        "phone": PHONE, "agreed": "on",
    } | values  # fmt: skip
    return visitor.post(f"/partners/{number}/", status, **given)


def test_open_calls_are_read_by_anybody_and_no_others(partners: Partners, visitor: Visitor) -> None:
    call, draft = partners.call(), partners.draft(name="还没定的招募")
    page = visitor.get("/partners/")
    assert call.name in page and draft.name not in page and str(call.pk) not in page
    assert "二十亩示范田" in visitor.get(f"/partners/{call.number}/")
    visitor.get(f"/partners/{draft.number}/", 404)
    actions.close(call, by=SYSTEM)
    visitor.get(f"/partners/{call.number}/", 404)
    past = partners.call()
    with clock.set_to(clock.at(past.open_until + timedelta(days=1), 9)):
        visitor.get(f"/partners/{past.number}/", 404)


def test_it_is_answered_without_an_account_and_followed_by_receipt(partners: Partners, visitor: Visitor) -> None:
    done = _apply(visitor, partners.call().number)
    sent = Application.objects.get()
    assert "查询码" in words(visitor.get(done))
    assert OFFER in visitor.get(f"/partners/application/{sent.receipt}/")
    other = Visitor(Client(HTTP_ACCEPT_LANGUAGE="zh-CN"))
    other.get(f"/partners/application/{sent.receipt}/", 404)
    other.get(done, 404)
    assert sent.promise and f"/partners/application/{sent.receipt}/slip/" in visitor.get(done)
    slip = visitor.get(f"/partners/application/{sent.receipt}/slip/")
    reviewer = str(Post.objects.get(pk=sent.promise.owner_id))
    told = ("应招申请", sent.call.name, reviewer, formats.day(sent.promise.due_at, year=True), check_code(sent.pk))
    assert all(one in words(slip) for one in told) and OFFER not in slip
    other.get(f"/partners/application/{sent.receipt}/slip/", 404)
    assert other.follow(sent.receipt) == f"/partners/application/{sent.receipt}/"
    assert sent.receipt in other.get("/mine/")


def test_what_is_missing_is_said_and_nothing_is_lost(partners: Partners, visitor: Visitor) -> None:
    number = partners.call().number
    for lack in ({"agreed": ""}, {"name": ""}, {"phone": ""}, {"offer": ""}, {"comes_from": ""}, {"unit_name": ""}):
        page = _apply(visitor, number, 422, **lack)
        assert "offer" in lack or OFFER in page
    assert not Application.objects.exists()


def test_a_helper_writes_it_for_them(partners: Partners, visitor: Visitor) -> None:
    _apply(visitor, partners.call().number, whom="somebody")
    assert Application.objects.get().agreed_how == "helper"
    assert Activity.objects.get(verb="partners.applied_for").behalf_channel == "proxy"


def test_the_applicant_reads_the_answer_and_never_what_a_reviewer_said(partners: Partners, visitor: Visitor) -> None:
    _apply(visitor, partners.call().number)
    sent = Application.objects.get()
    actions.give_word(sent, by=partners.cast.village_head, in_favour=False, words="年纪太大。")
    actions.decline(sent, by=partners.cast.township_staff, answer="今年只要一名。")
    page = words(visitor.get(f"/partners/application/{sent.receipt}/"))
    assert "今年只要一名。" in page and "年纪太大" not in page and "主任" not in page


def test_taken_back_it_is_erased_at_once(partners: Partners, visitor: Visitor) -> None:
    _apply(visitor, partners.call().number)
    sent, key = Application.objects.get(), str(uuid7())
    Visitor(Client()).post(f"/partners/application/{sent.receipt}/take-back/", 404, key=key)
    for _twice in range(2):
        visitor.post(f"/partners/application/{sent.receipt}/take-back/", key=key)
    sent.refresh_from_db()
    assert (sent.state, sent.person, sent.offer) == ("withdrawn", None, "")
    for page in (f"/partners/application/{sent.receipt}/", "/mine/"):
        assert words(visitor.get(page)).count(" 已撤回 ") == 1, "how it stands is said once"
    visitor.post(f"/partners/application/{sent.receipt}/take-back/", 422, key=str(uuid7()))
