"""A neighbour says online whether it is fixed: by a receipt of their own, or as somebody of the village with an account."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from cunlian.accounts.actors import actor_of
from cunlian.accounts.models import User
from cunlian.cases import actions
from cunlian.cases.actions import Told
from cunlian.cases.models import Case
from cunlian.cases.states import State
from cunlian.kernel.access import Actor
from cunlian.kernel.ids import uuid7
from cunlian.people.models import Person
from tests.cast import log_in
from tests.resident.site import PHONE, Site, Visitor, words

OTHER = "13800001111"


def enters(site: Site, name: str = "高秀兰") -> Visitor:
    """Somebody of the village, logged in, on a phone of their own."""
    user = User.objects.create(username=f"u-{name}", is_resident=True)
    person = Person.objects.create(name=name, place=site.village, user=user)
    return Visitor(log_in(Client(HTTP_ACCEPT_LANGUAGE="zh-CN"), actor_of(user, person.pk)))


def handles(html: str) -> list[str]:
    return re.findall(r'action="/nearby/([0-9a-f]+)/"', html)


def says(visitor: Visitor, handle: str, fixed: str, status: int = 302, **values: str) -> str:
    return visitor.post(f"/nearby/{handle}/", status, **({"key": str(uuid7()), "fixed": fixed, "text": ""} | values))


def state(case: Case) -> str:
    return str(Case.objects.get(pk=case.pk).state)


# --- by an account ---


def test_what_is_said_to_be_done_stands_there_without_anybodys_words(site: Site) -> None:
    case = site.report("三组张屠户家门口的灯不亮", category=site.lamp, place_text="张屠户家对面，学校后面")
    site.answer(case, "王二妹您好，换好了。")
    html = enters(site).get("/nearby/")
    assert len(handles(html)) == 1 and "路灯" in html and "柳湾村民委员会" in html
    assert "三组 · 学校" in words(html), "landmarks of the fixed list tell one lamp from another"
    for secret in ("张屠户", "王二妹", case.receipt, str(case.pk), PHONE):
        assert secret not in html


def test_nothing_is_opened_again_by_somebody_who_said_neither(site: Site) -> None:
    case = site.report(category=site.lamp)
    site.answer(case)
    neighbour, before = enters(site), state(case)
    (handle,) = handles(neighbour.get("/nearby/"))
    says(neighbour, handle, "")
    assert state(case) == before and "请按两个按钮中的一个" in neighbour.get("/nearby/")


@pytest.mark.parametrize(("fixed", "after"), [("yes", State.VOUCHED), ("no", State.IN_PROGRESS)])
def test_a_neighbour_says_how_it_is(site: Site, visitor: Visitor, fixed: str, after: State) -> None:
    case = site.report(category=site.lamp)
    site.answer(case)
    neighbour = enters(site)
    (handle,) = handles(neighbour.get("/nearby/"))
    assert says(neighbour, handle, fixed, text="我路过看了") == "/nearby/"
    assert state(case) == after
    assert not handles(neighbour.get("/nearby/"))

    visitor.follow(case.receipt)
    html = words(visitor.get(f"/r/{case.receipt}/"))
    assert "邻居" in html and "我路过看了" not in html and "系统" not in html


def test_pressing_twice_says_it_once(site: Site) -> None:
    case = site.report(category=site.lamp)
    site.answer(case)
    neighbour, key = enters(site), str(uuid7())
    (handle,) = handles(neighbour.get("/nearby/"))
    for _press in range(2):
        says(neighbour, handle, "no", key=key)
    assert Case.objects.get(pk=case.pk).reopened == 1


def test_of_two_neighbours_the_second_is_told_in_words(site: Site) -> None:
    site.answer(site.report(category=site.lamp))
    first, second = enters(site, "高秀兰"), enters(site, "罗大山")
    (handle,) = handles(second.get("/nearby/"))
    says(first, handle, "yes")
    assert "已经有人" in says(second, handle, "no", status=422)


def test_only_public_matters_of_ones_own_village_stand_there(site: Site) -> None:
    neighbour = enters(site)
    site.answer(site.report("我的津贴没到账"))
    site.answer(site.report(category=site.lamp, place=site.cast.world.other_village))
    withheld = site.report(category=site.lamp)
    site.answer(withheld)
    Case.objects.filter(pk=withheld.pk).update(confidential=True)
    own = site.report(category=site.lamp, told=None, person=Person.objects.get(name="高秀兰"))
    site.answer(own)
    site.report(category=site.lamp)
    assert not handles(neighbour.get("/nearby/"))


def test_whoever_handled_it_does_not_find_it_and_cannot_say_it(site: Site) -> None:
    """Staff of the village on the residents' pages, out of their post."""
    case = site.report(category=site.lamp)
    site.answer(case)
    keeper = site.keeper(case)
    Person.objects.filter(pk=keeper.person_id).update(place=site.village)
    (handle,) = handles(enters(site).get("/nearby/"))
    staff = Visitor(log_in(Client(HTTP_ACCEPT_LANGUAGE="zh-CN"), keeper))
    assert not handles(staff.get("/nearby/"))
    for fixed in ("yes", "no"):
        says(staff, handle, fixed, status=422)
    assert state(case) == State.ANSWERED


