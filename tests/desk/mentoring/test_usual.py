"""The page of the usual rhythm: what holds, who decided it on which paper, and the form for those who may."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cunlian.talent.models import MentoringRhythm
from tests.desk.conftest import Desk, Enter, soup

URL = "/desk/mentoring/rhythm/"
SAID = {"every_months": 2, "reason": "新干部要常见面", "paper": "恒组发〔2026〕4号"}


def test_the_county_decides_and_everybody_reads_it(desk: Desk, enter: Enter) -> None:
    county, cadre = enter(desk.cast.county_staff), enter(desk.cast.village_cadre)
    assert "every 3 months" in soup(cadre.get(URL)).text
    new = reverse("desk:mentoring_usual_new")
    assert soup(county.get(new)).select_one("main input[type=number][value='3']")
    assert county.post(new, SAID).status_code == 302
    text = soup(cadre.get(URL)).text
    assert all(words in text for words in ("every 2 months", "新干部要常见面", "恒组发〔2026〕4号"))
    form = soup(cadre.get(reverse("desk:mentoring_new")))
    assert form.select_one("[name=every_months][value='2']") or "every_months" not in form.decode()


@pytest.mark.parametrize("missing", ["every_months", "reason", "paper"])
def test_nothing_is_decided_by_half(desk: Desk, enter: Enter, missing: str) -> None:
    said = enter(desk.cast.county_staff).post(reverse("desk:mentoring_usual_new"), {**SAID, missing: ""})
    assert said.status_code == 422 and not MentoringRhythm.objects.exists()


@pytest.mark.parametrize("who", ["township_staff", "county_leader", "auditor", "administrator"])
def test_others_read_and_change_nothing(desk: Desk, enter: Enter, who: str) -> None:
    client, new = enter(getattr(desk.cast, who)), reverse("desk:mentoring_usual_new")
    assert not soup(client.get(URL)).select(f'a[href="{new}"]')
    assert client.get(new).status_code == client.post(new, SAID).status_code == 403
    assert not MentoringRhythm.objects.exists()
