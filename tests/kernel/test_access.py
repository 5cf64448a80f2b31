"""Grants over ranges of places, service keys with scopes, and refusals with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunlian.kernel import access
from cunlian.kernel.access import ANONYMOUS, SYSTEM, Actor, Grant, Permission
from cunlian.kernel.refusals import Forbidden

TOWN = Grant("township_staff", "610902107", "610902107~", uuid4())
STAFF = Actor("user", user_id=uuid4(), grants=(TOWN,))


@dataclass
class Thing:
    territory_code: str
    open: bool = True


Allow = Callable[..., None]


@pytest.fixture(autouse=True)
def allow(monkeypatch: pytest.MonkeyPatch) -> Allow:
    monkeypatch.setattr(access, "PERMISSIONS", {})
    return access.add_permission


@pytest.mark.parametrize(
    ("code", "covered"),
    [
        ("610902107", True),  # the town itself
        ("610902107201", True),  # a village of it
        ("610902107201003", True),  # a grid of that
        ("610902108", False),  # the next town
        ("610902108201", False),
        ("610902106", False),
        ("610902", False),  # the county above
        ("", False),
    ],
)
def test_a_grant_covers_its_place_and_what_lies_below(code: str, covered: bool) -> None:
    assert TOWN.covers(code) is covered


DIGITS = st.text("0123456789", max_size=15)


@given(DIGITS, DIGITS)
def test_a_range_is_exactly_the_codes_that_begin_with_it(low: str, code: str) -> None:
    assert Grant("x", low, low + "~").covers(code) is code.startswith(low)


def test_a_permission_holds_only_in_the_territory_of_the_role(allow: Allow) -> None:
    allow("things.move", "Move things", "township_staff", "county_staff")
    assert access.may(STAFF, "things.move", Thing("610902107201"))
    assert not access.may(STAFF, "things.move", Thing("610902108201"))
    assert access.may(STAFF, "things.move")


def test_another_role_does_not_carry_it(allow: Allow) -> None:
    allow("things.move", "Move things", "county_staff")
    assert not access.may(STAFF, "things.move", Thing("610902107201"))
    assert not access.may(ANONYMOUS, "things.move", Thing("610902107201"))


def test_the_further_condition_must_hold_too(allow: Allow) -> None:
    allow("things.move", "Move things", "township_staff", where=lambda actor, thing: thing.open)
    assert access.may(STAFF, "things.move", Thing("610902107"))
    assert not access.may(STAFF, "things.move", Thing("610902107", open=False))


def test_what_everyone_may_still_has_its_condition(allow: Allow) -> None:
    allow("things.report", "Report", everyone=True, where=lambda actor, thing: thing.open)
    assert access.may(ANONYMOUS, "things.report", Thing("9"))
    assert not access.may(ANONYMOUS, "things.report", Thing("9", open=False))


def test_a_service_key_needs_the_scope_and_the_role(allow: Allow) -> None:
    allow("things.move", "Move things", "township_staff")
    for scopes, grants, expected in (
        ({"things.move"}, (TOWN,), True),
        ({"things.read"}, (TOWN,), False),
        ({"things.move"}, (), False),
    ):
        key = Actor("service", grants=grants, scopes=frozenset(scopes))
        assert access.may(key, "things.move", Thing("610902107201")) is expected


def test_a_service_key_needs_its_scope_even_for_what_everyone_may(allow: Allow) -> None:
    allow("things.report", "Report", everyone=True)
    assert not access.may(Actor("service"), "things.report", Thing("9"))


def test_the_system_may_everything(allow: Allow) -> None:
    allow("things.move", "Move things", where=lambda actor, thing: False)
    assert access.may(SYSTEM, "things.move", Thing("9"))


def test_a_refusal_says_what_is_missing_or_the_rules_own_reason(allow: Allow) -> None:
    allow("things.move", "Move things", "county_staff")
    allow("things.burn", "Burn things", reason="Fires are for the fire brigade.")
    with pytest.raises(Forbidden, match="Move things"):
        access.require(STAFF, "things.move", Thing("610902107"))
    with pytest.raises(Forbidden, match="fire brigade"):
        access.require(STAFF, "things.burn")


def test_a_permission_nobody_registered_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        access.require(STAFF, "things.unknown")


def test_a_name_is_registered_once(allow: Allow) -> None:
    allow("things.move", "Move things")
    with pytest.raises(ValueError, match="twice"):
        allow("things.move", "Move things")


def test_acting_for_somebody_keeps_who_acts() -> None:
    person = uuid4()
    acting = STAFF.for_("phone", person)
    assert (acting.user_id, acting.grants) == (STAFF.user_id, STAFF.grants)
    assert acting.behalf == access.Behalf("phone", person)
    assert STAFF.behalf is None


def test_an_actor_knows_its_roles_and_posts() -> None:
    assert STAFF.roles == {"township_staff"}
    assert STAFF.post_ids == {TOWN.post_id}
    assert STAFF.holds(["township_staff"], "610902107201")
    assert not STAFF.holds(["township_staff"], "610902108")


def test_a_permission_is_plain_data() -> None:
    rule = Permission("things.move", "Move", frozenset({"township_staff"}))
    assert rule.allows(STAFF, Thing("610902107"))
    assert rule.allows(STAFF, object())
