"""What a number may not tell, over every page there is: made from the URLconf, the table of lists and the table of figures.

Before and after a complaint about the service of a post is entered, every page without the key of a record, every list taken
out as a file, every figure with its records, every answer of the API and every page for residents is the same, letter by
letter, for whoever is not given it. The pages of all roles that carry cases are in ``tests/desk/cases/test_confidential``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from cunlian.accounts.actions import make_service_key
from cunlian.accounts.roles import Role
from cunlian.cases import actions
from cunlian.cases.actions import Told
from cunlian.cases.disputes import actions as disputes
from cunlian.cases.disputes.states import State
from cunlian.cases.models import Case
from cunlian.cases.rules import PROGRAM_SCOPES
from cunlian.kernel import clock, figures
from cunlian.kernel.access import ANONYMOUS
from tests.cases.disputes.conftest import NOTE, Peace, peace
from tests.consistency.code import report
from tests.desk.conftest import Desk, Enter, desk, district, enter
from tests.desk.every_list import EVERY
from tests.walk.crawl import names

__all__ = ["desk", "district", "enter", "peace"]
pytestmark = pytest.mark.django_db

NOON = clock.at(date(2026, 7, 8), 12)
CHANGING = re.compile(
    r'csrfmiddlewaretoken" value="\w+"|X-CSRFToken&quot;: &quot;\w+|X-CSRFToken": "\w+"|value="[0-9a-f-]{32,36}"'
)
VILLAGE = "610902107201"
SAID = "态度很差，让我跑了三趟。"
LEAVES_A_MARK = {"/desk/imports/template/"}
"""A workbook: its bytes hold the second it was made in."""


def plain(prefix: str) -> Iterator[str]:
    """Every address below ``prefix`` that names no record."""
    yield from (f"/{route}" for _name, route in names() if route.startswith(prefix) and "<" not in route)


def of_the_desk() -> list[str]:
    pages = [url for url in plain("desk/") if url not in LEAVES_A_MARK]
    files = [
        f"{where.url}{'&' if '?' in where.url else '?'}export=csv" for where in EVERY.values() if "{" not in where.url
    ]
    records = [
        f"/desk/figures/{code}/" for code in sorted(figures.INDICATORS) if code.split(".")[0] in ("cases", "disputes")
    ]
    more = [
        *(f"{url}?export=csv" for url in records), f"/desk/places/{VILLAGE}/", f"/desk/places/{VILLAGE}/near/",
        f"/desk/week/{VILLAGE}/", f"/desk/district/?place={VILLAGE}", "/desk/district/?by=village&export=csv",
        "/desk/search/?q=态度", "/desk/search/?q=柳湾", "/desk/cases/?state=all&q=态度", "/desk/radar/?rule=open_matter",
        "/desk/places/?sort=-waiting", "/desk/disputes/?state=all&q=态度",
    ]  # fmt: skip
    return [*pages, *dict.fromkeys(files), *records, *more]


def of_residents() -> list[str]:
    own = [url for url in plain("") if not url.startswith(("/desk/", "/api/", "/accounts/", "/i18n/", "/ui/"))]
    return [*own, f"/v/{VILLAGE}/", f"/v/{VILLAGE}/skills/"]


def read(client: Client, url: str, **headers: Any) -> tuple[int, str]:
    answer: Any = client.get(url, **headers)
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, CHANGING.sub("", data.decode("utf-8", "replace"))


def all_of(client: Client, urls: list[str], **headers: Any) -> dict[str, tuple[int, str]]:
    return {url: read(client, url, **headers) for url in urls}


def differing(before: dict[str, tuple[int, str]], after: dict[str, tuple[int, str]]) -> list[str]:
    return [url for url in before if before[url] != after[url]]


def complain(desk: Desk, about: str = "grid_worker") -> Case:
    return actions.report_complaint(
        by=ANONYMOUS, place=desk.cast.world.village, text=SAID, post=desk.post(about),
        told=Told("李大民", "13600001111"),
    )  # fmt: skip


@pytest.mark.parametrize("who", ["grid_worker", "township_staff", "county_staff", "administrator"])
def test_every_page_list_file_and_figure_of_the_desk(desk: Desk, enter: Enter, who: str) -> None:
    with clock.set_to(NOON):
        desk.report("水渠垮了。")
        client, urls = enter(getattr(desk.cast, who)), of_the_desk()
        before = all_of(client, urls)
        again = all_of(client, urls[:20])
        case = complain(desk)
        assert case.holder_id not in getattr(desk.cast, who).post_ids
        after = all_of(client, urls)

    assert differing(again, before) == []
    report(differing(before, after), "These tell that there is something withheld:")
    assert sum(status == 200 for status, _text in before.values()) > (30 if who == "administrator" else 60)


def test_whoever_it_went_to_and_the_auditor_see_that_it_is_there(desk: Desk, enter: Enter) -> None:
    """Else the pages compared above would be pages that tell nothing of any case."""
    with clock.set_to(NOON):
        holder = desk.keeper(complain(desk, "village_cadre"))
        mine, all_ = enter(holder), enter(desk.cast.auditor)
        before = [all_of(client, of_the_desk()) for client in (mine, all_)]
        complain(desk, "village_cadre")
        after = [all_of(client, of_the_desk()) for client in (mine, all_)]

    for one, other in zip(before, after, strict=True):
        assert {"/desk/cases/", "/desk/cases/?state=all&export=csv", "/desk/figures/cases.received/"} <= set(
            differing(one, other)
        )


def test_every_page_for_residents(desk: Desk, client: Client) -> None:
    with clock.set_to(NOON):
        desk.report("水渠垮了。")
        before = all_of(client, of_residents())
        complain(desk)
        after = all_of(client, of_residents())

    report(differing(before, after), "These tell that there is something withheld:")
    assert sum(status == 200 for status, _text in before.values()) >= 15


@pytest.mark.parametrize("role", [Role.TOWNSHIP_STAFF, Role.VILLAGE_CADRE, Role.COUNTY_STAFF, Role.DISPATCHER])
def test_every_answer_of_the_api(desk: Desk, client: Client, role: Role) -> None:
    cache.clear()
    said: Any = {"by": desk.cast.administrator, "name": "统计程序", "role": role, "scopes": PROGRAM_SCOPES}
    _made, secret = make_service_key(place=desk.cast.world.county, **said)
    known = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    with clock.set_to(NOON):
        desk.report("水渠垮了。")
        urls = [*plain("api/v1/"), f"/api/v1/cases?place={VILLAGE}", "/api/v1/cases?q=态度", "/api/v1/cases?limit=1"]
        before = all_of(client, urls, **known)
        case = complain(desk)
        after = all_of(client, urls, **known)
        hidden, absent = (
            read(client, f"/api/v1/cases/{key}", **known) for key in (case.pk, desk.cast.world.village.pk)
        )

    assert differing(before, after) == [] and before["/api/v1/cases"][0] == 200
    assert hidden == absent and hidden[0] == 404


@pytest.mark.parametrize("who", ["village_cadre", "county_leader", "auditor"])
def test_a_note_of_a_mediator_changes_no_page_of_anybody_else(peace: Peace, enter: Enter, who: str) -> None:
    dispute = peace.in_state(State.IN_MEDIATION)
    with clock.set_to(clock.now()):
        client = enter(getattr(peace.cast, who))
        urls = [*of_the_desk(), f"/desk/disputes/{dispute.pk}/"]
        before = all_of(client, urls)
        disputes.add_note(dispute, by=peace.cast.mediator, side="a", text=NOTE)
        after = all_of(client, urls)
        own = enter(peace.cast.mediator).get(urls[-1])

    report(differing(before, after), "These tell that there is something withheld:")
    assert sum(status == 200 for status, _text in before.values()) > 60
    assert NOTE in own.content.decode()
