"""What is registered is used, and what is used is registered: permissions, verbs, reactions, promise kinds."""

from __future__ import annotations

import ast
import re

from cunlian.flows.wiring import REACTIONS
from cunlian.kernel.access import PERMISSIONS
from cunlian.kernel.log import VERBS
from tests.consistency.code import PACKAGE, Module, calls, modules, report, texts


def _argument(call: ast.Call, place: int) -> str | None:
    value = call.args[place] if len(call.args) > place else None
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None


def _asked(names: tuple[str, ...], place: int) -> list[tuple[Module, ast.Call, str]]:
    return [
        (module, call, text)
        for module in modules()
        for name, call in calls(module.tree)
        if name.split(".")[-1] in names and (text := _argument(call, place)) is not None
    ]


def test_every_permission_asked_is_registered() -> None:
    asked = [row for row in _asked(("require", "may"), 1) if row[0].package != "kernel"]
    report([f"{m.at(c)} {text}" for m, c, text in asked if text not in PERMISSIONS], "No rules.py registers it:")


def test_every_verb_recorded_is_registered() -> None:
    asked = [row for row in _asked(("record", "build"), 1) if "." in row[2]]
    report([f"{m.at(c)} {text}" for m, c, text in asked if text not in VERBS], "No messages.py registers it:")


def _said_outside(room: str) -> set[str]:
    """Every string the code says anywhere but in rooms of that name; templates too."""
    said = {str(node.value) for module, node in texts() if module.name.split(".")[-1] != room}
    pages = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.html"))
    return said | set(re.findall(r"[a-z_]+\.[a-z_]+", pages))


def test_every_permission_is_asked_somewhere() -> None:
    said = _said_outside("rules")
    moves = {text for text in said if "." not in text}  # tables of moves name theirs without the domain
    unused = [name for name in PERMISSIONS if name not in said and name.split(".")[1] not in moves]
    report(unused, "Nothing asks for this permission; remove it:")


def test_every_verb_is_recorded_somewhere() -> None:
    said = _said_outside("messages")  # once: it reads the whole code
    report([verb for verb in VERBS if verb not in said], "Nothing records this verb; remove it:")


def test_every_reaction_waits_for_a_verb_that_exists() -> None:
    names = [name for _verb, name, _function in REACTIONS]
    report([f"{verb} → {name}" for verb, name, _ in REACTIONS if verb not in VERBS], "No such verb:")
    assert len({(verb, name) for verb, name, _ in REACTIONS}) == len(names), "A reaction stands twice in wiring.py"
