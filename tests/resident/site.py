"""A district with two villages and an item list, and a visitor with a browser and no account."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client

from cunlian.cases import actions
from cunlian.cases.actions import Told
from cunlian.cases.models import Case, Category
from cunlian.kernel.access import ANONYMOUS, SYSTEM, Actor
from cunlian.kernel.ids import uuid7
from cunlian.organisations.models import OrganisationKind
from cunlian.places.models import District, Place, RosterEntry
from tests.cast import START, Cast

PHONE = "13912345678"
LAST = "5678"


@dataclass
class Site:
    """The site as a visitor meets it, and the cast behind it."""

    cast: Cast
    district: District
    lamp: Category
    canal: Category

    @property
    def village(self) -> Place:
        return self.cast.world.village

    def report(self, text: str = "村口的路灯不亮，晚上走路看不见。", **values: Any) -> Case:
        """A case made by the action, not through the page."""
        values = {"place": self.village, "told": Told("王二妹", PHONE), "by": ANONYMOUS} | values
        return actions.report_case(text=text, **values)

    def keeper(self, case: Case) -> Actor:
        names = {post.pk: name for name, post in self.cast.world.posts.items()}
        return getattr(self.cast, names[case.holder_id])  # type: ignore[no-any-return]

    def answer(self, case: Case, text: str = "灯头换好了，昨晚试亮正常。") -> Case:
        keeper = self.keeper(case)
        actions.accept_case(case, by=keeper)
        actions.start_case(case, by=keeper)
        return actions.answer_case(case, by=keeper, text=text)

    def answer_again(self, case: Case, keeper: Actor) -> Case:
        """After it was opened again: work has started by itself."""
        return actions.answer_case(case, by=keeper, text="这盏也换了。")


@dataclass
class Visitor:
    """Somebody with a browser and no account."""

    client: Client

    def get(self, address: str, status: int = 200) -> str:
        return self._text(self.client.get(address), status)

    def post(self, address: str, status: int = 302, **values: Any) -> str:
        return self._text(self.client.post(address, values), status)

    def _text(self, response: HttpResponse, status: int) -> str:
        text = response.content.decode()
        assert response.status_code == status, f"{response.status_code}: {text[:1500]}"
        return str(response["Location"]) if status in (301, 302) else text

    def send(self, site: Site, text: str = "桥头的栏杆松了。", **values: Any) -> str:
        """Fill in the form and press the button; the receipt."""
        given = {"key": str(uuid7()), "text": text, "place": site.village.code} | values
        address = self.post("/report/", **given)
        return address.rstrip("/").rsplit("/", 1)[1]

    def follow(self, receipt: str, digits: str = LAST, status: int = 302) -> str:
        return self.post("/follow/", status, receipt=receipt, digits=digits)


def words(html: str) -> str:
    """What a reader sees, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def build_site(cast: Cast) -> Site:
    root = cast.world.township
    district = District.objects.create(
        root=root, name="青石示范区", receipt_mark="青", titles={}, office_phone="0915-3612345",
        discipline_address="青石镇政府东楼 205 室",
    )  # fmt: skip
    for place in (cast.world.village, cast.world.other_village):
        RosterEntry.objects.create(place=place, starts_on=START, paper="〔2024〕1号")

    def item(code: str, name: str, name_en: str, **more: Any) -> Category:
        kind = OrganisationKind.VILLAGERS_COMMITTEE
        return actions.add_category(
            by=SYSTEM, root=root, code=code, name=name, name_en=name_en, responsible_kind=kind, **more
        )

    item("04", "道路照明", "Roads and lights")
    item("05", "水利", "Water works")
    return Site(
        cast,
        district,
        lamp=item("0401", "路灯", "Street lamps", is_public_matter=True),
        canal=item("0501", "水渠", "Canals", is_public_matter=True),
    )
