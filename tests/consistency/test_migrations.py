"""The tables are what the models say, and a migration never loses a guard."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.consistency.code import PACKAGE, ROOT, report


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    out = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=out, skip_checks=True)
    except (CommandError, SystemExit):
        pytest.fail(f"Models and migrations differ; run makemigrations:\n{out.getvalue()}")


def test_no_migration_makes_a_trigger() -> None:
    faults = [
        str(path.relative_to(ROOT))
        for path in PACKAGE.glob("*/migrations/*.py")
        if "TRIGGER" in path.read_text(encoding="utf-8").upper()
    ]
    report(faults, "Guards are installed after every migrate (kernel/guards.py): SQLite drops them when it rebuilds:")