def test_without_an_account_one_is_asked_to_log_in(site: Site, visitor: Visitor) -> None:
    site.answer(site.report(category=site.lamp))
    assert visitor.get("/nearby/", 302) == "/enter/"
    assert says(visitor, "0" * 24, "yes") == "/nearby/"


def test_an_account_without_a_village_is_told_where_to_ask(site: Site) -> None:
    user = User.objects.create(username="nobody", is_resident=True)
    visitor = Visitor(log_in(Client(HTTP_ACCEPT_LANGUAGE="zh-CN"), Actor("user", user_id=user.pk)))
    assert "村委会" in words(visitor.get("/nearby/"))


def test_the_list_takes_the_same_queries_for_one_and_for_many(
    site: Site, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    neighbour = enters(site)
    site.answer(site.report(category=site.lamp))
    with django_assert_max_num_queries(14) as first:
        neighbour.get("/nearby/")
    for _n in range(4):
        site.answer(site.report(category=site.lamp))
    with django_assert_num_queries(len(first)):
        assert len(handles(neighbour.get("/nearby/"))) == 5


# --- by a receipt of one's own ---


def joined(site: Site) -> tuple[Case, str]:
    case = site.report(category=site.lamp)
    receipt = actions.join_case(case, by=site.cast.anonymous, told=Told("李国庆", OTHER)).receipt
    site.answer(case)
    return case, receipt


@pytest.mark.parametrize(("path", "after"), [("fixed", State.VOUCHED), ("still-broken", State.IN_PROGRESS)])
def test_who_joined_says_how_it_is(site: Site, visitor: Visitor, path: str, after: State) -> None:
    case, receipt = joined(site)
    visitor.follow(receipt, OTHER[-4:])
    html = visitor.get(f"/r/{receipt}/")
    assert f"/r/{receipt}/{path}/" in html and f"/r/{receipt}/confirm/" not in html
    visitor.post(f"/r/{receipt}/{path}/", key=str(uuid7()), text="")
    assert state(case) == after


def test_who_joined_can_say_that_it_is_not_fixed_after_silence(site: Site, visitor: Visitor) -> None:
    case, receipt = joined(site)
    Case.objects.filter(pk=case.pk).update(state=State.ELAPSED, ended_at=Case.objects.get(pk=case.pk).answered_at)
    visitor.follow(receipt, OTHER[-4:])
    html = visitor.get(f"/r/{receipt}/")
    assert f"/r/{receipt}/still-broken/" in html and f"/r/{receipt}/fixed/" not in html
    visitor.post(f"/r/{receipt}/still-broken/", key=str(uuid7()), text="还是黑的")
    assert state(case) == State.IN_PROGRESS


def test_who_joined_still_cannot_speak_as_the_one_who_reported(site: Site, visitor: Visitor) -> None:
    case, receipt = joined(site)
    visitor.follow(receipt, OTHER[-4:])
    for path in ("confirm", "reopen", "withdraw", "words"):
        visitor.post(f"/r/{receipt}/{path}/", 422, key=str(uuid7()), text="我说的")
    assert state(case) == State.ANSWERED


def test_the_one_who_reported_cannot_vouch_for_themself(site: Site, visitor: Visitor) -> None:
    case = site.report(category=site.lamp)
    site.answer(case)
    visitor.follow(case.receipt)
    assert "/fixed/" not in visitor.get(f"/r/{case.receipt}/")
    visitor.post(f"/r/{case.receipt}/fixed/", 422, key=str(uuid7()), text="")
    assert state(case) == State.ANSWERED


def test_a_receipt_not_shown_to_be_ones_own_says_nothing(site: Site, visitor: Visitor) -> None:
    case, receipt = joined(site)
    for path in ("fixed", "still-broken"):
        visitor.post(f"/r/{receipt}/{path}/", 404, key=str(uuid7()), text="")
    assert state(case) == State.ANSWERED
