"""The pages of the two committees and of leaving a post."""

from __future__ import annotations

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.actions import appoint, end_posting
from cunlian.organisations.models import Leaving, Posting
from tests.desk.conftest import Desk, Enter, soup

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
