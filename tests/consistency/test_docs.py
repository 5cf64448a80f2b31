"""A stale guide misleads: what the documents name exists, and they stay short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.consistency.code import ROOT, report
from tools import roles

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
MOST_LINES = {"ARCHITECTURE.md": 80, "CONTRIBUTING.md": 150}
# A path in backticks: begins with a folder of ours, or is a file at the root.
PATH = re.compile(r"`((?:src|tests|tools|docs|bench|\.ci|cunlian|kernel|cases|desk)/[\w./-]+|[A-Z]\w+\.md|Makefile)`")


def _exists(name: str, page: Path) -> bool:
    places = (ROOT / name, ROOT / "src" / name, ROOT / "src" / "cunlian" / name, page.parent / name)
    return any(place.exists() for place in places)


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_paths_exist(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    faults = [f"({link})" for link in links if link and not (page.parent / link).exists()]
    faults += [f"`{name}`" for name in PATH.findall(text) if not _exists(name, page)]
    report(faults, f"{page.relative_to(ROOT)} names what does not exist:")


def test_documents_stay_short() -> None:
    faults = []
    for page in DOCUMENTS:
        most = MOST_LINES.get(page.name, 60 if page.parent.name == "decisions" else None)
        lines = len(page.read_text(encoding="utf-8").splitlines())
        if most and lines > most:
            faults.append(f"{page.relative_to(ROOT)} has {lines} lines; {most} is the most")
    report(faults, "Nobody reads long ones:")


def test_every_decision_names_what_was_rejected() -> None:
    pages = [page for page in DOCUMENTS if page.parent.name == "decisions" and page.name[0].isdigit()]
    faults = [str(page.name) for page in pages if "rejected" not in page.read_text(encoding="utf-8").lower()]
    report(faults, "A decision says which alternatives were rejected and why:")


def test_the_page_of_roles_says_what_the_code_says() -> None:
    assert roles.PAGE.read_text(encoding="utf-8") == roles.page(), "docs/roles.md is out of date; run `make roles`"
