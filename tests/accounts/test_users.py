"""Accounts, roles by hand, keys for programs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cunlian.accounts import actions
from cunlian.accounts.actors import actor_of, actor_of_key
from cunlian.accounts.models import RoleGrant, ServiceKey
from cunlian.accounts.roles import BY_HAND, Role
from cunlian.kernel import clock
from cunlian.kernel.access import ANONYMOUS, SYSTEM, may
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from tests.cast import Cast

GOOD = "七里坡 two wells"
DAY = timedelta(days=1)


def verb_of(record: Any) -> str:
    return Activity.objects.filter(object_id=record.pk).latest("recorded_at").verb


def test_administrator_opens_an_account_that_can_do_nothing_yet(cast: Cast) -> None:
    user = actions.create_user(by=cast.administrator, username=" li.na ", password=GOOD, display_name="李娜")
    assert (user.username, user.check_password(GOOD), actor_of(user).grants) == ("li.na", True, ())
    row = Activity.objects.get(verb="accounts.user_created")
    assert "李娜" not in str(row.changed)


def test_nobody_else_opens_one(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        actions.create_user(by=cast.county_staff, username="li.na", password=GOOD)


@pytest.mark.parametrize("password", ["short", "password123", "1234567890123", "liangwei-county", "lianngwei1"])
def test_weak_passwords_are_refused(cast: Cast, password: str) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.create_user(
            by=cast.administrator, username="liangwei-county", password=password, display_name="lianngwei1"
        )
    assert refusal.value.field == "password"


def test_user_names_do_not_differ_by_case_only(cast: Cast) -> None:
    with pytest.raises(Conflict):
        actions.create_user(by=cast.administrator, username="Grid_Worker", password=GOOD)


def test_closed_account_is_nobody(cast: Cast) -> None:
    user = actions.deactivate_user(cast.world.users["grid_worker"], by=cast.administrator)
    assert actor_of(user) == ANONYMOUS
    assert verb_of(user) == "accounts.user_deactivated"


def test_administrator_does_not_close_their_own(cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.deactivate_user(cast.world.users["administrator"], by=cast.administrator)


@pytest.mark.parametrize("role", sorted(BY_HAND))
def test_some_roles_are_given_by_hand(cast: Cast, role: str) -> None:
    grant = actions.grant_role(
        cast.world.users["county_staff"], by=cast.administrator, role=role, place=cast.world.village,
        ends_on=clock.today() + DAY,
    )  # fmt: skip
    assert cast.again("county_staff").holds([role], cast.world.grid.code)
    assert verb_of(grant) == "accounts.role_granted"


@pytest.mark.parametrize("role", sorted(set(Role.values) - BY_HAND) + ["emperor"])
def test_all_other_roles_come_with_a_post(cast: Cast, role: str) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.grant_role(cast.world.users["mediator"], by=cast.administrator, role=role, place=cast.world.village)
    assert refusal.value.field == "role"


def test_role_over_an_area_covers_its_villages(cast: Cast) -> None:
    actions.grant_role(cast.world.users["mediator"], by=cast.administrator, role=Role.AUDITOR, area=cast.world.area)
    actor = cast.again("mediator")
    assert actor.holds([Role.AUDITOR], cast.world.other_village.code)
    assert not actor.holds([Role.AUDITOR], cast.world.township.code)


def test_outsider_needs_a_last_day(cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.grant_role(
            cast.world.users["mediator"], by=cast.administrator, role=Role.OUTSIDER, place=cast.world.village
        )


def test_ended_role_is_gone_at_once(cast: Cast) -> None:
    grant = RoleGrant.objects.get(role=Role.AUDITOR)
    actions.end_grant(grant, by=cast.administrator)
    assert cast.again("auditor").grants == ()
    assert verb_of(grant) == "accounts.grant_ended"


def test_last_administrator_stays(cast: Cast) -> None:
    grant = RoleGrant.objects.get(role=Role.ADMINISTRATOR)
    with pytest.raises(Invalid):
        actions.end_grant(grant, by=SYSTEM)


def test_role_of_a_post_is_not_ended_by_hand(cast: Cast) -> None:
    grant = RoleGrant.objects.get(role=Role.GRID_WORKER, user=cast.world.users["grid_worker"])
    with pytest.raises(Invalid):
        actions.end_grant(grant, by=cast.administrator)


def key(cast: Cast, **values: Any) -> tuple[ServiceKey, str]:
    wanted = {
        "name": "Grid platform",
        "place": cast.world.township,
        "role": Role.COUNTY_STAFF,
        "scopes": ["people.reveal"],
    }
    return actions.make_service_key(by=cast.administrator, **(wanted | values))


def test_secret_of_a_key_is_shown_once_and_kept_as_a_digest(cast: Cast) -> None:
    made, secret = key(cast)
    assert secret not in str(ServiceKey.objects.values().get()) + str(Activity.objects.values())
    actor = actor_of_key(secret)
    assert actor is not None and actor.kind == "service" and actor.user_id == made.pk
    assert may(actor, "people.reveal", cast.world.village) and not may(actor, "people.reveal", cast.world.strange_place)
    assert not may(actor, "organisations.found", cast.world.village)


def test_revoked_expired_and_invented_keys_open_nothing(cast: Cast, frozen_clock: Any) -> None:
    made, secret = key(cast)
    actions.revoke_service_key(made, by=cast.administrator)
    actions.revoke_service_key(made, by=cast.administrator)
    _other, late = key(cast, ends_on=clock.today() + DAY)
    assert actor_of_key(late) is not None
    frozen_clock(clock.at(clock.today() + DAY, 1))
    assert actor_of_key(secret) is actor_of_key(late) is actor_of_key("cl_made-up") is None
    assert Activity.objects.filter(verb="accounts.key_revoked").count() == 1


@pytest.mark.parametrize(
    "values",
    [{"scopes": []}, {"scopes": ["people.fly"]}, {"role": Role.ADMINISTRATOR}, {"role": "resident"}, {"name": " "}],
)
def test_key_is_made_for_something_that_exists(cast: Cast, values: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        key(cast, **values)


def test_language_is_ones_own(cast: Cast) -> None:
    user = cast.world.users["grid_worker"]
    assert actions.choose_language(user, by=cast.grid_worker, language="en").language == "en"
    with pytest.raises(Forbidden):
        actions.choose_language(user, by=cast.administrator, language="en")
    with pytest.raises(Invalid):
        actions.choose_language(user, by=cast.grid_worker, language="tlh")
