"""What an import says: which rows cannot be true, or what it changed."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cunlian.kernel.refusals import Invalid

SHOWN = 200
"""How many places of each sort a report names; the counts are always whole."""


@dataclass(frozen=True)
class Fault:
    """A row that cannot be true, where it stands, and why."""

    file: str
    number: int
    code: str
    reason: str

    def __str__(self) -> str:
        return _("%(file)s row %(row)s (%(code)s): %(reason)s") % {
            "file": self.file,
            "row": self.number,
            "code": self.code or "–",
            "reason": self.reason,
        }


class ImpossibleRows(Invalid):
    """Rows of the source cannot be true. Nothing was changed. ``faults``: each of them, in the order of the source."""

    code = "impossible-rows"

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        lines = [str(fault) for fault in faults[:20]]
        if len(faults) > 20:
            lines.append(_("and %(count)s more") % {"count": len(faults) - 20})
        self.told = _("Nothing was imported. Please correct these rows and import again:")
        super().__init__("\n".join([self.told, *lines]), field="rows")


@dataclass(frozen=True)
class Change:
    """A place an import touched: its code, its name and, where it had another before, that."""

    code: str
    name: str
    before: str = ""


@dataclass
class Changes:
    """How many places one thing happened to, and the first of them."""

    count: int = 0
    shown: list[Change] = field(default_factory=list)

    def add(self, code: str, name: str, before: str = "") -> None:
        self.count += 1
        if len(self.shown) < SHOWN:
            self.shown.append(Change(code, name, before))


@dataclass
class Report:
    """What an import did. ``moved``: a code that went and one that came with the same name in one county, for somebody
    to confirm (``succeed_place``): names repeat, so an import never takes two places for one by itself. ``kept``: the
    county decided otherwise by a paper, and the list does not undo that."""

    lines: int
    digest: str
    added: Changes = field(default_factory=Changes)
    renamed: Changes = field(default_factory=Changes)
    retired: Changes = field(default_factory=Changes)
    moved: Changes = field(default_factory=Changes)
    kept: Changes = field(default_factory=Changes)
    unchanged: int = 0
