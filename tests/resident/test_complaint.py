"""A complaint about service goes past the one it is about; nobody else finds it."""

from __future__ import annotations

from cunlian.cases.models import Case
from cunlian.cases.published import by_month, open_now
from cunlian.kernel.ids import uuid7
from tests.resident.site import LAST, PHONE, Site, Visitor, words

HERE = "/complaint/?village=610902107201"


def _about(site: Site, name: str) -> str:
    return f"post:{site.cast.world.posts[name].pk}"


def _complain(site: Site, visitor: Visitor, **values: str) -> Case:
    given = {"key": str(uuid7()), "about": _about(site, "village_cadre"), "text": "两次去都不在岗。"} | values
    receipt = visitor.post(HERE, **given).rstrip("/").rsplit("/", 1)[1]
    return Case.objects.get(receipt=receipt)


def test_posts_and_units_are_offered_and_no_person(site: Site, visitor: Visitor) -> None:
    html = visitor.get(HERE)
    assert "副主任" in html
    assert "青石镇社会治理办" in html
    assert "何世平" not in html
    assert "黑岩镇党政办" not in html


def test_village_comes_first(site: Site, visitor: Visitor) -> None:
    html = visitor.get("/complaint/")
    assert 'name="village"' in html
    assert "<textarea" not in html


def test_it_goes_past_the_one_complained_of(site: Site, visitor: Visitor) -> None:
    case = _complain(site, visitor, phone=PHONE)
    posts = site.cast.world.posts
    assert case.confidential
    assert case.holder == posts["village_head"]
    assert case.about_post == posts["village_cadre"]
    for name in ("village_cadre", "grid_worker", "lane_leader", "social_worker", "dispatcher"):
        assert not Case.objects.visible_to(getattr(site.cast, name)).filter(pk=case.pk).exists()


def test_the_person_follows_it_like_any_other(site: Site, visitor: Visitor, stranger: Visitor) -> None:
    case = _complain(site, visitor, phone=PHONE)
    stranger.follow(case.receipt, LAST)
    html = stranger.get(f"/r/{case.receipt}/")
    assert "两次去都不在岗" in html
    assert "柳湾村民委员会 主任" in words(html)


def test_about_a_whole_unit(site: Site, visitor: Visitor) -> None:
    unit = site.cast.world.units["township_office"]
    case = _complain(site, visitor, about=f"unit:{unit.pk}")
    assert case.about_organisation == unit
    assert case.holder is not None
    assert case.holder.organisation != unit


def test_whom_it_is_about_must_be_on_the_list(site: Site, visitor: Visitor) -> None:
    for about in ("", "post:x", _about(site, "stranger"), "unit:00000000-0000-7000-8000-000000000000"):
        html = visitor.post(HERE, 422, key=str(uuid7()), about=about, text="两次去都不在岗。")
        assert "两次去都不在岗" in html
    assert not Case.objects.exists()


def test_pressing_twice_complains_once(site: Site, visitor: Visitor) -> None:
    key = str(uuid7())
    assert _complain(site, visitor, key=key) == _complain(site, visitor, key=key)


def test_it_is_in_no_public_number(site: Site, visitor: Visitor) -> None:
    for n in range(6):
        _complain(site, visitor, text=f"第{n}次不在岗")
    assert [month.received for month in by_month(site.village)] == [0] * 6
    assert open_now(site.village) == 0
