"""The page of a village says who answers for it this year, from the published yearly lists."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.actions import end_duty
from cunlian.organisations.coverage.actions import name_matter
from cunlian.organisations.models import Capacity, ResponsibilityList
from cunlian.organisations.responsibility import actions
from tests.resident.site import Site, Visitor, words

HERE = "/v/610902107201/"
PAPER = "青政发〔2026〕1号"


def drawn(site: Site, capacity: str) -> ResponsibilityList:
    town = site.cast.world.township
    return actions.draw_list(by=SYSTEM, capacity=capacity, place=town, year=clock.today().year, paper=PAPER)


def published(one: ResponsibilityList) -> None:
    actions.approve_list(one, by=SYSTEM)
    actions.publish_list(one, by=SYSTEM)


def test_posts_and_holders_stand_there_with_the_paper(site: Site, visitor: Visitor) -> None:
    world, one = site.cast.world, drawn(site, Capacity.STATIONED_CADRE)
    actions.add_line(one, by=SYSTEM, post=world.posts["mediator"], place=world.village)
    assert "谁负责本村" not in words(visitor.get(HERE))
    published(one)

    text = words(visitor.get(HERE))
    assert "谁负责本村" in text and PAPER in text
    assert "柳湾人民调解委员会 调解员 段和平 全村" in text
    assert "谁负责本村" not in words(visitor.get("/v/610902107202/"))

    duty = one.lines.get().duty
    assert duty is not None
    end_duty(duty, by=SYSTEM)
    assert "谁负责本村" not in words(visitor.get(HERE))


def test_of_households_only_their_number_and_of_their_contacts_no_name(site: Site, visitor: Visitor) -> None:
    world, one = site.cast.world, drawn(site, Capacity.MEMBER_CONTACT)
    actions.add_line(one, by=SYSTEM, post=world.posts["social_worker"], household=world.household)
    published(one)
    html = visitor.get(HERE)

    assert "柳湾村民委员会 社工 本村 1 户" in words(html)
    answering = html.partition('id="answering"')[2].partition("</section>")[0]
    assert "沈小雨" not in answering and world.household.address not in answering


def test_an_area_is_named_on_the_pages_of_its_villages(site: Site, visitor: Visitor) -> None:
    world, one = site.cast.world, drawn(site, Capacity.AREA_HEAD)
    actions.add_line(one, by=SYSTEM, post=world.posts["area_staff"], area=world.area)
    published(one)
    for page in (HERE, "/v/610902107202/"):
        assert "片区长 葛远山 柳桥片区" in words(visitor.get(page))


def test_the_page_takes_the_same_queries_for_one_line_and_for_four(site: Site, visitor: Visitor) -> None:
    counts, world = [], site.cast.world
    for names, capacity in (
        (["mediator"], Capacity.STATIONED_CADRE),
        (["social_worker", "village_head", "village_cadre"], Capacity.DECISION_GUIDE),
    ):
        one = drawn(site, capacity)
        for name in names:
            actions.add_line(one, by=SYSTEM, post=world.posts[name], place=world.village)
        published(one)
        with CaptureQueriesContext(connection) as found:
            assert visitor.get(HERE).count(PAPER) == len(counts) + 1
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_the_five_matters_of_its_area_say_who_since_when_and_where_nobody_does(site: Site, visitor: Visitor) -> None:
    world = site.cast.world
    name_matter(world.area, by=SYSTEM, matter="ecology", post=world.posts["township_head"], paper="青政发〔2026〕8号")
    text = words(visitor.get(HERE))
    assert "柳桥片区五件大事" in text and "青政发〔2026〕8号" in text
    assert "青石镇社会治理办 分管副镇长 贺明" in text and text.count("还没有人") >= 4
