"""Every action keeps the six steps, and every test of one can be found by its name."""

from __future__ import annotations

import ast
import re

from tests.consistency.code import ROOT, actions, calls, modules, reaches, report


def test_every_action_requires_a_permission() -> None:
    faults = [f"{m.at(f)} {f.name}" for m, f in actions() if not reaches(m, f, "require")]
    report(faults, "An action asks require(by, …) itself or through the action it calls:")


def test_every_action_records_what_it_did() -> None:
    faults = [f"{m.at(f)} {f.name}" for m, f in actions() if not (reaches(m, f, "record") or reaches(m, f, "build"))]
    report(faults, "An action writes a row of the log (log.record):")


def test_every_action_is_one_transaction() -> None:
    faults = [
        f"{m.at(f)} {f.name}"
        for m, f in actions()
        if not any("transaction.atomic" in ast.unparse(mark) for mark in f.decorator_list)
        and not any(name == "transaction.atomic" for name, _ in calls(f))
        and any(name.endswith("record") for name, _ in calls(f))
    ]
    report(faults, "An action that records is decorated with @transaction.atomic:")


def test_by_stands_after_the_star() -> None:
    faults = [
        f"{module.at(function)} {function.name}"
        for module in modules()
        for function in module.functions
        if any("atomic" in ast.unparse(mark) for mark in function.decorator_list)
        and "by" in {argument.arg for argument in function.args.args}
        and module.package != "kernel"
        and not function.name.startswith("_")
    ]
    report(faults, "Whoever acts is named: by is keyword-only:")


def test_every_action_is_named_in_a_test() -> None:
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    words = set(re.findall(r"\w+", tests))
    report([f"{m.at(f)} {f.name}" for m, f in actions() if f.name not in words], "No test names this action:")


def test_actions_save_only_named_fields() -> None:
    faults = [
        f"{module.at(call)} {name}()"
        for module in modules()
        if "actions" in module.name.split(".") or module.package == "flows"
        for name, call in calls(module.tree)
        if name.endswith(".save") and not {keyword.arg for keyword in call.keywords} & {"update_fields", "force_insert"}
    ]
    report(
        faults, "Save with kernel.records.change, update_fields or force_insert, so that nobody's work is overwritten:"
    )


def test_functions_of_our_own_are_imported_at_the_top() -> None:
    faults = []
    for module in modules():
        if module.path.name == "apps.py":
            continue
        for function in ast.walk(module.tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cunlian"):
                        faults.append(f"{module.at(node)} {node.module}")
    report(faults, "Our own code is imported at the top of a file; an import inside a function hides a knot:")


def test_no_package_is_called_utils() -> None:
    vague = {"utils", "util", "helpers", "common", "extras", "misc"}
    faults = [str(m.path.relative_to(ROOT)) for m in modules() if vague & set(m.name.split("."))]
    report(faults, "Give it a real name, or put it beside its user:")
