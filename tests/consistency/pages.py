"""Templates as these tests read them: what a reader sees and which languages it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from tests.consistency.code import PACKAGE

_TAGS = re.compile(
    r"{#.*?#}|{%-?\s*comment\b.*?endcomment\s*%}|{%-?\s*verbatim\b.*?endverbatim\s*%}"
    r"|{%\s*block\s+\w*class\s*%}.*?{%\s*endblock\s*%}"
    r"|{%-?\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%}|{%.*?%}|{{.*?}}",
    re.S,
)
READ_ALOUD = frozenset({"title", "alt", "placeholder", "aria-label", "aria-description", "label", "data-label"})
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


def templates() -> list[Path]:
    return sorted(PACKAGE.rglob("templates/**/*.html"))


def name_of(path: Path) -> str:
    """The name a view or another template calls it by."""
    return path.as_posix().rsplit("/templates/", 1)[1]


class _Reader(HTMLParser):
    """Collects text and spoken attributes outside scripts, styles, code and elements that name their own language."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.hidden: list[str] = []
        self.seen: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "style", "code", "kbd") or (self.hidden and tag not in VOID):
            self.hidden.append(tag)
        elif given.get("lang") and tag != "html":
            if tag not in VOID:
                self.hidden.append(tag)
            return
        if not self.hidden:
            self.seen += [(self.getpos()[0], value) for name, value in attrs if name in READ_ALOUD and value]

    def handle_endtag(self, tag: str) -> None:
        if self.hidden and tag in self.hidden:
            while self.hidden.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.hidden and data.strip():
            self.seen.append((self.getpos()[0], data.strip()))


def _blank(match: re.Match[str]) -> str:
    return "\n" * match.group().count("\n")


def visible(path: Path) -> Iterator[tuple[int, str]]:
    """(line, words) that reach the reader as they stand, without passing through translation."""
    reader = _Reader()
    reader.feed(_TAGS.sub(_blank, path.read_text(encoding="utf-8")))
    reader.close()
    yield from reader.seen
