"""The page of a village: posts, grids, numbers, and nothing private."""

from __future__ import annotations

from datetime import date
from typing import Any

from cunlian.cases.models import Case
from cunlian.cases.published import by_month, open_now
from cunlian.cases.states import State
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.models import Post, Posting
from cunlian.people.models import Person
from cunlian.places.actions.districts import switch_module
from cunlian.places.actions.grids import create_grid, create_villager_group
from cunlian.places.models import VillageProfile
from tests.cast import RESIDENT_PHONE, START
from tests.resident.site import Site, Visitor, words

HERE = "/v/610902107201/"


def test_posts_with_their_holders_and_grids_with_their_workers(site: Site, visitor: Visitor) -> None:
    text = words(visitor.get(HERE))
    assert "主任 汪德厚" in text
    assert "柳湾村一网格 没有数据 许建华" in text
    assert "柳湾村二网格 没有数据 还没有人" in text
    assert "监督电话 0915-3612345" in text
    assert "柳桥片区" in text


def test_a_grid_nobody_has_drawn_is_told_by_its_villager_groups(site: Site, visitor: Visitor) -> None:
    village = site.cast.world.village
    groups = [create_villager_group(village, by=SYSTEM, number=n, starts_on=START) for n in (1, 2, 3)]
    create_grid(village, by=SYSTEM, name="新网格", starts_on=START, groups=groups[:2])
    create_grid(village, by=SYSTEM, name="河网格", starts_on=START, groups=groups[2:], boundary="沿河三排房")
    text = words(visitor.get(HERE))
    assert "新网格 1 组、2 组" in text
    assert "河网格 沿河三排房" in text


def test_nobody_private_stands_there(site: Site, visitor: Visitor) -> None:
    site.report("张桂兰家门口的路灯坏了")
    html = visitor.get(HERE)
    assert "张桂兰" not in html
    assert RESIDENT_PHONE not in html
    assert "鲁春生" not in html


def test_a_post_without_a_holder_is_vacant(site: Site, visitor: Visitor) -> None:
    Posting.objects.filter(post=site.cast.world.posts["village_head"]).update(ends_on=date(2024, 2, 1))
    text = words(visitor.get(HERE))
    assert "主任 空缺" in text
    assert "汪德厚" not in text


def test_numbers_under_five_are_hidden(site: Site, visitor: Visitor) -> None:
    for n in range(4):
        site.report(f"第{n}件事")
    assert "少于 5" in words(visitor.get(HERE))
    assert by_month(site.village)[0].received is None
    assert open_now(site.village) is None
    site.report("第五件事")
    assert by_month(site.village)[0].received == 5
    assert open_now(site.village) == 5
    assert "今天还有 5 件等答复" in words(visitor.get(HERE))


def test_a_month_is_a_month_in_shanghai(site: Site) -> None:
    with clock.set_to(clock.at(date(2026, 7, 1), 0, 30)):
        for n in range(5):
            site.report(f"第{n}件事")
        months = by_month(site.village)
        assert (months[0].first, months[0].received) == (date(2026, 7, 1), 5)
        assert months[1].received == 0
        assert months[5].first == date(2026, 2, 1)


def test_missing_profile_and_missing_numbers_say_so(site: Site, visitor: Visitor) -> None:
    assert "村情 没有数据" in words(visitor.get(HERE))
    VillageProfile.objects.create(
        place=site.village, as_of=date(2025, 12, 31), source="村委会年报", registered_population=968,
        entered_at=clock.now(),
    )  # fmt: skip
    text = words(visitor.get(HERE))
    assert "968 人" in text
    assert "2025年12月31日" in text
    assert "空置房屋 没有数据" in text


def test_only_villages_the_district_counts_have_a_page(site: Site, visitor: Visitor) -> None:
    for code in ("610903101", "610902107", "610902107201001", "000000000000", "x"):
        visitor.get(f"/v/{code}/", 404)


def test_the_same_queries_for_few_posts_and_many(
    site: Site, visitor: Visitor, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_max_num_queries(20) as first:
        visitor.get(HERE)
    queries = len(first)
    unit = site.cast.world.units["committee"]
    for n in range(5):
        post = Post.objects.create(
            organisation=unit, title=f"委员{n}", role="village_cadre", place=site.village, starts_on=START
        )
        person = Person.objects.create(name=f"委员{n}名", place=site.village)
        Posting.objects.create(post=post, person=person, starts_on=START)
        site.report(f"第{n}件事")
    with django_assert_num_queries(queries):
        visitor.get(HERE)
    assert Case.objects.count() == 5


def test_person_neighbour_and_silence_are_published_apart(site: Site, visitor: Visitor) -> None:
    for state, count in ((State.CONFIRMED, 7), (State.VOUCHED, 6), (State.ELAPSED, 5)):
        for _n in range(count):
            _ended(site, state)
    month = by_month(site.village)[0]
    assert (month.answered, month.confirmed, month.vouched, month.elapsed) == (18, 7, 6, 5)
    text = words(visitor.get(HERE))
    assert all(heading in text for heading in ("说办好了的是", "本人", "邻居", "没人说"))


def test_a_hidden_part_cannot_be_computed_back(site: Site) -> None:
    for state, count in ((State.CONFIRMED, 7), (State.VOUCHED, 6), (State.ELAPSED, 2)):
        for _n in range(count):
            _ended(site, state)
    month = by_month(site.village)[0]
    assert (month.answered, month.confirmed, month.vouched, month.elapsed) == (15, 7, None, None)


def _ended(site: Site, state: State) -> None:
    """As if a year of work had ended so; how a request ends is tried elsewhere."""
    case = site.report(category=site.lamp)
    Case.objects.filter(pk=case.pk).update(state=state, answered_at=case.reported_at, ended_at=case.reported_at)


def test_what_the_village_has_switched_off_is_not_offered_there(site: Site, visitor: Visitor) -> None:
    visitor.post("/villages/choose/", village="610902107201")
    report, skills = "/report/", f"{HERE}skills/"
    assert f'href="{report}' in visitor.get(HERE) and f'href="{skills}"' in visitor.get(HERE)
    assert f'href="{report}"' in visitor.get("/") and 'href="/skills/"' in visitor.get("/")
    for module in ("cases", "talent"):
        switch_module(site.village, by=SYSTEM, module=module, on=False, day=clock.today())
    for address in (HERE, "/"):
        html = visitor.get(address)
        assert f'href="{report}' not in html and "skills/" not in html
        assert "这里不在网上受理" in html and 'href="/complaint/' in visitor.get("/")
    other = visitor.get("/v/610902107202/")
    assert f'href="{report}' in other
