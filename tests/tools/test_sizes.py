"""Budgets of size: what counts and what is named."""

from pathlib import Path

from tools.sizes import too_long


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_long_files_functions_and_templates_are_named(tmp_path: Path) -> None:
    write(tmp_path, "src/long.py", "x = 1\n" * 601)
    write(tmp_path, "src/function.py", "def f():\n" + "    x = 1\n" * 60)
    write(tmp_path, "src/page.html", "<p>\n" * 201)
    write(tmp_path, "src/migrations/0001_initial.py", "x = 1\n" * 900)
    assert [fault.split(" has")[0] for fault in too_long(tmp_path)] == [
        "src/function.py:1 f()",
        "src/long.py",
        "src/page.html",
    ]


def test_documentation_does_not_count_as_length_of_a_function(tmp_path: Path) -> None:
    write(tmp_path, "src/told.py", 'def f():\n    """' + "Words.\n" * 40 + '    """\n' + "    x = 1\n" * 58)
    assert too_long(tmp_path) == []
