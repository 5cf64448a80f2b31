"""Messages: queued once, sent at least once, to real servers, erased after a month."""

from __future__ import annotations

import hashlib
import hmac
import json
import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from cunlian.kernel import messages, retries, secrets
from cunlian.kernel.models import Job, Message

pytestmark = pytest.mark.django_db
PHONE = "13912342716"


class Gateway(HTTPServer):
    """A gateway for SMS: keeps what it was sent and answers as told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.answers: list[int] = []
        self.taken: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/send"


class Taking(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((dict(self.headers), body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 200)
        self.send_header("Location", self.server.url)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    with Gateway() as server:
        settings.MESSAGE_WEBHOOK = server.url
        settings.MESSAGE_SECRET = "between us"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def queued(key: str = "k", channel: str = "sms", address: str = PHONE) -> Message:
    return messages.queue(key, channel, address, "您的反映", "三组水渠已修好 𠮷")


def later(minutes: float = 1) -> datetime:
    return datetime.now(UTC) + timedelta(minutes=minutes)


def test_the_same_key_queues_once() -> None:
    assert queued() == queued(address="13900000000")
    assert secrets.decrypt(Message.objects.get().address) == PHONE


def test_the_address_does_not_lie_readable_in_the_database() -> None:
    assert PHONE.encode() not in bytes(queued().address)


def test_a_message_knows_what_it_is_about() -> None:
    job = Job()
    message = messages.queue("k", "sms", PHONE, "", "x", about=job)
    assert (message.about_kind, message.about_id) == ("job", job.pk)


def test_the_gateway_gets_it_signed_and_once(gateway: Gateway) -> None:
    message = queued()
    assert messages.send_due(later()) == 1
    assert messages.send_due(later()) == 0
    [(headers, body)] = gateway.taken
    assert json.loads(body) == {
        "key": "k",
        "channel": "sms",
        "to": PHONE,
        "subject": "您的反映",
        "text": "三组水渠已修好 𠮷",
    }
    signed = headers["X-Cunlian-Time"].encode() + b"." + body
    expected = hmac.new(b"between us", signed, hashlib.sha256).hexdigest()
    assert headers["X-Cunlian-Signature"] == f"sha256={expected}"
    message.refresh_from_db()
    assert message.state == "sent"
    assert message.sent_at


@pytest.mark.parametrize("answer", [500, 404, 302, 307])
def test_a_gateway_that_does_not_say_yes_is_asked_again(gateway: Gateway, answer: int) -> None:
    gateway.answers = [answer]
    message = queued()
    messages.send_due(later())
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("waiting", 1)
    assert str(answer) in message.error
    messages.send_due(later(3))
    message.refresh_from_db()
    assert (message.state, message.error, len(gateway.taken)) == ("sent", "", 2)


def test_a_dead_gateway_is_given_up_without_telling_the_number_and_can_be_tried_again(settings: Any) -> None:
    settings.MESSAGE_WEBHOOK = "http://127.0.0.1:9/send"
    message = queued()
    now = later()
    for _ in range(len(retries.BACKOFF) + 1):
        assert messages.send_due(now) == 1
        now += timedelta(hours=13)
    assert messages.send_due(now) == 0
    assert list(Message.objects.failures()) == [message]
    assert PHONE not in Message.objects.get().error
    messages.retry(message)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("waiting", 0)


def test_one_message_that_cannot_go_does_not_hold_up_the_rest(gateway: Gateway, settings: Any) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1:9"
    queued("a", "email", "x@example.cn")
    queued("b")
    assert messages.send_due(later()) == 2
    assert Message.objects.get(key="b").state == "sent"


def test_without_any_way_out_it_fails_with_what_to_set(settings: Any) -> None:
    settings.MESSAGE_WEBHOOK, settings.DEMO = "", False
    queued()
    messages.send_due(later())
    assert "MESSAGE_WEBHOOK" in Message.objects.get().error


def test_the_demonstration_prints(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.MESSAGE_WEBHOOK, settings.DEMO = "", True
    queued()
    messages.send_due(later())
    assert "三组水渠已修好" in capsys.readouterr().out


def test_a_worker_that_died_while_sending_leaves_it_for_later(gateway: Gateway) -> None:
    queued()
    assert messages._claim(later()) is not None  # and here the worker dies
    assert messages.send_due(later(5)) == 0
    assert messages.send_due(later(15)) == 1
    assert len(gateway.taken) == 1


def test_address_and_text_are_erased_after_a_month_and_the_key_stays(gateway: Gateway) -> None:
    message = queued()
    messages.send_due(later())
    assert messages.forget_old(later(29 * 24 * 60)) == 0
    assert messages.forget_old(later(31 * 24 * 60)) == 1
    message.refresh_from_db()
    assert (bytes(message.address), message.subject, message.body) == (b"", "", "")
    assert queued() == message
    assert messages.send_due(later()) == 0


def test_what_waits_is_not_erased() -> None:
    queued()
    assert messages.forget_old(later(60 * 24 * 60)) == 0


class Mailbox(socketserver.StreamRequestHandler):
    """As much SMTP as is needed to take one letter."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        in_data = False
        for line in self.rfile:
            self.server.lines.append(line)  # type: ignore[attr-defined]
            if in_data:
                in_data = line != b".\r\n"
                if not in_data:
                    self.wfile.write(b"250 taken\r\n")
            elif line.upper().startswith(b"DATA"):
                in_data = True
                self.wfile.write(b"354 go on\r\n")
            elif line.upper().startswith(b"QUIT"):
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


@pytest.fixture
def mailbox() -> Iterator[Any]:
    with socketserver.TCPServer(("127.0.0.1", 0), Mailbox) as server:
        server.lines = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        server.url = f"smtp://127.0.0.1:{server.server_address[1]}?from=office%40example.cn"  # type: ignore[attr-defined]
        yield server
        server.shutdown()
        thread.join()


def test_a_letter_reaches_a_mail_server(mailbox: Any, settings: Any) -> None:
    settings.EMAIL_URL = mailbox.url
    queued("k", "email", "dispatcher@example.cn")
    messages.send_due(later())
    sent = b"".join(mailbox.lines).decode()
    assert "rcpt TO:<dispatcher@example.cn>" in sent
    assert "mail FROM:<office@example.cn>" in sent
    assert Message.objects.get().state == "sent"
