"""The register of skills at the residents' door: what anybody reads, entering with and without an account, one's own entry."""

from __future__ import annotations

from typing import Any

import pytest

from cunlian.kernel.access import SYSTEM
from cunlian.people.consent import give, holds
from cunlian.people.models import Consent, Person
from cunlian.talent.models import Skill, TalentEntry
from cunlian.talent.register import actions
from cunlian.talent.register.published import published
from cunlian.talent.register.states import State
from tests.cast import log_in
from tests.resident.site import Site, Visitor, words
from tests.talent.register.conftest import CARPENTRY, COLD_STORE, Register


@pytest.fixture
def register(site: Site) -> Register:
    actions.take_over_skills(site.district.root, by=SYSTEM)
    return Register(site.cast)


@pytest.fixture
def me(register: Register, visitor: Visitor) -> Visitor:
    log_in(visitor.client, register.cast.resident)
    return visitor


def keys(register: Register, *codes: str) -> list[str]:
    return [str(skill.pk) for skill in register.skills(*codes)]


def test_anybody_reads_skill_and_village_and_never_a_person_or_a_small_number(
    register: Register, visitor: Visitor
) -> None:
    register.enter(None, COLD_STORE, words="修了二十年")
    for number in range(5):
        register.enter(register.somebody(f"桥木匠{number}", register.cast.world.other_village), CARPENTRY)
    page = words(visitor.get("/skills/"))
    assert "冷库安装维修 柳湾 不足五人" in page and "木工 桥头 5" in page
    assert not [
        said for said in ("张桂兰", "张*兰", "桥", "13912342716", "修了二十年") if said in page.replace("桥头", "")
    ]
    village = words(visitor.get("/v/610902107201/skills/"))
    assert "冷库安装维修" in village and "木工" not in village
    visitor.get("/v/610903101201/skills/", 404)


def test_what_waits_rests_or_lost_its_consent_is_not_read_in_public(register: Register, site: Site) -> None:
    register.recommend(register.somebody(), CARPENTRY)
    assert published(site.district.root) == []
    entry = register.enter()
    assert len(published(site.district.root)) == 1
    actions.rest_entry(entry, by=SYSTEM)
    assert published(site.district.root) == []


def test_reading_takes_the_same_number_of_queries_for_one_and_for_many(
    register: Register, site: Site, django_assert_num_queries: Any
) -> None:
    register.enter()
    with django_assert_num_queries(3):
        published(site.district.root)
    for number in range(6):
        register.enter(register.somebody(f"甲{number}"), COLD_STORE, CARPENTRY)
    with django_assert_num_queries(3):
        published(site.district.root)


def test_with_an_account_one_reads_the_words_agrees_and_stands_in_the_register(register: Register, me: Visitor) -> None:
    assert "只显示手艺和村名" in me.get("/skills/enter/")
    said = {"skills": keys(register, COLD_STORE), "words": "修了二十年", "version": "1"}
    assert "您同意" in me.post("/skills/enter/", 422, **said)
    assert not TalentEntry.objects.exists()
    assert me.post("/skills/enter/", **said, agree="on") == "/mine/skills/"
    assert TalentEntry.objects.get().state == State.LISTED and holds(register.person, "talent")
    assert me.get("/skills/enter/", 302) == "/mine/skills/"


def test_words_that_changed_meanwhile_are_read_again(register: Register, me: Visitor) -> None:
    me.get("/skills/enter/")
    said = {"skills": keys(register, COLD_STORE), "version": "7", "agree": "on"}
    me.post("/skills/enter/", 422, **said)
    assert not TalentEntry.objects.exists() and not Consent.objects.exists()


def test_without_an_account_a_visitor_leaves_word_and_is_asked(register: Register, visitor: Visitor) -> None:
    said = {"whom": "myself", "skills": keys(register, CARPENTRY), "name": "周木匠", "phone": "13509150001",
            "place": "610902107201"}  # fmt: skip
    assert "请" in visitor.post("/skills/enter/", 422, **{**said, "phone": "12"})
    assert visitor.post("/skills/enter/", **said) == "/skills/thanks/"
    entry = TalentEntry.objects.get()
    assert (entry.state, entry.source, entry.person.name) == (State.ASKED, "own", "周木匠")
    assert visitor.post("/skills/enter/", **said) == "/skills/thanks/", "told the same whether somebody is in or not"
    assert TalentEntry.objects.count() == 1
    visitor.get("/skills/thanks/")


