"""How often mentor and mentees usually meet: the county decides, with a reason and a paper, and only for what begins after."""

from __future__ import annotations

from typing import Any

import pytest

from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.places.models import District
from cunlian.talent.coming_home.care import months_later
from cunlian.talent.mentoring import actions
from cunlian.talent.mentoring.usual import usual_rhythm
from cunlian.talent.models import MentoringRhythm
from tests.talent.mentoring.conftest import Garden

SAID: dict[str, Any] = {"every_months": 2, "reason": "新干部要常见面", "paper": "恒组发〔2026〕4号"}


@pytest.fixture(autouse=True)
def district(garden: Garden) -> District:
    return District.objects.create(root=garden.cast.world.county)


def _set(garden: Garden, who: str = "county_staff", **values: Any) -> MentoringRhythm:
    return actions.set_rhythm(by=getattr(garden.cast, who), root=garden.cast.world.county, **{**SAID, **values})


def test_while_nobody_has_decided_it_is_as_customary(garden: Garden) -> None:
    assert usual_rhythm().every_months == 3 == garden.mentoring().every_months


def test_what_is_decided_holds_for_what_begins_after(garden: Garden) -> None:
    before = garden.mentoring()
    _set(garden)
    after = garden.mentoring(garden.school.farmer())
    before.refresh_from_db()
    assert (before.every_months, after.every_months) == (3, 2)
    assert after.meet_next_on == months_later(after.starts_on, 2)


def test_the_two_can_agree_on_another_rhythm(garden: Garden) -> None:
    _set(garden)
    assert garden.mentoring(every_months=6).every_months == 6


def test_every_decision_stays_with_reason_paper_and_post(garden: Garden) -> None:
    first, second = _set(garden), _set(garden, every_months=1, reason="换届头一年")
    assert list(MentoringRhythm.objects.visible_to(garden.cast.village_cadre)) == [second, first]
    assert (first.reason, first.paper, first.post_id) == (
        SAID["reason"],
        SAID["paper"],
        garden.cast.county_staff.post_id,
    )


def test_the_log_has_the_months_and_not_the_words(garden: Garden) -> None:
    made = _set(garden)
    row = Activity.objects.get(verb="mentoring.rhythm_set")
    assert (row.object_id, row.changed) == (made.pk, {"every_months": [3, 2]})
    assert row.place_id == garden.cast.world.county.pk


@pytest.mark.parametrize(
    "who", ["village_cadre", "township_staff", "county_leader", "auditor", "administrator", "stranger"]
)
def test_others_decide_nothing(garden: Garden, who: str) -> None:
    with pytest.raises(Forbidden):
        _set(garden, who)
    assert not MentoringRhythm.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"every_months": 0}, "every_months"), ({"every_months": 13}, "every_months"), ({"reason": " "}, "reason"),
        ({"paper": ""}, "paper"), ({"every_months": 3}, "every_months"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_field(garden: Garden, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        _set(garden, **values)
    assert refused.value.field == field and not MentoringRhythm.objects.exists()


def test_another_county_sees_nothing_of_it(garden: Garden) -> None:
    _set(garden)
    assert not MentoringRhythm.objects.visible_to(garden.cast.stranger).exists()
