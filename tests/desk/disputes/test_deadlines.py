"""The page of deadlines: what holds, who decided it on which paper, and the form for those who may."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from cunlian.cases.disputes.models import MediationDeadline
from cunlian.cases.disputes.states import State
from tests.desk.conftest import Enter, soup
from tests.desk.disputes.conftest import Peace, move_url

pytestmark = pytest.mark.django_db
URL = "/desk/disputes/deadlines/"
SAID = {"mediate_days": 10, "check_days": 3, "reason": "两周够了", "paper": "测司〔2026〕9号"}


def test_the_customary_days_stand_there_until_others_are_decided(peace: Peace, enter: Enter) -> None:
    page = soup(enter(peace.cast.mediator).get(URL))
    assert "within 20 working days" in page.text and "within 5 working days" in page.text
    assert "None was made" in page.text


def test_the_county_decides_with_reason_and_paper_and_everybody_reads_it(peace: Peace, enter: Enter) -> None:
    county, mediator = enter(peace.cast.county_staff), enter(peace.cast.mediator)
    form = soup(county.get(reverse("desk:mediation_deadline_new")))
    assert [field["value"] for field in form.select("main input[type=number]")] == ["20", "5"]
    county.post(reverse("desk:mediation_deadline_new"), SAID)
    page = soup(mediator.get(URL))
    assert "within 10 working days" in page.text
    assert all(words in page.text for words in ("两周够了", "测司〔2026〕9号", "水利股股长"))
    dispute = peace.in_state(State.CONSENTED)
    assert "within 10 working days" in soup(mediator.get(move_url(dispute, "accept"))).text


@pytest.mark.parametrize("missing", ["mediate_days", "check_days", "reason", "paper"])
def test_nothing_is_decided_by_half(peace: Peace, enter: Enter, missing: str) -> None:
    said: Any = enter(peace.cast.county_staff).post(reverse("desk:mediation_deadline_new"), {**SAID, missing: ""})
    assert said.status_code == 422 and not MediationDeadline.objects.exists()
    kept = {field["value"] for field in soup(said).select("main input[value]")}
    assert {str(value) for name, value in SAID.items() if name != missing} <= kept


@pytest.mark.parametrize("who", ["mediator", "township_staff", "county_leader", "auditor", "administrator"])
def test_others_read_and_change_nothing(peace: Peace, enter: Enter, who: str) -> None:
    client = enter(getattr(peace.cast, who))
    assert not soup(client.get(URL)).select(f'a[href="{reverse("desk:mediation_deadline_new")}"]')
    assert client.get(reverse("desk:mediation_deadline_new")).status_code == 403
    assert client.post(reverse("desk:mediation_deadline_new"), SAID).status_code == 403
    assert not MediationDeadline.objects.exists()


def test_the_decisions_are_exported(peace: Peace, enter: Enter) -> None:
    enter(peace.cast.county_staff).post(reverse("desk:mediation_deadline_new"), SAID)
    answer: Any = enter(peace.cast.mediator).get(f"{URL}?export=csv")
    text = b"".join(answer).decode()
    assert "测司〔2026〕9号" in text and "10" in text
