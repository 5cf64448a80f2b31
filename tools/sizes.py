"""Files and functions stay small enough to be read in one go.

    tools/sizes.py      exit 1 and name what is over the hard budget; say what has passed the soft one

The soft budget says when to think of a split; past the hard one nothing is merged.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE = {".py": (400, 600), ".html": (200, 200), ".js": (400, 600), ".css": (600, 900)}
FUNCTION = (40, 60)
FOLDERS = ("src", "tests", "tools", "bench")


def files(root: Path = ROOT) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in FILE and "migrations" not in path.parts:
                yield path


def functions(path: Path) -> Iterator[tuple[str, int, int]]:
    """(name, line, lines of it) of every function in a Python file; decorators and docstring do not count."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            has_words = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            words = (first.end_lineno or first.lineno) - first.lineno + 1 if has_words else 0
            yield node.name, node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1 - words


def measured(root: Path = ROOT) -> Iterator[tuple[str, int, int, int]]:
    """(what, its lines, soft budget, hard budget) of every file and function."""
    for path in files(root):
        name = str(path.relative_to(root))
        yield name, len(path.read_text(encoding="utf-8").splitlines()), *FILE[path.suffix]
        if path.suffix == ".py":
            for function, line, size in functions(path):
                yield f"{name}:{line} {function}()", size, *FUNCTION


def too_long(root: Path = ROOT) -> list[str]:
    return [f"{what} has {size} lines; {hard} is the most" for what, size, _, hard in measured(root) if size > hard]


def main() -> int:
    long = [
        f"{what} has {size} lines; past {soft} think of a split"
        for what, size, soft, hard in measured()
        if soft < size <= hard
    ]
    faults = too_long()
    print("\n".join([*long, *faults, "" if faults else "Sizes are within the budgets."]).strip())
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
