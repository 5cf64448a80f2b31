"""What is counted about cultivation, mentoring and studies: persons, each once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.access import Actor
from cunlian.kernel.figures import Indicator, Unit, add_indicator
from cunlian.organisations.figures import NAMED
from cunlian.talent.learning.figures import PERSONS
from cunlian.talent.mentoring.states import PlanState
from cunlian.talent.models import (
    Cultivation,
    CultivationKind,
    EducationUpgrade,
    Mentee,
    MentoringKind,
    ReservePlan,
)

K = CultivationKind


def _grown(*kinds: str) -> Callable[[Actor], QuerySet[Cultivation]]:
    return lambda viewer: Cultivation.objects.visible_to(viewer).grown().of_kinds(*kinds).for_list()


def _mentored(viewer: Actor) -> QuerySet[Mentee]:
    return Mentee.objects.visible_to(viewer).filter(mentoring__mentoring_kind=MentoringKind.NEW_CADRE).for_list()


def _studies(viewer: Actor) -> QuerySet[EducationUpgrade]:
    return EducationUpgrade.objects.visible_to(viewer).for_list()


def _plans(viewer: Actor) -> QuerySet[ReservePlan]:
    return ReservePlan.objects.visible_to(viewer).exclude(state=PlanState.DRAFT).for_list()


def _declared(viewer: Actor) -> QuerySet[ReservePlan]:
    return _plans(viewer).exclude(declared_count=None)


def _persons(code: str, name: Any, rows: Callable[[Actor], QuerySet[Any]], unit: Unit = NAMED, **more: Any) -> None:
    values = {"when": "starts_on", "when_is_day": True, **more}
    add_indicator(Indicator(f"talent.{code}", name, unit, rows, measure="distinct", field="person", **values))


_TAKEN = _(
    "persons taken into cultivation in the time asked for, whatever came of it; who is only proposed is not counted"
)

_persons(
    "reserve_cadre_trained_count",
    _("Reserve cadres cultivated"),
    _grown(K.RESERVE_CADRE),
    claims=("A17",),
    reading=_TAKEN,
)
_persons(
    "industry_leader_and_reserve_cadre_count", _("Leaders of industries and reserve cadres"),
    _grown(K.INDUSTRY_LEADER, K.RESERVE_CADRE), PERSONS, claims=("D06",),
    reading=_("two kinds in one count, as published; who is cultivated in both counts once"),
)  # fmt: skip
_persons(
    "local_expert_trained_count", _("Local experts and new farmers"), _grown(K.LOCAL_EXPERT, K.NEW_FARMER),
    claims=("E23",), reading=_("two kinds in one count, as published; who is cultivated in both counts once"),
)  # fmt: skip
_persons(
    "mentored_new_cadre_count", _("New members of the two committees who are mentored"), _mentored, claims=("D08",),
    when="joined_on", place="mentoring__place",
    reading=_("one-to-one and one-to-many; who has two mentors counts once"),
)  # fmt: skip
_persons(
    "education_upgrade_count", _("Persons won over to raise their schooling"), _studies, PERSONS, claims=("D12",),
    when="won_on",
    reading=_("persons won over in the time asked for, whatever came of it; two programmes of one person count once"),
)  # fmt: skip
add_indicator(
    Indicator(
        "talent.reserve_cadre_planned_count", _("Reserve cadres planned"), PERSONS, _plans, measure="sum", field="wanted",
        nature="planned", reading=_("how many the plans in force or closed mean to cultivate"),
    )
)  # fmt: skip
add_indicator(
    Indicator(
        "talent.reserve_cadre_declared_count", _("Reserve cadres declared"), PERSONS, _declared, measure="sum",
        field="declared_count", nature="declared",
        reading=_("numbers declared without names, with their source; never added to the persons counted"),
    )
)  # fmt: skip
