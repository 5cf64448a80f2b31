"""The ways a message leaves the house: printed (demonstration), SMTP, and a generic webhook for SMS and WeCom gateways.

A transport returns when the other side has taken the message and raises otherwise; nothing is swallowed. All have a time
limit, because a gateway that never answers must not stop the worker.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from cunlian.kernel import clock

SECONDS = 10


class NotTaken(Exception):
    """The other side did not take the message. Carries no address and no text."""


@dataclass(frozen=True)
class Parcel:
    """What a transport is given. ``key`` lets a gateway recognise a message it was given before."""

    key: str
    channel: str
    address: str
    subject: str
    body: str


Transport = Callable[[Parcel], None]


def transport_for(channel: str) -> Transport:
    """E-mail goes by EMAIL_URL, all else by MESSAGE_WEBHOOK. Without a gateway the demonstration prints."""
    url = settings.EMAIL_URL if channel == "email" else settings.MESSAGE_WEBHOOK
    if not url and settings.DEMO:
        url = "console://"
    for start, transport in TRANSPORTS.items():
        if url.startswith(start):
            return lambda parcel: transport(url, parcel)
    raise NotTaken(f"no way out is set for {channel}: set EMAIL_URL or MESSAGE_WEBHOOK")


def _print(url: str, parcel: Parcel) -> None:
    sys.stdout.write(f"[{parcel.channel}] {parcel.address}: {parcel.subject}\n{parcel.body}\n\n")
    sys.stdout.flush()


def _smtp(url: str, parcel: Parcel) -> None:
    """``smtp://user:password@host:port?from=…`` (``smtp+tls`` for STARTTLS, ``smtps`` for TLS from the start)."""
    parts = urlsplit(url)
    secure = parts.scheme == "smtps"
    connection = EmailBackend(
        host=parts.hostname or "localhost",
        port=parts.port or (465 if secure else 25),
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_ssl=secure,
        use_tls=parts.scheme == "smtp+tls",
        timeout=SECONDS,
    )
    sender = parse_qs(parts.query).get("from", [f"cunlian@{parts.hostname}"])[0]
    headers = {"Message-ID": f"<{hashlib.sha256(parcel.key.encode()).hexdigest()[:32]}@{parts.hostname}>"}
    mail = EmailMessage(parcel.subject, parcel.body, sender, [parcel.address], connection=connection, headers=headers)
    if mail.send() != 1:
        raise NotTaken("the mail server took nothing")


def sign(body: bytes, moment: str) -> str:
    """HMAC-SHA-256 over ``moment.body`` with MESSAGE_SECRET, so that a gateway knows who asks and refuses an old request
    played again."""
    return hmac.new(settings.MESSAGE_SECRET.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


class _Stay(urllib.request.HTTPRedirectHandler):
    """A gateway that redirects is set wrongly; following it would hand the text to somebody else."""

    def redirect_request(self, req: Any, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str) -> None:
        return None


_opener = urllib.request.build_opener(_Stay)


def _webhook(url: str, parcel: Parcel) -> None:
    """POST {"key", "channel", "to", "subject", "text"} as JSON; any 2xx means taken."""
    body = json.dumps(
        {
            "key": parcel.key,
            "channel": parcel.channel,
            "to": parcel.address,
            "subject": parcel.subject,
            "text": parcel.body,
        },
        ensure_ascii=False,
    ).encode()
    moment = str(int(clock.now().timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": hashlib.sha256(parcel.key.encode()).hexdigest(),
        "X-Cunlian-Time": moment,
        "X-Cunlian-Signature": f"sha256={sign(body, moment)}",
    }
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")
    try:
        with _opener.open(request, timeout=SECONDS):
            return
    except urllib.error.HTTPError as error:
        with error:
            raise NotTaken(f"the gateway answered {error.code}") from None


TRANSPORTS: dict[str, Callable[[str, Parcel], None]] = {
    "console:": _print,
    "smtp:": _smtp,
    "smtp+tls:": _smtp,
    "smtps:": _smtp,
    "http:": _webhook,
    "https:": _webhook,
}
