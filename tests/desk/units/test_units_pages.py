"""The pages of the two committees and of leaving a post."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cunlian.cases.states import State
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.actions import appoint, end_posting
from cunlian.organisations.models import Lead, Leaving, OrganisationKind, Posting, PostKind, UnitMembership
from tests.desk.conftest import Desk, Enter, soup
from tests.organisations.conftest import Hall

K = OrganisationKind
BASE = "/desk/units/"


def test_committees_name_what_the_law_asks_for_and_its_article(desk: Desk, enter: Enter) -> None:
    page = soup(enter(desk.cast.township_staff).get(f"{BASE}committees/")).text

    assert "柳湾" in page and "Art. 8" in page
    assert "柳湾" not in soup(enter(desk.cast.stranger).get(f"{BASE}committees/")).text


def test_a_post_is_handed_over_on_its_page(desk: Desk, enter: Enter) -> None:
    post, persons = desk.post("village_head"), desk.cast.world.persons
    end_posting(Posting.objects.get(post=post), by=SYSTEM)
    after = appoint(post, by=SYSTEM, person=persons["social_worker"])
    leaving = Leaving.objects.get()
    address, client = f"{BASE}leavings/{leaving.pk}/", enter(desk.cast.township_staff)

    assert "Village head" in soup(client.get(address)).text
    assert client.post(f"{address}hand-over/", {"to_posting": ""}).status_code == 422
    assert client.post(f"{address}hand-over/", {"to_posting": str(after.pk)}).status_code == 302
    leaving.refresh_from_db()
    assert (leaving.to_posting, leaving.handed_on) == (after, clock.today())
    assert enter(desk.cast.stranger).get(address).status_code == 404
    assert enter(desk.cast.grid_worker).get(f"{address}hand-over/").status_code == 403


def test_who_leaves_a_post_nobody_has_yet_finds_the_way_to_a_successor(desk: Desk, enter: Enter) -> None:
    post, client = desk.post("village_head"), enter(desk.cast.township_staff)
    held = Posting.objects.get(post=post)
    ended = client.post(reverse("desk:posting_end", args=[held.pk]), {"ends_on": str(clock.today())})
    address = f"{BASE}leavings/{Leaving.objects.get().pk}/"
    assert ended["Location"] == address, "where the work goes on"

    page = soup(client.get(address))
    assert page.select_one(f'.note a[href="{reverse("desk:post", args=[post.pk])}"]')
    assert not page.select_one('a[href$="/hand-over/"]')
    appoint(post, by=SYSTEM, person=desk.cast.world.persons["social_worker"])
    page = soup(client.get(address))
    assert page.select_one('a[href$="/hand-over/"]') and not page.select_one(".note")


def test_the_sheet_says_what_each_line_is_and_is_printed_to_be_signed(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.DISPATCHED)
    post = case.holder
    assert post is not None
    end_posting(Posting.objects.get(post=post), by=SYSTEM)
    address, office = f"{BASE}leavings/{Leaving.objects.get().pk}/", enter(desk.cast.township_staff)

    page = soup(office.get(address))
    assert page.select_one(f'a[href="{reverse("desk:case", args=[case.pk])}"]').text == str(case)
    assert page.select_one(f'a[href="{reverse("desk:post", args=[post.pk])}"]') is not None
    paper = soup(office.get(page.select_one(f'a[href="{address}sheet/"]')["href"])).text
    assert str(case) in paper and "Taken over by" in paper and "Due by" in paper
    assert enter(desk.cast.stranger).get(f"{address}sheet/").status_code == 404
    assert enter(desk.cast.social_worker).get(f"{address}sheet/").status_code == 403


@pytest.fixture
def hall(desk: Desk) -> Hall:
    return Hall(desk.cast)


def test_a_unit_joins_an_area_and_is_separated_on_pages(hall: Hall, enter: Enter) -> None:
    unit, area = hall.unit(K.COOPERATIVE), hall.cast.world.area
    town = enter(hall.cast.township_staff)
    refused = town.post(f"{BASE}members/new/", {"unit": unit.pk, "starts_on": "2026-01-05"})
    assert refused.status_code == 422 and "Choose the joint body or the area" in soup(refused).text
    town.post(f"{BASE}members/new/", {"unit": unit.pk, "area": area.pk, "starts_on": "2026-01-05", "paper": "协议"})
    row = UnitMembership.objects.get()
    assert "协议" in soup(town.get(f"{BASE}members/")).text
    assert str(area) in soup(town.get(f"/desk/responsibility/units/{unit.pk}/")).text

    assert town.post(f"{BASE}members/{row.pk}/end/", {"ends_on": "2026-01-01"}).status_code == 422
    assert town.post(f"{BASE}members/{row.pk}/end/", {"ends_on": clock.today()}).status_code == 302
    assert enter(hall.cast.stranger).get(f"{BASE}members/{row.pk}/end/").status_code == 404
    assert enter(hall.cast.grid_worker).get(f"{BASE}members/new/").status_code == 403


def test_who_leads_a_unit_is_named_and_ended_on_pages(hall: Hall, enter: Enter) -> None:
    unit, post, town = hall.unit(K.COOPERATIVE), hall.cast.world.posts["village_head"], enter(hall.cast.township_staff)
    said = {"unit": unit.pk, "post": post.pk, "led_as": "secretary", "starts_on": "2026-01-05"}
    assert town.post(f"{BASE}leads/new/", said).status_code == 302
    assert town.post(f"{BASE}leads/new/", said).status_code == 422  # leads it already
    page = soup(town.get(f"{BASE}leads/")).text
    assert unit.name in page and "汪德厚" in page

    assert town.post(f"{BASE}leads/{Lead.objects.get().pk}/end/", {"ends_on": clock.today()}).status_code == 302
    assert unit.name not in soup(town.get(f"{BASE}leads/")).text
    assert enter(hall.cast.village_cadre).get(f"{BASE}leads/new/").status_code == 403


def test_secretaries_are_listed_as_filed_or_not_and_filed_with_paper_and_day(hall: Hall, enter: Enter) -> None:
    row = hall.hold(K.PARTY_BRANCH, PostKind.SECRETARY, hall.person("程远"))
    hall.hold(K.PARTY_BRANCH, PostKind.COMMITTEE_MEMBER, hall.person("程近"))
    county = enter(hall.cast.county_staff)
    page = soup(county.get(f"{BASE}filings/?filed=no")).text
    assert "程远" in page and "程近" not in page
    assert county.post(f"{BASE}filings/{row.pk}/", {"filed_on": "2099-01-01"}).status_code == 422
    county.post(f"{BASE}filings/{row.pk}/", {"filed_on": clock.today(), "filing_paper": "备2026-017"})

    assert "备2026-017" in soup(county.get(f"{BASE}filings/?filed=yes")).text
    assert "程远" not in soup(county.get(f"{BASE}filings/?filed=no")).text
    assert enter(hall.cast.township_staff).get(f"{BASE}filings/{row.pk}/").status_code == 403


def test_leavings_are_found_by_what_is_still_open(hall: Hall, enter: Enter) -> None:
    end_posting(hall.hold(K.COLLECTIVE, PostKind.DIRECTOR, hall.person("程远")), by=hall.cast.township_staff)
    end_posting(hall.hold(K.PARTY_BRANCH, PostKind.COMMITTEE_MEMBER, hall.person("程近")), by=hall.cast.township_staff)
    town = enter(hall.cast.township_staff)

    both = soup(town.get(f"{BASE}leavings/?still=hand_over")).text
    audit = soup(town.get(f"{BASE}leavings/?still=audit")).text
    assert "程远" in both and "程近" in both and "程远" in audit and "程近" not in audit


def test_a_number_is_declared_with_its_source(hall: Hall, enter: Enter) -> None:
    town, code = enter(hall.cast.township_staff), hall.cast.world.township.code
    said = {"what": "population_total", "place": code, "number": 226000, "as_of": "2025-03-27"}
    assert town.post(f"{BASE}declared/new/", said).status_code == 422
    assert town.post(f"{BASE}declared/new/", {**said, "source": "《安康日报》2025-03-27"}).status_code == 302

    assert "226,000" in soup(town.get(f"{BASE}declared/")).text
    assert "226,000" not in soup(enter(hall.cast.stranger).get(f"{BASE}declared/")).text
    assert enter(hall.cast.grid_worker).get(f"{BASE}declared/new/").status_code == 403


def test_a_declared_conflict_leads_to_its_words_for_who_may_appoint_and_for_nobody_else(
    hall: Hall, enter: Enter
) -> None:
    posting = hall.hold(K.VILLAGERS_COMMITTEE, PostKind.DIRECTOR, hall.person("程远"), conflict="妻弟在监委会")
    town, address = enter(hall.cast.township_staff), f"/desk/responsibility/posts/{posting.post_id}/"

    links = soup(town.get(f"{BASE}committees/")).select(f'a[href="{address}"]')
    assert [link.text for link in links] == ["A member declared a conflict. Please look at it."]
    assert "妻弟在监委会" in soup(town.get(address)).text
    seen = enter(hall.cast.grid_worker).get(address)
    assert seen.status_code == 200 and "妻弟" not in soup(seen).text


def test_a_printed_sheet_says_of_which_year_it_is(desk: Desk, enter: Enter) -> None:
    end_posting(Posting.objects.get(post=desk.post("village_head")), by=SYSTEM)
    sheet = soup(enter(desk.cast.township_staff).get(f"{BASE}leavings/{Leaving.objects.get().pk}/sheet/"))
    foot = sheet.select("footer")[-1].text
    assert str(clock.today().year) in foot, foot
