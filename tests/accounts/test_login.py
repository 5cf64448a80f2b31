"""Staff log in with a password and a second factor; the desk opens to nobody else."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cunlian.accounts import actions
from cunlian.accounts.factors import DEMO_SECRET, give_demo_factor
from cunlian.accounts.models import RoleGrant, User
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.kernel.models import Message
from cunlian.organisations.models import Posting
from tests.cast import Cast

PASSWORD = "七里坡 two wells"
Login = Callable[..., Client]


@pytest.fixture
def worker(cast: Cast) -> User:
    user: User = cast.world.users["grid_worker"]
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


@pytest.fixture
def secret(worker: User) -> str:
    secret = generate_totp_secret()
    TOTP.activate(worker, secret)
    return secret


def is_open(client: Client) -> bool:
    """Past the gate: an address of the desk that does not exist is absent instead of sent to log in."""
    return client.get("/desk/nothing-here/").status_code == 404


def code(secret: str, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def enter(client: Client, password: str = PASSWORD, name: str = "grid_worker") -> Any:
    return client.post(reverse("account_login"), {"login": name, "password": password})


def test_password_and_code_open_the_desk(client: Client, secret: str) -> None:
    answer = enter(client)
    assert answer.url == reverse("mfa_authenticate")
    assert client.get("/desk/").url.startswith("/accounts/login/")
    answer = client.post(answer.url, {"code": code(secret)})
    assert answer.url == "/desk/"
    assert is_open(client)


def test_wrong_code_does_not(client: Client, secret: str) -> None:
    enter(client)
    answer = client.post(reverse("mfa_authenticate"), {"code": f"{(int(code(secret)) + 7) % 1_000_000:06d}"})
    assert answer.status_code == 200 and b"wrong" in answer.content
    assert "sessionid" not in client.cookies or client.get("/desk/").status_code == 302


def test_code_is_not_taken_twice(client: Client, secret: str) -> None:
    shown = code(secret)
    enter(client)
    client.post(reverse("mfa_authenticate"), {"code": shown})
    second = Client()
    enter(second)
    assert second.post(reverse("mfa_authenticate"), {"code": shown}).status_code == 200


def test_staff_without_a_second_factor_must_set_one_up_first(client: Client, worker: User) -> None:
    enter(client)
    answer = client.get("/desk/")
    assert answer.url == f"{reverse('mfa_activate_totp')}?next=%2Fdesk%2F"
    page = client.get(answer.url)
    secret = page.context["form"].secret
    assert secret in page.content.decode() and "data:image/svg" in page.content.decode()
    answer = client.post(answer.url, {"code": code(secret)}, follow=True)
    assert answer.status_code == 200 and "recovery" in answer.request["PATH_INFO"]
    assert is_open(client)
    kept = Authenticator.objects.get(user=worker, type="totp").data["secret"]
    assert secret not in kept


def test_password_alone_carries_no_role(client: Client, cast: Cast, worker: User, login: Login, secret: str) -> None:
    login(client, cast.grid_worker, second_factor=False)
    answer = client.get("/desk/")
    assert answer.url.startswith(reverse("mfa_reauthenticate"))
    answer = client.post(answer.url, {"code": code(secret)})
    assert answer.url == "/desk/" and is_open(client)


def test_desk_sends_strangers_to_log_in_and_back(client: Client, db: None) -> None:
    assert client.get("/desk/cases/?q=1").url == "/accounts/login/?next=/desk/cases/%3Fq%3D1"


def test_fragment_of_the_desk_sends_the_whole_page(client: Client, db: None) -> None:
    answer = client.get("/desk/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/accounts/login/")


def test_resident_is_told_where_their_pages_are(client: Client, cast: Cast, login: Login) -> None:
    answer = login(client, cast.resident).get("/desk/")
    assert answer.status_code == 403 and "/accounts/" not in answer.headers.get("Location", "")


def test_staff_without_a_post_are_told_why_and_whom_to_ask(client: Client, cast: Cast, login: Login) -> None:
    Posting.objects.filter(post=cast.world.posts["grid_worker"]).delete()
    RoleGrant.objects.filter(user=cast.world.users["grid_worker"]).delete()
    User.objects.filter(pk=cast.world.users["administrator"].pk).update(display_name="管理员老杜")
    answer = login(client, cast.grid_worker).get("/desk/")
    assert answer.status_code == 403
    assert "管理员老杜" in answer.content.decode()


def test_closed_account_is_out_with_the_next_page(client: Client, cast: Cast, login: Login) -> None:
    login(client, cast.grid_worker)
    assert is_open(client)
    actions.deactivate_user(cast.world.users["grid_worker"], by=cast.administrator)
    assert client.get("/desk/").url.startswith("/accounts/login/")


def test_five_wrong_passwords_lock_for_five_minutes_and_say_when(client: Client, secret: str) -> None:
    for _n in range(5):
        assert enter(client, "wrong password").status_code == 200
    answer = enter(client)
    assert answer.status_code == 200, "the right password must not open a locked account"
    assert answer.context["form"].errors.as_data()["__all__"][0].code == "too_many_login_attempts"
    cache.clear()  # five minutes later the counters have run out of the cache
    assert enter(client).url == reverse("mfa_authenticate")


def test_lock_falls_off_by_itself(client: Client, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for _n in range(6):
        enter(client, "wrong password")
    later = time.time() + 301
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: later)
    assert enter(client).url == reverse("mfa_authenticate")


def test_five_wrong_codes_lock_too(client: Client, secret: str) -> None:
    enter(client)
    for n in range(6):
        client.post(reverse("mfa_authenticate"), {"code": f"{(int(code(secret)) + 7 + n) % 1_000_000:06d}"})
    answer = client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert answer.status_code == 200


def test_unknown_name_and_wrong_password_get_the_same_answer(client: Client, secret: str) -> None:
    said = [str(enter(client, "wrong password", name).context["form"].errors) for name in ("grid_worker", "nobody")]
    assert said[0] == said[1]


def test_session_ends_after_a_working_day(client: Client, secret: str) -> None:
    enter(client)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert client.session.get_expiry_age() == 12 * 3600


def test_nobody_signs_up(client: Client, db: None) -> None:
    before = User.objects.count()
    client.post(reverse("account_signup"), {"username": "x", "password1": PASSWORD, "email": "x@example.org"})
    assert client.get(reverse("account_signup")).status_code == 200
    assert User.objects.count() == before


def test_staff_cannot_switch_the_second_factor_off(client: Client, cast: Cast, login: Login, secret: str) -> None:
    login(client, cast.grid_worker)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=cast.world.users["grid_worker"], type="totp").exists()


def test_administrator_lets_a_lost_phone_be_replaced(client: Client, cast: Cast, login: Login, secret: str) -> None:
    actions.reset_factor(cast.world.users["grid_worker"], by=cast.administrator)
    enter(client)
    assert client.get("/desk/").url.startswith(reverse("mfa_activate_totp"))


def test_demonstration_shows_its_code_and_says_so(client: Client, worker: User) -> None:
    give_demo_factor(worker)
    page = client.get(reverse("account_login")).content.decode()
    assert "grid_worker" in page and "网格员" in page
    enter(client)
    page = client.get(reverse("mfa_authenticate")).content.decode()
    shown = page.split('id="demo-code">')[1][:6]
    assert shown == code(DEMO_SECRET)
    assert client.post(reverse("mfa_authenticate"), {"code": shown}).url == "/desk/"


def test_nothing_of_the_demonstration_outside_it(client: Client, worker: User, settings: Any) -> None:
    give_demo_factor(worker)
    settings.DEMO = False
    assert "grid_worker" not in client.get(reverse("account_login")).content.decode()
    enter(client)
    assert "demo-code" not in client.get(reverse("mfa_authenticate")).content.decode()
    with pytest.raises(Exception, match="demonstrations only"):
        give_demo_factor(worker)


@pytest.fixture
def given(cast: Cast, worker: User, secret: str) -> User:
    """An account whose password an administrator has just chosen."""
    return actions.set_password(worker, by=cast.administrator, password=PASSWORD)


def chosen(client: Client, password: str, at: str) -> Any:
    return client.post(at, {"oldpassword": PASSWORD, "password1": password, "password2": password})


def test_a_password_somebody_else_chose_opens_only_the_page_on_which_another_is_chosen(
    client: Client, given: User, secret: str
) -> None:
    enter(client)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    answer = client.get("/desk/cases/")
    assert answer.url == f"{reverse('account_change_password')}?next=%2Fdesk%2Fcases%2F"
    page = client.get(answer.url)
    assert "是管理员设的" in page.content.decode()
    assert page.wsgi_request.actor.grants == ()
    assert "oldpassword" in client.get("/desk/", follow=True).content.decode()

    same = chosen(client, PASSWORD, answer.url)
    assert same.status_code == 200 and "这就是您现在的密码" in same.content.decode()
    assert chosen(client, "北坡 three wells", answer.url).url == "/desk/cases/"
    assert is_open(client)
    own = client.get(reverse("account_change_password")).content.decode()
    assert "是管理员设的" not in own


def test_the_link_for_a_forgotten_password_makes_it_ones_own(client: Client, given: User) -> None:
    User.objects.filter(pk=given.pk).update(email="worker@example.org")
    client.post(reverse("account_reset_password"), {"email": "worker@example.org"})
    link = next(word for word in Message.objects.get().body.split() if "/password/reset/key/" in word)
    client.post(
        client.get(link[link.index("/accounts/") :]).url,
        {"password1": "new-pass-八百里", "password2": "new-pass-八百里"},
    )
    given.refresh_from_db()
    assert given.check_password("new-pass-八百里") and not given.password_given


def test_a_new_account_is_opened_by_an_administrator_with_a_password_for_one_log_in(cast: Cast) -> None:
    opened = actions.create_user(by=cast.administrator, username="li.na", password="willow-bridge-2026")
    first = actions.create_user(by=SYSTEM, username="first.admin", password="willow-bridge-2026")
    assert (opened.password_given, first.password_given) == (True, False)


def test_forgotten_password_sends_a_link_that_works_once(client: Client, worker: User) -> None:
    User.objects.filter(pk=worker.pk).update(email="worker@example.org")
    for address in ("worker@example.org", "nobody@example.org"):
        assert client.post(reverse("account_reset_password"), {"email": address}).url == reverse(
            "account_reset_password_done"
        )
    link = next(word for word in Message.objects.get().body.split() if "/password/reset/key/" in word)
    path = client.get(link[link.index("/accounts/") :]).url
    new = {"password1": "new-pass-八百里", "password2": "new-pass-八百里"}
    client.post(path, new)
    worker.refresh_from_db()
    assert worker.check_password("new-pass-八百里")
    page = Client().get(link[link.index("/accounts/") :], follow=True)
    assert page.context["token_fail"]


@pytest.mark.parametrize(
    "name",
    ["account_change_password", "account_reauthenticate", "account_logout", "mfa_index", "mfa_reauthenticate",
     "mfa_generate_recovery_codes", "mfa_deactivate_totp"],
)  # fmt: skip
def test_pages_of_ones_own_account_open(client: Client, cast: Cast, login: Login, secret: str, name: str) -> None:
    login(client, cast.grid_worker)
    answer = client.get(reverse(name), follow=True)
    assert answer.status_code == 200


BEFORE = ("login", "reset_password", "reset_password_done", "inactive", "signup", "reset_password_from_key_done")


@pytest.mark.parametrize("name", BEFORE)
def test_pages_before_log_in_open(client: Client, db: None, name: str) -> None:
    assert client.get(reverse(f"account_{name}")).status_code == 200


def test_language_is_kept_with_the_account(client: Client, cast: Cast, login: Login) -> None:
    login(client, cast.grid_worker)
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert User.objects.get(username="grid_worker").language == "en"
    other = login(Client(), cast.grid_worker)
    page = other.get(reverse("mfa_index"))
    assert "How you log in" in page.content.decode()
    assert other.post(reverse("set_language"), {"language": "tlh", "next": "/"}).status_code == 302


def test_half_logged_in_staff_hold_no_role_on_any_page(client: Client, cast: Cast, login: Login) -> None:
    seen: list[Actor] = []
    login(client, cast.grid_worker, second_factor=False)
    seen.append(client.get("/accounts/2fa/").wsgi_request.actor)
    login(client, cast.grid_worker)
    seen.append(client.get("/accounts/2fa/").wsgi_request.actor)
    assert [len(actor.grants) for actor in seen] == [0, 1]
