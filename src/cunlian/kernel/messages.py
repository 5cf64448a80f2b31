"""Messages to one person by one channel, queued in the transaction of what they tell about and sent after it.

Queueing twice with one key queues once. Sending is at least once: a worker that dies between the gateway's yes and our
mark sends again, under the same key, by which the gateway can tell. The address is encrypted; address, subject and text are
erased a month after sending.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models, transaction

from cunlian.kernel import clock, faults, retries, secrets, ticks, transports
from cunlian.kernel.models import Message
from cunlian.kernel.records import ref

KEPT = timedelta(days=30)
_State = Message.State


def queue(key: str, channel: str, address: str, subject: str, body: str, about: models.Model | None = None) -> Message:
    """Queue a message, or return the one queued before under ``key`` unchanged. ``channel``: email, sms, wecom."""
    kind, about_id = ref(about) if about else ("", None)
    message, _made = Message.objects.get_or_create(
        key=key,
        defaults={
            "channel": channel,
            "address": secrets.encrypt(address),
            "subject": subject,
            "body": body,
            "about_kind": kind,
            "about_id": about_id,
            "try_at": clock.now(),
        },
    )
    return message


def send_due(now: datetime, limit: int = 100) -> int:
    """Send at most ``limit`` messages that wait; returns how many were taken up. No transaction is open while the other
    side is talked to."""
    taken = 0
    while taken < limit and (message := _claim(now)):
        _send(message, now)
        taken += 1
    return taken


def retry(message: Message) -> None:
    """Try what was given up again, if its text was not erased since."""
    Message.objects.filter(pk=message.pk, state=_State.FAILED).exclude(address=b"").update(
        state=_State.WAITING, attempts=0, try_at=clock.now(), error=""
    )


def forget_old(now: datetime) -> int:
    """Erase address, subject and text of what was sent, or given up, a month ago; the row stays, so that the key still
    prevents sending twice. Returns how many were erased."""
    old = Message.objects.filter(state=_State.SENT, sent_at__lt=now - KEPT)
    old |= Message.objects.filter(state=_State.FAILED, try_at__lt=now - KEPT)
    return old.exclude(address=b"").update(address=b"", subject="", body="")


@transaction.atomic
def _claim(now: datetime) -> Message | None:
    message = Message.objects.waiting(now).select_for_update(skip_locked=True, no_key=True).first()
    if message is None:
        return None
    message.attempts += 1
    message.try_at = now + retries.LEASE
    message.save(update_fields=["attempts", "try_at"])
    return message


def _send(message: Message, now: datetime) -> None:
    mine = Message.objects.filter(pk=message.pk, state=_State.WAITING, attempts=message.attempts)
    try:
        parcel = transports.Parcel(
            message.key, message.channel, secrets.decrypt(message.address), message.subject, message.body
        )
        transports.transport_for(message.channel)(parcel)
    except Exception as error:  # whatever one gateway does, the other messages go out
        again = retries.next_try(message.attempts, now)
        mine.update(state=_State.WAITING if again else _State.FAILED, try_at=again or now, error=faults.describe(error))
    else:
        mine.update(state=_State.SENT, sent_at=now, error="")


ticks.add_tick("messages.forget_old", 3600, forget_old)
