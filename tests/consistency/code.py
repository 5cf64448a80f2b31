"""Our own code as these tests read it: modules parsed once, functions and the calls they make."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "cunlian"
DOORS = ("api", "cli", "desk", "resident")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A file of ours. ``imported`` maps a name in it to the dotted thing it stands for."""

    path: Path
    name: str
    tree: ast.Module
    imported: dict[str, str] = field(hash=False, compare=False)

    @property
    def package(self) -> str:
        """The package of the first level, e.g. ``cases``."""
        return self.name.split(".")[1] if "." in self.name else ""

    @property
    def functions(self) -> list[Function]:
        return [node for node in self.tree.body if isinstance(node, Function)]

    def at(self, node: ast.stmt | ast.expr) -> str:
        return f"{self.path.relative_to(ROOT)}:{node.lineno}"


@cache
def modules() -> tuple[Module, ...]:
    return tuple(_read(path) for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts)


def _read(path: Path) -> Module:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
    imported = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            imported |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return Module(path, name, tree, imported)


def calls(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """(dotted name as written, call) of every call inside ``node``: ``log.record``, ``require``, ``case.save``."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            yield ast.unparse(inner.func), inner


def actions() -> Iterator[tuple[Module, Function]]:
    """Every public function with a keyword ``by`` in a domain's room of actions (flows are made of them)."""
    for module in modules():
        if module.name.split(".")[2:3] != ["actions"] or module.package in DOORS:
            continue
        for function in module.functions:
            if "by" in {argument.arg for argument in function.args.kwonlyargs} and not function.name.startswith("_"):
                yield module, function


@cache
def _functions() -> dict[str, tuple[Module, Function]]:
    found = {
        f"{module.name}.{function.name}": (module, function) for module in modules() for function in module.functions
    }
    for module in modules():  # what a package passes on under its own name
        for name, origin in module.imported.items():
            if module.path.name == "__init__.py" and origin in found:
                found.setdefault(f"{module.name}.{name}", found[origin])
    return found


def reaches(module: Module, function: Function, wanted: str) -> bool:
    """Does ``function`` call ``wanted`` (a last name such as ``require``), itself or through our functions it calls?"""
    seen: set[str] = set()
    waiting = [(module, function)]
    while waiting:
        here, current = waiting.pop()
        for name, _call in calls(current):
            if name.split(".")[-1] == wanted:
                return True
            first, _, rest = name.partition(".")
            target = here.imported.get(first, f"{here.name}.{first}") + (f".{rest}" if rest else "")
            if target in _functions() and target not in seen:
                seen.add(target)
                waiting.append(_functions()[target])
    return False


def texts() -> Iterator[tuple[Module, ast.Constant]]:
    """Every string that is not documentation."""
    for module in modules():
        words = {
            id(node.body[0].value)
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Module | ast.ClassDef | Function)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in words:
                yield module, node


def report(faults: list[str], rule: str) -> None:
    """Fail with the rule in one sentence and the places that break it."""
    places = sorted(set(faults))
    more = [f"… and {len(places) - 40} more"] if len(places) > 40 else []
    assert not places, "\n  ".join([rule, *places[:40], *more])
