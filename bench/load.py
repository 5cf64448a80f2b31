"""The load of a lifecycle bench, in a process of its own: so many threads, each taking one request through its life, again
and again, over kept connections, until the time is up.

    python -m bench.load PORT SECONDS < plan.json

Report and confirm as a resident's browser without an account sends them (form, cookies), dispatch through the API with a
service key, the answer as the desk's form with the session of the officer it was passed to. Redirects are not followed.
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import threading
import time
from typing import Any
from urllib.parse import urlencode

from cunlian.kernel.ids import uuid7

STEPS = ("report", "dispatch", "answer", "confirm")
TOKEN = "bench0bench0bench0bench0bench000"
WARM = 3.0
MOST = 5_000


class Failed(Exception):
    """A step was answered otherwise than it should be."""


class Resident(threading.Thread):
    """One after another until ``until``. ``done``: seconds of each step of each life that began after ``since``."""

    def __init__(self, plan: dict[str, Any], port: int, number: int, since: float, until: float) -> None:
        super().__init__(name=f"resident-{number}")
        self.plan, self.port, self.since, self.until = plan, port, since, until
        self.chance = random.Random(number)
        self.officer = plan["officers"][number % len(plan["officers"])]
        self.key = plan["keys"][number % len(plan["keys"])]
        self.done: list[list[float]] = []
        self.errors: list[str] = []
        self.alike = 0
        self.serial = number * 100_000 + random.randrange(100) * 1_000_000

    def run(self) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while time.perf_counter() < self.until and len(self.done) < MOST:
            began = time.perf_counter()
            try:
                taken = self.life()
            except (Failed, OSError, http.client.HTTPException) as error:
                self.errors.append(str(error)[:200])
                self.line.close()
                if len(self.errors) > 20:
                    return
                continue
            if began >= self.since:
                self.done.append(taken)
        self.line.close()

    def life(self) -> list[float]:
        key, taken = str(uuid7()), []
        for step in (self.report, self.dispatch, self.answer, self.confirm):
            start = time.perf_counter()
            step(key)
            taken.append(time.perf_counter() - start)
        return taken

    def _post(self, path: str, body: dict[str, str], cookies: str, expected: tuple[int, ...]) -> Any:
        form = urlencode({**body, "csrfmiddlewaretoken": TOKEN})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={TOKEN}; {cookies}"}
        return self._send(path, form, headers, expected)

    def _send(self, path: str, body: str, headers: dict[str, str], expected: tuple[int, ...]) -> Any:
        self.line.request("POST", path, body.encode(), headers)
        answer = self.line.getresponse()
        text = answer.read()
        if answer.status not in expected:
            raise Failed(f"{path.split('/')[1]} {answer.status}: {text[:150].decode(errors='replace')}")
        return answer

    def report(self, key: str) -> None:
        """Sent once more, as seen, where the site first shows what looks the same."""
        self.serial += 1
        text = self.chance.choice(self.plan["texts"])
        body = {
            "text": f"{text} {self.chance.choice(self.plan['texts'])}", "place": self.chance.choice(self.plan["villages"]),
            "place_text": "村口往东", "category": self.chance.choice(self.plan["groups"]), "name": "张桂兰",
            "phone": f"1{self.serial % 10_000_000_000 + 3_900_000_000:010d}", "contact_note": "", "key": key,
        }  # fmt: skip
        answer = self._post("/report/", body, "", (200, 302))
        if answer.status == 200:
            self.alike += 1
            answer = self._post("/report/", {**body, "seen": "on"}, "", (302,))
        self.receipt = answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1]
        cookies = [line.split(";")[0] for line in answer.headers.get_all("Set-Cookie") or []]
        self.session = "; ".join(line for line in cookies if line.startswith("sessionid="))

    def dispatch(self, key: str) -> None:
        body = json.dumps({"to": self.officer["post"], "text": "请到现场看一下。"})
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"}
        self._send(f"/api/v1/cases/{key}/moves/dispatch", body, headers, (200,))

    def answer(self, key: str) -> None:
        body = {
            "text": "已经修好，当面试过，一切正常。",
            "seen": f"dispatched.{self.officer['post']}",
            "key": uuid7().hex,
        }
        self._post(f"/desk/cases/{key}/answer/", body, f"sessionid={self.officer['session']}", (302, 303))

    def confirm(self, key: str) -> None:
        self._post(f"/r/{self.receipt}/confirm/", {"key": str(uuid7())}, self.session, (302,))


def main() -> None:
    port, seconds = int(sys.argv[1]), float(sys.argv[2])
    plan = json.load(sys.stdin)
    since = time.perf_counter() + WARM
    residents = [Resident(plan, port, n, since, since + seconds) for n in range(plan["threads"])]
    for one in residents:
        one.start()
    for one in residents:
        one.join()
    ended = time.perf_counter()
    lives = [life for one in residents for life in one.done]
    print(json.dumps({
        "seconds": ended - since, "lives": lives, "errors": [error for one in residents for error in one.errors],
        "alike": sum(one.alike for one in residents),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
