"""Inside the measured database: who the load acts as, and the bare cost of one lifecycle.

python -m bench.officers          # sessions, a service key and what to report, as JSON
python -m bench.officers bare     # the SQL of one lifecycle, issued again through the driver
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.test import Client  # noqa: E402

from bench import bare  # noqa: E402
from cunlian.accounts.actions import make_service_key  # noqa: E402
from cunlian.accounts.models import User  # noqa: E402
from cunlian.accounts.roles import Role  # noqa: E402
from cunlian.cases.models import Category  # noqa: E402
from cunlian.demo.hengkou.lists import stories  # noqa: E402
from cunlian.kernel.access import SYSTEM  # noqa: E402
from cunlian.kernel.ids import uuid7  # noqa: E402
from cunlian.organisations.models import Posting  # noqa: E402
from cunlian.places.models import District  # noqa: E402

SECONDS, MOST = 6.0, 400
KEYS = 8


def session_of(user: User) -> str:
    """A session in which password and second factor were shown."""
    at = datetime.now(UTC).timestamp()
    store = SessionStore()
    store.update({
        SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(), "account_authentication_methods_user": str(user.pk),
        "account_authentication_methods": [
            {"method": "password", "at": at, "username": user.username}, {"method": "mfa", "at": at, "type": "totp"},
        ],
    })  # fmt: skip
    store.create()
    return str(store.session_key)


def plan() -> dict[str, Any]:
    district = District.current()
    held = Posting.objects.filter(ends_on=None, person__user__username__startswith="officer")
    keys = [
        make_service_key(
            by=SYSTEM, name=f"bench {n}", place=district.root, role=Role.DISPATCHER,
            scopes=["cases.view", "cases.dispatch"],
        )[1]
        for n in range(KEYS)
    ]  # fmt: skip
    return {
        "keys": keys,
        "officers": [
            {"post": str(row.post_id), "session": session_of(row.person.user)}
            for row in held.select_related("person__user").order_by("post__pk")
        ],
        "villages": list(district.counted().order_by("code").values_list("code", flat=True)),
        "groups": ["", *(str(key) for key in Category.objects.filter(parent=None).values_list("pk", flat=True))],
        "texts": [story.text for story in stories()],
    }


class Life:
    """One lifecycle through the test client, which reaches the same code and SQL without a network."""

    def __init__(self) -> None:
        self.plan = plan()
        self.client = Client(SERVER_NAME="127.0.0.1")
        self.desk = Client(SERVER_NAME="127.0.0.1")
        self.api = Client(SERVER_NAME="127.0.0.1")
        self.officer = self.plan["officers"][0]
        self.desk.cookies["sessionid"] = self.officer["session"]
        self.serial = 0

    def __call__(self) -> None:
        self.serial += 1
        key = str(uuid7())
        self.client.cookies.clear()
        report = {
            "text": "三组的水渠垮了，稻田进不了水。", "place": self.plan["villages"][7], "place_text": "", "category": "",
            "name": "张桂兰", "phone": f"139{uuid7().int % 10**8:08d}", "contact_note": "", "key": key, "seen": "on",
        }  # fmt: skip
        answer = self._must(self.client.post("/report/", report), 302)
        receipt = answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1]
        move = {"to": self.officer["post"], "text": "请到现场看一下。"}
        bearer = {"Authorization": f"Bearer {self.plan['keys'][0]}"}
        path = f"/api/v1/cases/{key}/moves/dispatch"
        self._must(self.api.post(path, json.dumps(move), "application/json", headers=bearer), 200)
        said = {"text": "已经修好。", "seen": f"dispatched.{self.officer['post']}", "key": uuid7().hex}
        self._must(self.desk.post(f"/desk/cases/{key}/answer/", said), 302, 303)
        self._must(self.client.post(f"/r/{receipt}/confirm/", {"key": str(uuid7())}), 302)

    @staticmethod
    def _must(answer: Any, *expected: int) -> Any:
        if answer.status_code not in expected:
            raise SystemExit(f"{answer.status_code}: {answer.content[:300]!r}")
        return answer


def bare_cost() -> dict[str, Any]:
    life = Life()
    life()
    recordings = []
    for _time in range(2):
        with bare.recorded() as events:
            life()
        recordings.append(events)
    first, second = recordings
    taken = bare.replay(first, bare.fresh_atoms(first, second), seconds=SECONDS, most=MOST)
    return {
        "statements": sum(kind in ("one", "many") for kind, _sql, _params in first),
        "transactions": sum(kind == "COMMIT" for kind, _sql, _params in first),
        "replays": len(taken), "per_second": bare.rate(taken),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(bare_cost() if sys.argv[1:] == ["bare"] else plan()))
