"""A complaint about the service of a post: for everybody but its holder and the auditors, every page, count, list, export
and search is the same before and after it is entered."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cunlian.accounts.roles import Role
from cunlian.cases import actions
from cunlian.cases.actions import Told
from cunlian.cases.models import Case
from cunlian.kernel.access import ANONYMOUS, Actor
from tests.desk.conftest import Desk, Enter, case_url

PAGES = (
    "/desk/",
    *(f"/desk/?tab={tab}" for tab in ("overdue", "today", "returned", "word", "passed")),
    "/desk/cases/",
    "/desk/cases/?state=all",
    "/desk/cases/?q=态度",
    "/desk/cases/?mine=nobody",
    "/desk/cases/?village=610902107201&state=all",
    "/desk/cases/?state=all&export=csv",
    "/desk/search/?q=态度",
    "/desk/search/?q=柳湾",
    "/desk/jobs/",
)
CHANGING = re.compile(
    r'csrfmiddlewaretoken" value="\w+"|X-CSRFToken&quot;: &quot;\w+|X-CSRFToken": "\w+"|value="[0-9a-f-]{32,36}"'
)


def text_of(response: Any) -> str:
    data = b"".join(response.streaming_content) if response.streaming else response.content
    return CHANGING.sub("", data.decode("utf-8", "replace"))


def complain(desk: Desk, about: str = "grid_worker") -> Case:
    return actions.report_complaint(
        by=ANONYMOUS, place=desk.cast.world.village, text="态度很差，让我跑了三趟。", post=desk.post(about),
        told=Told("李大民", "13600001111"),
    )  # fmt: skip


STAFF = [role for role in Role if role not in (Role.RESIDENT, Role.OUTSIDER, Role.AUDITOR)]


@pytest.mark.parametrize("role", STAFF)
def test_no_number_and_no_list_of_anybody_else_changes(desk: Desk, enter: Enter, role: Role) -> None:
    actor: Actor = getattr(desk.cast, str(role))
    desk.report("态度以外的事。", category=desk.lamp)
    client = enter(actor)
    before = {url: text_of(client.get(url)) for url in PAGES}
    case = complain(desk)
    if case.holder_id in actor.post_ids:
        pytest.skip("this is the post it went to")

    after = {url: text_of(client.get(url)) for url in PAGES}

    assert after == before
    assert client.get(case_url(case)).status_code == 404
    assert client.get(f"/desk/search/?q={case.receipt}").status_code == 200
    assert case_url(case) not in client.get(f"/desk/search/?q={case.receipt}").content.decode()


def test_the_holder_has_it_on_the_workbench(desk: Desk, enter: Enter) -> None:
    case = complain(desk)

    page = enter(desk.keeper(case)).get("/desk/").content.decode()

    assert case_url(case) in page


def test_the_post_complained_of_and_its_reports_are_not_offered_it(desk: Desk, enter: Enter) -> None:
    case = complain(desk, about="village_cadre")

    page = enter(desk.keeper(case)).get(f"{case_url(case)}dispatch/").content.decode()

    for name in ("village_cadre", "grid_worker", "lane_leader", "social_worker"):
        assert str(desk.post(name).pk) not in page


def test_who_enters_one_for_somebody_sees_the_receipt_and_no_more(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.social_worker)
    said = {
        "key": "01890000-0000-7000-8000-00000000000a", "source": "phone", "text": "态度很差。",
        "place": str(desk.cast.world.village.pk), "about": f"post:{desk.post('village_cadre').pk}", "name": "李大民",
        "phone": "13600001111",
    }  # fmt: skip

    answer: Any = client.post("/desk/cases/complaint/", said)
    case = Case.objects.get(confidential=True)
    result = client.get(answer["Location"]).content.decode()

    assert case.receipt[4:] in result and case_url(case) not in result
    assert str(case.holder) not in result
    assert client.get(case_url(case)).status_code == 404
    assert client.get(f"{answer['Location']}slip/").status_code == 200
    assert enter(desk.cast.village_cadre).get(answer["Location"]).status_code == 404
