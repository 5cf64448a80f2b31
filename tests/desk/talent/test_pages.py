"""The register of skills at the desk: the list, entering and recommending, one entry opened, searching, groups, the tree."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity, Look
from cunlian.people.models import Consent
from cunlian.talent.models import AdvisoryGroup, AdvisoryMember, Skill, TalentEntry, TalentSearch
from cunlian.talent.register import actions
from cunlian.talent.register.states import State
from tests.desk.conftest import Desk, Enter, soup
from tests.talent.register.conftest import CARPENTRY, COLD_STORE, Register

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(desk: Desk) -> Register:
    actions.take_over_skills(desk.cast.world.county, by=SYSTEM)
    return Register(desk.cast)


def keys(register: Register, *codes: str) -> list[str]:
    return [str(skill.pk) for skill in register.skills(*codes)]


def rows(client: Client, query: str = "") -> list[str]:
    return [row.get_text(" ", strip=True) for row in soup(client.get(f"/desk/talent/{query}")).select("tbody tr")]


def test_list_shows_masked_people_with_what_is_not_verified_marked(register: Register, enter: Enter) -> None:
    entry = register.enter(None, COLD_STORE, CARPENTRY)
    actions.verify_skills(entry, by=SYSTEM, skills=register.skills(CARPENTRY), how="work_seen")
    (row,) = rows(enter(register.cast.village_cadre))
    assert "张*兰" in row and "张桂兰" not in row
    assert "Cold store repair (not verified), Carpentry" in row and "Carpentry (not" not in row


def test_neighbouring_village_and_strangers_have_none_of_it(register: Register, enter: Enter) -> None:
    entry = register.enter()
    for name in ("neighbour_cadre", "stranger", "dispatcher"):
        client = enter(getattr(register.cast, name))
        assert "张*兰" not in client.get("/desk/talent/").content.decode()
        assert client.get(f"/desk/talent/entries/{entry.pk}/").status_code == 404


def test_filters_cut_by_skill_village_state_verified_and_whom_to_ask(register: Register, enter: Enter) -> None:
    register.enter()
    other = register.enter(register.somebody("桥师傅", register.cast.world.other_village), CARPENTRY)
    register.recommend(register.somebody("赵师傅"), CARPENTRY)
    actions.verify_skills(other, by=SYSTEM, skills=register.skills(CARPENTRY), how="work_seen")
    client = enter(register.cast.township_staff)
    for query, number in (
        ("", 3), ("?skill=0401", 1), ("?skill=04", 1), ("?skill=0502", 2), ("?village=610902107202", 1),
        ("?state=asked", 1), ("?verified=yes", 1), ("?verified=no", 2), ("?verified=waiting", 1), ("?where=away", 0),
        ("?ask=any", 1), ("?ask=mine", 0),
    ):  # fmt: skip
        assert len([row for row in rows(client, query) if "*" in row]) == number, query
    assert len(rows(enter(register.cast.village_cadre), "?ask=mine")) == 1


def test_one_row_and_many_take_the_same_number_of_queries(
    register: Register, enter: Enter, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    client = enter(register.cast.township_staff)
    register.enter()
    with django_assert_max_num_queries(60) as first:
        client.get("/desk/talent/")
    for number in range(9):
        register.enter(register.somebody(f"甲{number}"), COLD_STORE, CARPENTRY)
    with django_assert_num_queries(len(first)):
        client.get("/desk/talent/")


def test_helper_looks_the_person_up_and_enters_them_with_the_signed_form(
    register: Register, enter: Enter, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client, person = enter(register.cast.village_cadre), register.person
    page = soup(client.get("/desk/talent/new/", {"village": person.place.code, "name": "张"}))
    link = page.select_one(f"a[href='/desk/talent/new/{person.pk}/enter/']")
    assert link and "张桂兰" not in page.text
    form = SimpleUploadedFile("form.pdf", b"%PDF-1.4 signed\n%%EOF")
    said = {"channel": "door", "skills": keys(register, COLD_STORE), "words": "修了二十年", "scan": form}
    answer = client.post(str(link["href"]), said)
    entry = TalentEntry.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"/desk/talent/entries/{entry.pk}/"
    assert (entry.state, Consent.objects.get().way) == (State.LISTED, "paper")
    assert Activity.objects.get(verb="talent.entered").behalf_channel == "door"


def test_recommendation_waits_and_the_answer_is_entered_with_the_form(
    register: Register, enter: Enter, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client = enter(register.cast.village_cadre)
    client.post(f"/desk/talent/new/{register.person.pk}/recommend/", {"skills": keys(register, CARPENTRY), "words": ""})
    entry = TalentEntry.objects.get()
    page = client.get(f"/desk/talent/entries/{entry.pk}/").content.decode()
    assert entry.state == State.ASKED and "has not agreed yet" in page
    accept = f"/desk/talent/entries/{entry.pk}/accept/"
    assert client.post(accept, {"channel": "paper"}).status_code == 422
    form = SimpleUploadedFile("form.pdf", b"%PDF-1.4 signed\n%%EOF")
    assert client.post(accept, {"channel": "paper", "scan": form}).status_code == 302
    entry.refresh_from_db()
    assert entry.state == State.LISTED


def test_form_without_a_skill_says_so_and_nothing_is_lost(register: Register, enter: Enter) -> None:
    client = enter(register.cast.village_cadre)
    answer = client.post(f"/desk/talent/new/{register.person.pk}/recommend/", {"words": "修了二十年"})
    assert answer.status_code == 422 and "修了二十年" in answer.content.decode()
    assert not TalentEntry.objects.exists()


def test_where_a_look_is_owed_verifying_is_the_step_and_the_page_says_who_answers_by_when(
    register: Register, enter: Enter
) -> None:
    entry, client = register.enter(), enter(register.cast.village_cadre)
    page = soup(client.get(f"/desk/talent/entries/{entry.pk}/"))
    step = page.select_one(".moves .btn-primary")
    assert step is not None and "Verify skills" in step.text
    assert str(register.cast.world.posts["village_cadre"]) in page.text and "To be looked at by" in page.text
    assert [row for row in rows(client, "") if "verify" in row], "and so says the list"
    client.post(f"/desk/talent/entries/{entry.pk}/verify/", {"skills": keys(register, COLD_STORE), "how": "work_seen"})
    page = soup(client.get(f"/desk/talent/entries/{entry.pk}/"))
    step = page.select_one(".moves .btn-primary")
    assert step is not None and "It still holds" in step.text and "To be looked at by" not in page.text


def test_to_verify_one_says_how_and_a_verification_is_taken_back_only_where_there_is_one(
    register: Register, enter: Enter
) -> None:
    entry, client = register.enter(None, COLD_STORE), enter(register.cast.village_cadre)
    url, skills = f"/desk/talent/entries/{entry.pk}/verify/", keys(register, COLD_STORE)
    page = soup(client.get(url))
    assert page.select_one("input[name=how][checked]") is None and page.select_one("input[value=taken_back]") is None
    for how in ("", "taken_back"):
        assert client.post(url, {"skills": skills, "how": how}).status_code == 422
    client.post(url, {"skills": skills, "how": "work_seen"})
    assert entry.skills.get().verified_on is not None
    page = soup(client.get(url))
    assert page.select_one("input[name=how][checked]") is None and page.select_one("input[value=taken_back]")
    client.post(url, {"skills": skills, "how": "taken_back"})
    assert entry.skills.get().verified_on is None


def test_verify_confirm_change_and_decline_are_pages(register: Register, enter: Enter) -> None:
    client, entry = enter(register.cast.village_cadre), register.enter()
    url, skills = f"/desk/talent/entries/{entry.pk}", keys(register, COLD_STORE)
    assert client.post(f"{url}/leave/", {"skills": skills, "why_not": "lazy"}).status_code == 422
    assert client.post(f"{url}/leave/", {"skills": skills, "why_not": "nothing_to_see"}).status_code == 302
    assert "No work or paper could be seen yet" in client.get(f"{url}/").content.decode()
    assert client.post(f"{url}/verify/", {"skills": skills, "how": "work_seen"}).status_code == 302
    assert client.post(f"{url}/confirm/", {"channel": "phone"}).status_code == 302
    changed = {"channel": "door", "skills": keys(register, CARPENTRY), "words": ""}
    assert client.post(f"{url}/change/", changed).status_code == 302
    assert "Carpentry" in client.get(f"{url}/").content.decode()
    assert client.get(f"{url}/fly/").status_code == 404
    assert client.get(f"{url}/accept/").status_code == 302, "not possible now, and said so on the entry"
    asked = register.recommend(register.somebody())
    assert client.post(f"/desk/talent/entries/{asked.pk}/decline/", {"channel": "phone"})["Location"] == "/desk/talent/"
    assert client.get(f"/desk/talent/entries/{asked.pk}/").status_code == 404


def test_entry_is_masked_until_it_is_opened_for_a_purpose(register: Register, enter: Enter) -> None:
    entry, client = register.enter(), enter(register.cast.village_cadre)
    page = client.get(f"/desk/talent/entries/{entry.pk}/").content.decode()
    assert "张桂兰" not in page and "13912342716" not in page and not Look.objects.exists()
    refused = client.post(f"/desk/talent/entries/{entry.pk}/open/", {"purpose": ""})
    assert refused.status_code == 422 and "张桂兰" not in refused.content.decode()
    shown = client.post(f"/desk/talent/entries/{entry.pk}/open/", {"purpose": "请您修冷库"})
    assert "张桂兰" in shown.content.decode() and shown["Cache-Control"] == "no-store"
    assert Look.objects.get().purpose == "请您修冷库"


def test_auditor_reads_the_entry_and_opens_nothing(register: Register, enter: Enter) -> None:
    entry, client = register.enter(), enter(register.cast.auditor)
    page = soup(client.get(f"/desk/talent/entries/{entry.pk}/"))
    assert not page.select("form[action$='/open/']") and not page.select(".moves-bar")
    assert client.post(f"/desk/talent/entries/{entry.pk}/open/", {"purpose": "查一查"}).status_code == 403


def test_search_is_sent_with_a_purpose_and_shows_masked_people_with_their_distance(
    register: Register, enter: Enter
) -> None:
    register.enter()
    register.enter(register.somebody("桥师傅", register.cast.world.other_village))
    client = enter(register.cast.village_cadre)
    said = {"words": "谁会修冷库，20公里以内", "place": register.cast.world.village.code, "whereabouts": ""}
    assert client.post("/desk/talent/search/", said).status_code == 422
    answer = client.post("/desk/talent/search/", {**said, "purpose": "冷库坏了"})
    page = client.get(answer["Location"]).content.decode()
    assert "张*兰" in page and "in the village" in page and "For: 冷库坏了" in page
    assert "桥*" not in page and "same town" in page, "of the next village only that the skill is there"
    assert enter(register.cast.neighbour_cadre).get(answer["Location"]).status_code == 404
    auditor = enter(register.cast.auditor)
    assert "冷库坏了" in auditor.get("/desk/talent/searches/").content.decode()
    assert "Search again" in page and "Search again" not in auditor.get(answer["Location"]).content.decode()


def test_search_that_no_skill_fits_says_so(register: Register, enter: Enter) -> None:
    client = enter(register.cast.township_staff)
    said = {"words": "会飞的人", "place": register.cast.world.village.code, "purpose": "看看"}
    answer = client.post("/desk/talent/search/", said)
    assert answer.status_code == 422 and "No skill of the tree fits" in answer.content.decode()
    assert not TalentSearch.objects.exists()


def test_advisory_group_is_set_up_and_members_come_and_go(register: Register, enter: Enter) -> None:
    entry, client = register.enter(), enter(register.cast.township_staff)
    said = {
        "name": "果业顾问团",
        "place": "610902107",
        "field": "果树",
        "paper": "青政发〔2026〕3号",
        "starts_on": "2026-01-05",
    }
    client.post("/desk/talent/groups/new/", said)
    group = AdvisoryGroup.objects.get()
    seat = f"/desk/talent/groups/{group.pk}/seat/"
    assert "张*兰" in client.get(seat).content.decode()
    assert client.post(seat, {"entry": "x", "starts_on": "2026-02-01"}).status_code == 422
    client.post(seat, {"entry": str(entry.pk), "starts_on": "2026-02-01"})
    member = AdvisoryMember.objects.get()
    assert "张*兰" in client.get(f"/desk/talent/groups/{group.pk}/").content.decode()
    client.post(f"/desk/talent/members/{member.pk}/end/", {"ends_on": "2026-03-01"})
    assert group.name in client.get(f"/desk/talent/groups/{group.pk}/end/").content.decode()
    client.post(f"/desk/talent/groups/{group.pk}/end/", {"ends_on": "2026-04-01"})
    member.refresh_from_db(), group.refresh_from_db()
    assert (str(member.ends_on), str(group.ends_on)) == ("2026-03-01", "2026-04-01")
    assert enter(register.cast.stranger).get(f"/desk/talent/groups/{group.pk}/").status_code == 404


def test_county_keeps_the_tree_and_the_township_reads_it(register: Register, enter: Enter) -> None:
    county, township = enter(register.cast.county_staff), enter(register.cast.township_staff)
    assert county.post("/desk/talent/skills/usual/").status_code == 302
    assert county.post("/desk/talent/skills/new/", {"code": "0405", "name": "烟叶烘烤"}).status_code == 302
    skill = Skill.objects.get(code="0405")
    assert county.post(f"/desk/talent/skills/{skill.pk}/end/").status_code == 302
    assert "Cold store repair" in township.get("/desk/talent/skills/").content.decode()
    assert township.post("/desk/talent/skills/new/", {"code": "0406", "name": "其他"}).status_code == 403


def test_persons_page_leads_to_the_entry_or_to_entering_one(register: Register, enter: Enter) -> None:
    client, person = enter(register.cast.village_cadre), register.person
    link = f"/desk/talent/new/{person.pk}/"
    assert link in client.get(f"/desk/people/{person.pk}/").content.decode()
    assert "Enter on their word" in client.get(link).content.decode()
    entry = register.enter()
    assert client.get(link)["Location"] == f"/desk/talent/entries/{entry.pk}/"


def test_who_may_not_begin_an_entry_is_not_led_to_a_refusal(register: Register, enter: Enter) -> None:
    person = register.cast.world.persons["resident"]
    for who, led in (("village_cadre", True), ("auditor", False)):
        answer = enter(getattr(register.cast, who)).get(f"/desk/talent/new/{person.pk}/")
        assert answer.status_code == 200 and ("recommend/" in answer.content.decode()) is led, who


def test_figure_opens_the_entries_it_counted(register: Register, enter: Enter) -> None:
    entry = register.enter()
    register.recommend(register.somebody())
    page = soup(enter(register.cast.county_staff).get("/desk/figures/talent.local_talent_count/"))
    assert [link["href"] for link in page.select("tbody a")] == [f"/desk/talent/entries/{entry.pk}/"]
    assert "张桂兰" not in page.text