def test_who_declined_and_then_writes_for_themself_is_asked_again(register: Register, visitor: Visitor) -> None:
    said = {"whom": "myself", "skills": keys(register, CARPENTRY), "name": "周木匠", "phone": "13509150001",
            "place": "610902107201"}  # fmt: skip
    visitor.post("/skills/enter/", **said)
    actions.decline_entry(TalentEntry.objects.get(), by=SYSTEM)

    visitor.post("/skills/enter/?for=neighbour", **{**said, "whom": "neighbour"})
    assert TalentEntry.objects.get().state == State.DECLINED, "a neighbour's word does not"
    visitor.post("/skills/enter/", **said)
    assert TalentEntry.objects.get().state == State.ASKED


def test_refusals_are_the_same_whether_or_not_somebody_stands_in_the_register(
    register: Register, visitor: Visitor
) -> None:
    said = {"whom": "myself", "skills": keys(register, CARPENTRY), "name": "周木匠", "phone": "13509150001",
            "place": "610902107201"}  # fmt: skip
    nine = [str(skill.pk) for skill in Skill.objects.leaves()[:9]]
    too_many = "最多选 8 项" in visitor.post("/skills/enter/", 422, **{**said, "skills": nine})
    visitor.post("/skills/enter/", **said)
    assert too_many and "最多选 8 项" in visitor.post("/skills/enter/", 422, **{**said, "skills": nine})


def test_neighbour_is_recommended_with_and_without_an_account(register: Register, me: Visitor) -> None:
    said = {"whom": "neighbour", "skills": keys(register, CARPENTRY), "name": "吴瓦匠", "phone": "13509150002",
            "place": "610902107201"}  # fmt: skip
    me.post("/skills/enter/?for=neighbour", **said)
    entry = TalentEntry.objects.get()
    assert (entry.state, entry.source) == (State.ASKED, "recommended")


def test_recommended_person_reads_what_was_written_and_agrees_or_declines(register: Register, me: Visitor) -> None:
    register.recommend()
    assert "冷库安装维修" in me.get("/mine/skills/agree/")
    assert me.post("/mine/skills/agree/", version="1", agree="on") == "/mine/skills/"
    assert TalentEntry.objects.get().state == State.LISTED
    TalentEntry.objects.all().delete()
    register.recommend()
    me.post("/mine/skills/decline/")
    assert TalentEntry.objects.get().state == State.DECLINED
    assert "不在乡土能人库" in me.get("/mine/skills/")


def test_consent_on_record_is_not_asked_again(register: Register, me: Visitor) -> None:
    give(register.person, by=SYSTEM, purpose="talent", way="online")
    register.recommend()
    assert "我看过了" not in me.get("/mine/skills/agree/")
    me.post("/mine/skills/agree/")
    assert TalentEntry.objects.get().state == State.LISTED


def test_own_entry_is_confirmed_changed_and_left(register: Register, me: Visitor) -> None:
    entry = register.enter()
    actions.rest_entry(entry, by=SYSTEM)
    me.post("/mine/skills/confirm/")
    me.post("/mine/skills/change/", skills=keys(register, CARPENTRY), words="木匠")
    entry.refresh_from_db()
    assert entry.state == State.LISTED and [row.skill.code for row in entry.skills.all()] == [CARPENTRY]
    assert "/mine/consents/talent/" in me.get("/mine/skills/")
    me.post("/mine/consents/talent/", withdraw="1")
    assert "不在乡土能人库" in me.get("/mine/skills/")


def test_data_page_shows_the_entry_and_who_searched(register: Register, me: Visitor) -> None:
    register.enter(None, COLD_STORE, words="修了二十年")
    register.search(purpose="合作社冷库坏了")
    page = me.get("/mine/data/")
    assert "修了二十年" in page and "合作社冷库坏了" in page and "/mine/skills/" in page


def test_without_an_account_ones_own_pages_lead_to_the_log_in(register: Register, visitor: Visitor) -> None:
    assert visitor.get("/mine/skills/", 302) == "/enter/"
    assert visitor.post("/mine/skills/decline/") == "/enter/"
    assert Person.objects.filter(talent_entry__isnull=False).count() == 0
