"""Which browser there is, and which journeys were left out for want of one."""

from __future__ import annotations

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
NO_BROWSER = "no Chromium on this machine (on Debian: apt-get install chromium fonts-noto-cjk)"


def browser_required() -> bool:
    return os.environ.get("CI", "").lower() in ("1", "true")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the journeys that were left out; also when they ran in other processes (xdist)."""
    left_out = [
        report.nodeid for report in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(report.longrepr)
    ]
    if left_out:
        terminalreporter.section(f"{len(left_out)} browser journeys left out: {NO_BROWSER}")
        terminalreporter.line("\n".join(left_out))
