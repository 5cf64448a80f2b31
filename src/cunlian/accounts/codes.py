"""One-time codes to a phone: how residents log in, and prove a number to be theirs. The answer is the same whether or not
anybody knows the phone.

Codes are six digits, good for ten minutes and five tries; a new one puts the old one out of use. Phone, address and
code are kept as keyed digests only.
"""

from __future__ import annotations

import hmac
import secrets as random
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.messages import LOGIN_CODE
from cunlian.accounts.models import CodeAsker, LoginCode, User
from cunlian.kernel import clock, log, messages
from cunlian.kernel.access import ANONYMOUS, Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Forbidden, Invalid, TooMany
from cunlian.kernel.secrets import blind, normalise_phone

LIFE = timedelta(minutes=10)
TRIES = 5
# (within, how many): per phone against pestering somebody, per address against walking through many phones.
PER_PHONE = ((timedelta(minutes=1), 1), (timedelta(hours=1), 5), (timedelta(days=1), 10))
PER_ADDRESS = ((timedelta(minutes=10), 10), (timedelta(days=1), 60))
WRONG = _("This code does not fit, or its ten minutes are over. Check it, or ask for a new one.")


def _code_digest(code: str, sent_at: datetime) -> str:
    return blind(f"login-code:{code}:{sent_at.timestamp()}")


def _throttle(**who: str) -> None:
    """TooMany, with the minute to come back at, when this phone or address has asked too often. Holds the row of the one
    who asks until the code is written down, so that of requests in one moment each counts those before it."""
    limits = PER_PHONE if "phone_digest" in who else PER_ADDRESS
    now = clock.now()
    ((_field, digest),) = who.items()
    CodeAsker.objects.update_or_create(digest=digest, defaults={"asked_at": now})
    times = list(
        LoginCode.objects.filter(**who, sent_at__gt=now - limits[-1][0])
        .order_by("-sent_at")
        .values_list("sent_at", flat=True)[: limits[-1][1]]
    )
    for within, most in limits:
        if len(times) >= most and times[most - 1] > now - within:
            free = (times[most - 1] + within).astimezone(clock.SHANGHAI)
            raise TooMany(
                _("Too many codes were asked for. You can ask again at %(time)s.") % {"time": f"{free:%H:%M}"}
            )


@transaction.atomic
def send_code(phone: str, *, address: str, by: Actor = ANONYMOUS) -> None:
    """Send a code to ``phone``. ``address``: the network address that asks. Invalid when it cannot be a phone, TooMany
    when asked too often; otherwise nothing comes back, known phone or not."""
    phone = normalise_phone(phone)
    require(by, "accounts.send_code")
    who, where = blind(phone), blind(f"address:{address}")
    _throttle(phone_digest=who)
    _throttle(address_digest=where)
    now, digits = clock.now(), f"{random.randbelow(1_000_000):06d}"
    code = LoginCode.objects.create(
        phone_digest=who, address_digest=where, code_digest=_code_digest(digits, now), sent_at=now
    )
    text = LOGIN_CODE % {"code": digits, "minutes": int(LIFE.total_seconds() // 60)}
    messages.queue(key=f"login-code:{code.pk}", channel="sms", address=phone, subject="", body=str(text))
    log.record(by, "accounts.code_sent", code)


@transaction.atomic
def _spend_try(phone_digest: str) -> LoginCode | None:
    """The newest code of the phone, one try poorer, or None when there is none left to try. Commits by itself: a wrong
    code must cost a try although the log-in is refused."""
    newest = LoginCode.objects.filter(phone_digest=phone_digest).order_by("-sent_at").first()
    if newest is None or newest.used_at or newest.sent_at <= clock.now() - LIFE:
        return None
    fresh = LoginCode.objects.filter(pk=newest.pk, tries__lt=TRIES, used_at=None)
    return newest if fresh.update(tries=F("tries") + 1) else None


@transaction.atomic
def _use_up(code: LoginCode) -> None:
    code = lock(code)
    if code.used_at:
        raise Invalid(WRONG, field="code")
    change(code, used_at=clock.now())


@transaction.atomic
def _enter(code: LoginCode, by: Actor) -> User:
    """Use up the code and give the resident's account, made now when there is none yet."""
    require(by, "accounts.enter_with_code")
    _use_up(code)
    user = User.objects.filter(phone_digest=code.phone_digest).first()
    if user is None:
        user = User(username=f"resident-{code.pk.hex}", phone_digest=code.phone_digest, is_resident=True)
        user.set_unusable_password()
        user.save()
    if not user.is_active:
        raise Forbidden(_("This account is closed. Please ask at the village office."))
    log.record(Actor("user", user_id=user.pk), "accounts.entered_with_code", user)
    return user


def forget_old(now: datetime) -> int:
    """Throw away codes no limit looks at any more, and who asked for them. Returns how many codes."""
    CodeAsker.objects.filter(asked_at__lte=now - PER_PHONE[-1][0]).delete()
    return LoginCode.objects.filter(sent_at__lte=now - PER_PHONE[-1][0]).delete()[0]


def login_with_code(phone: str, code: str, *, by: Actor = ANONYMOUS) -> User:
    """The resident's account for a phone that proved itself with its code; Invalid as ``prove_phone``."""
    return _enter(_fitting(phone, code), by)


def prove_phone(phone: str, code: str) -> None:
    """Use up the code sent to this phone. Invalid, with one sentence for every cause, when it is wrong, used, too old or
    tried out; call it outside a transaction, for a wrong code costs a try also where all else is refused."""
    _use_up(_fitting(phone, code))


def _fitting(phone: str, code: str) -> LoginCode:
    sent = _spend_try(blind(normalise_phone(phone)))
    digits = "".join(str(int(char)) for char in code if char.isdecimal())
    if sent is None or not hmac.compare_digest(sent.code_digest, _code_digest(digits, sent.sent_at)):
        raise Invalid(WRONG, field="code")
    return sent
