"""The place of a request chosen on the schematic: it needs no script and no eyes for colours."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from cunlian.kernel.access import SYSTEM
from cunlian.places.actions.districts import enter_roster
from cunlian.places.models import Level, Place
from cunlian.resident.villages.drawn import MOST
from tests.cast import START
from tests.resident.site import Site, Visitor

SKETCH = "/villages/sketch/"


def cells(visitor: Visitor, address: str = SKETCH) -> dict[str, str]:
    """Name of a cell → where it leads."""
    page = BeautifulSoup(visitor.get(address), "html.parser")
    return {str(cell["aria-label"]): str(cell["href"]) for cell in page.select("svg.sketch-r a")}


@pytest.fixture
def many(site: Site) -> Site:
    """A district of more villages than a phone can name side by side."""
    town = site.cast.world.township
    villages = [
        Place.objects.create(
            code=f"610902107{number}",
            level=Level.VILLAGE,
            name=f"第{number}村",
            short_name=f"第{number}村",
            parent=town,
        )
        for number in range(300, 340)
    ]
    enter_roster(villages, by=SYSTEM, starts_on=START, paper="名册")
    return site


def test_a_cell_opens_the_form_with_its_village(site: Site, visitor: Visitor) -> None:
    found = cells(visitor)
    assert found["柳湾"] == "/report/?village=610902107201"
    page = BeautifulSoup(visitor.get(found["柳湾"]), "html.parser")
    assert page.select_one("select[name=place] option[selected]")["value"] == "610902107201"  # type: ignore[index]


def test_the_form_leads_there(site: Site, visitor: Visitor) -> None:
    assert f'href="{SKETCH}"' in visitor.get("/report/")


def test_of_many_a_part_is_chosen_first_and_every_village_is_in_its_own(many: Site, visitor: Visitor) -> None:
    whole = cells(visitor)
    assert len(whole) == 42 and all(url.startswith("?near=") for url in whole.values())
    for name, url in whole.items():
        part = cells(visitor, SKETCH + url)
        assert 1 < len(part) <= MOST
        assert part[name] == f"/report/?village={url.removeprefix('?near=')}"


def test_the_whole_names_its_areas(many: Site, visitor: Visitor) -> None:
    page = BeautifulSoup(visitor.get(SKETCH), "html.parser")
    assert {text.text for text in page.select("svg.sketch-r > text")} == {"柳桥片区", "青石镇"}


def test_it_calls_itself_a_schematic(site: Site, visitor: Visitor) -> None:
    html = visitor.get(SKETCH)
    assert "示意图" in html and not re.search(r'(?:src|href)="(?:https?:)?//(?!beian)', html)


@pytest.mark.parametrize("near", ["610903101001", "x", "%", "𠮷"])
def test_an_odd_address_shows_the_whole(many: Site, visitor: Visitor, near: str) -> None:
    assert len(cells(visitor, f"{SKETCH}?near={near}")) == 42
