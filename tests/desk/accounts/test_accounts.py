"""Accounts at the desk: kept by administrators, one's own by everybody."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cunlian.accounts.models import RoleGrant, ServiceKey, User
from tests.desk.conftest import Desk, Enter, soup

BASE = "/desk/accounts/"
PASSWORD = "liu-wan-2026-deng"


def refused(response: Any, field: str) -> bool:
    return response.status_code == 422 and soup(response).select_one(f".field.wrong [name={field}]") is not None


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("page", ["accounts/", "accounts/keys/", "accounts/keys/new/", "accounts/new/", "account/"])
def test_every_page_opens_in_both_languages(desk: Desk, enter: Enter, page: str, language: str) -> None:
    response = enter(desk.cast.administrator).get(f"/desk/{page}", HTTP_ACCEPT_LANGUAGE=language)

    assert response.status_code == 200


@pytest.mark.parametrize("page", ["", "new/", "keys/", "keys/new/"])
@pytest.mark.parametrize("who", ["county_staff", "village_cadre", "stranger"])
def test_accounts_are_for_administrators(desk: Desk, enter: Enter, who: str, page: str) -> None:
    assert enter(getattr(desk.cast, who)).get(f"{BASE}{page}").status_code == 403


def test_an_administrator_finds_no_account_of_another_county(desk: Desk, enter: Enter) -> None:
    client, stranger = enter(desk.cast.administrator), desk.cast.world.users["stranger"]

    assert "stranger" not in soup(client.get(BASE)).text
    assert client.get(f"{BASE}{stranger.pk}/").status_code == 404
    assert client.post(f"{BASE}{stranger.pk}/close/").status_code == 404


def test_an_auditor_looks_and_changes_nothing(desk: Desk, enter: Enter) -> None:
    client, user = enter(desk.cast.auditor), desk.cast.world.users["village_cadre"]

    assert client.get(f"{BASE}{user.pk}/").status_code == 200
    for name in ("role", "password", "factor", "close"):
        assert client.post(f"{BASE}{user.pk}/{name}/").status_code == 403


def test_an_account_is_opened_given_a_role_and_closed(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.administrator)
    sent = {"username": "new-auditor", "password": PASSWORD}

    assert refused(client.post(f"{BASE}new/", {**sent, "password": "1234"}), "password")
    opened = client.post(f"{BASE}new/", sent, follow=True)
    assert soup(opened).select_one('main a[href="/desk/responsibility/posts/"]'), "how it comes by its roles"
    assert refused(client.post(f"{BASE}new/", sent), "username")
    user = User.objects.get(username="new-auditor")
    role = {"role": "outsider", "place": "610902107", "starts_on": "2025-03-01"}
    assert refused(client.post(f"{BASE}{user.pk}/role/", role), "ends_on")
    assert client.post(f"{BASE}{user.pk}/role/", {**role, "ends_on": "2099-01-01"}).status_code == 302
    grant = RoleGrant.objects.get(user=user)
    assert client.post(f"{BASE}grants/{grant.pk}/end/", {"ends_on": "2025-04-01"}).status_code == 302
    for name, more in (("password", {"password": f"{PASSWORD}-2"}), ("factor", {}), ("close", {})):
        assert client.post(f"{BASE}{user.pk}/{name}/", more).status_code == 302
    user.refresh_from_db()
    assert not user.is_active and user.check_password(f"{PASSWORD}-2")


def test_nobody_closes_their_own_account(desk: Desk, enter: Enter) -> None:
    own = desk.cast.administrator.user_id

    assert enter(desk.cast.administrator).post(f"{BASE}{own}/close/").status_code == 422
    assert User.objects.get(pk=own).is_active


def test_a_keys_secret_is_shown_once(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.administrator)
    sent = {"name": "统计程序", "place": "610902", "role": "auditor", "scopes": ["cases.report"]}

    assert refused(client.post(f"{BASE}keys/new/", {**sent, "scopes": []}), "scopes")
    made = client.post(f"{BASE}keys/new/", sent)
    secret = soup(made).select_one("#secret").text  # type: ignore[union-attr]
    assert secret.startswith("cl_") and made["Cache-Control"] == "no-store"
    key = ServiceKey.objects.get()
    assert "统计程序" in soup(client.get(f"{BASE}keys/")).text and secret not in soup(client.get(f"{BASE}keys/")).text
    assert client.post(f"{BASE}keys/{key.pk}/revoke/").status_code == 302
    key.refresh_from_db()
    assert key.revoked_at is not None


def test_a_key_acts_as_a_post_or_over_a_place_never_both(desk: Desk, enter: Enter) -> None:
    client, post = enter(desk.cast.administrator), desk.cast.world.posts["grid_worker"]
    sent = {"name": "网格平台", "scopes": ["cases.view", "cases.handle"]}
    assert refused(client.post(f"{BASE}keys/new/", {**sent, "role": "auditor"}), "place")
    assert refused(client.post(f"{BASE}keys/new/", {**sent, "post": str(post.pk), "role": "auditor"}), "role")
    assert client.post(f"{BASE}keys/new/", {**sent, "post": str(post.pk)}).status_code == 200
    key = ServiceKey.objects.get()
    assert (key.post_id, key.role, key.place) == (post.pk, post.role, post.place)
    named = soup(client.get(f"{BASE}keys/")).find("a", href=f"/desk/responsibility/posts/{post.pk}/")
    assert named is not None and named.text == str(post)


def test_everybody_chooses_their_own_language(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.grid_worker)

    assert refused(client.post("/desk/account/", {"language": "fr"}), "language")
    assert client.post("/desk/account/", {"language": "en"}).status_code == 302
    assert User.objects.get(pk=desk.cast.grid_worker.user_id).language == "en"


def test_the_list_takes_as_many_queries_for_one_account_as_for_many(desk: Desk, enter: Enter) -> None:
    client, counts = enter(desk.cast.administrator), []
    client.get(BASE)
    for query in ("?q=grid_worker", ""):
        with CaptureQueriesContext(connection) as caught:
            client.get(f"{BASE}{query}")
        counts.append(len(caught))
    assert counts[0] == counts[1]
