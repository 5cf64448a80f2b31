"""The auditor's list of looks: who looked at what and what for, never at whom; children's files apart."""

from __future__ import annotations

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.people.actions import register_person, reveal_contact
from tests.desk.conftest import Desk, Enter, soup

URL = "/desk/looks/"


def test_the_auditor_reads_which_post_looked_and_what_for_and_not_at_whom(desk: Desk, enter: Enter) -> None:
    person = desk.cast.world.persons["resident"]
    reveal_contact(person, by=desk.cast.grid_worker, purpose="核对电话")
    page = soup(enter(desk.cast.auditor).get(URL)).select_one("main").text  # type: ignore[union-attr]
    assert "核对电话" in page and "一网格网格员" in page and "柳湾" in page
    assert person.name not in page and person.masked_name not in page
    assert enter(desk.cast.township_staff).get(URL).status_code == 403


def test_looks_at_childrens_files_are_found_apart(desk: Desk, enter: Enter) -> None:
    world, by = desk.cast.world, desk.cast.grid_worker
    year = clock.today().year
    for name, born, purpose in (("汪小宝", year - 8, "家访"), ("汪小明", year - 15, "办证")):
        child = register_person(by=SYSTEM, place=world.village, household=world.household, name=name, birth_year=born)
        reveal_contact(child, by=by, purpose=purpose)
    auditor = enter(desk.cast.auditor)
    found = soup(auditor.get(URL, {"of": "child"})).select_one("main").text  # type: ignore[union-attr]
    assert "家访" in found and "办证" not in found
    assert "办证" in soup(auditor.get(URL)).text
