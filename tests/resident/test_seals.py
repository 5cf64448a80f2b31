"""Published seals: seen by anybody, and a file that proves the log with our own console."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from cunlian.cli import main
from cunlian.kernel import clock
from cunlian.kernel.models import Activity, Seal
from cunlian.kernel.seals import publish_day, seal
from tests.resident.site import Site, Visitor, words

PAGE, FILE = "/public/seals/", "/public/seals.txt"
Write = Callable[[int], list[Activity]]


@pytest.fixture
def published(site: Site, write: Write) -> Seal:
    """One seal of today, published as of tomorrow."""
    write(3)
    (made,) = seal()
    with clock.set_to(clock.now() + timedelta(days=1)):
        found = publish_day(clock.day_of(made.sealed_at))
    assert found
    return found


def test_number_day_count_and_digest_stand_there(published: Seal, visitor: Visitor) -> None:
    text = words(visitor.get(PAGE))
    day = clock.day_of(published.sealed_at)
    assert f"{day.month}月{day.day}日" in text
    assert f" {published.number} {published.count} {bytes(published.digest).hex()}" in text


def test_what_is_not_published_stands_nowhere(site: Site, visitor: Visitor, write: Write) -> None:
    write(2)
    (made,) = seal()
    assert bytes(made.digest).hex() not in visitor.get(PAGE)
    assert visitor.client.get(FILE).content == b""


def test_without_any_it_says_when_the_first_comes(site: Site, visitor: Visitor) -> None:
    assert "还没有" in words(visitor.get(PAGE))


def test_the_file_proves_the_log_and_a_false_one_does_not(published: Seal, visitor: Visitor, tmp_path: Path) -> None:
    kept = tmp_path / "seals.txt"
    kept.write_bytes(visitor.client.get(FILE).content)
    rows = [json.loads(line) for line in kept.read_text().splitlines()]
    assert rows == [{"number": published.number, "digest": bytes(published.digest).hex()}]
    assert CliRunner().invoke(main, ["verify", "--seals", str(kept)]).exit_code == 0
    kept.write_text(json.dumps(rows[0] | {"digest": "00" * 32}))
    assert CliRunner().invoke(main, ["verify", "--seals", str(kept)]).exit_code == 1


def test_the_file_comes_as_plain_text_to_keep(published: Seal, visitor: Visitor) -> None:
    response = visitor.client.get(FILE)
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "attachment" in response.headers["Content-Disposition"]


def test_the_page_is_in_english_too(published: Seal, visitor: Visitor) -> None:
    text = visitor.client.get(PAGE, headers={"Accept-Language": "en"}).content.decode()
    assert "Seals of the log" in text and "cunlian verify --seals" in text


def test_a_long_list_comes_month_by_month(site: Site, visitor: Visitor) -> None:
    start = clock.at(date(2026, 1, 1), 12)
    Seal.objects.bulk_create(
        Seal(number=n, previous=bytes(32), root=bytes(32), count=1, digest=bytes([n]) * 32,
             sealed_at=start + timedelta(days=n), published_at=start + timedelta(days=n + 1))
        for n in range(1, 41)
    )  # fmt: skip
    first, second = visitor.get(PAGE), visitor.get(f"{PAGE}?page=2")
    digests = [(bytes([n]) * 32).hex() for n in range(40, 0, -1)]
    assert [d for d in digests if d in first] == digests[:31]
    assert [d for d in digests if d in second] == digests[31:]
