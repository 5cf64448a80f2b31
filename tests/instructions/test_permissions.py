"""Every role × every permission of instructions, on a copy the county's leader gave to a village."""

from __future__ import annotations

from typing import Any

import pytest

from cunlian.kernel.access import PERMISSIONS, SYSTEM, may
from tests.cast import STAFF
from tests.instructions.conftest import Chain

pytestmark = pytest.mark.django_db

EVERYBODY = {*STAFF, "auditor", "administrator", "resident", "anonymous"}
GIVERS = {"area_staff", "township_staff", "township_head", "dispatcher", "county_staff", "county_leader", "stranger"}

# permission → (what it is asked about, who may)
EXPECTED: dict[str, tuple[str, set[str]]] = {
    "instructions.send": ("nothing", GIVERS),
    "instructions.work": ("copy", {"village_cadre"}),
    "instructions.steer": ("copy", {"county_leader"}),
    "instructions.supervise": ("copy", {"county_leader", "county_staff", "township_staff", "township_head"}),
    "instructions.lapse": ("copy", set()),
    "instructions.set_rule": ("county", {"county_staff"}),
    "instructions.keep_programmes": ("county", {"county_staff"}),
}


def test_every_permission_stands_in_the_table() -> None:
    assert set(EXPECTED) == {name for name in PERMISSIONS if name.startswith("instructions.")}


@pytest.mark.parametrize("permission", sorted(EXPECTED))
def test_exactly_these_may(chain: Chain, permission: str) -> None:
    about, allowed = EXPECTED[permission]
    asked: dict[str, Any] = {"nothing": None, "copy": chain.copy(), "county": chain.cast.world.county}
    found = {name for name in EVERYBODY if may(getattr(chain.cast, name), permission, asked[about])}
    assert found == allowed and may(SYSTEM, permission, asked[about])
