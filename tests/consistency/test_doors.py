"""Doors fetch only what their visitor may see, and one action a request changes things."""

from __future__ import annotations

import ast
import re

from django.apps import apps

from tests.consistency.code import DOORS, Module, actions, calls, modules, report

# A reading that begins with every row there is; a queryset's own words (of_user, on_file) say whose rows they mean.
WHOLE = re.compile(
    r"(\w+)\.objects\.(?:all|filter|exclude|first|last|values|values_list|select_related|annotate|order_by)$"
)


def _doors() -> list[Module]:
    return [module for module in modules() if module.package in DOORS]


def test_doors_reach_objects_only_through_what_is_visible() -> None:
    faults = [
        f"{module.at(call)} {name}"
        for module in _doors()
        if module.package != "cli"  # whoever runs the console has the database anyway
        for name, call in calls(module.tree)
        if name.endswith(".objects.get")
        or (name.endswith(("get_object_or_404", "get_list_or_404")) and _is_a_model(call))
        or ((found := WHOLE.search(name)) and found[1] in _scoped())
    ]
    report(faults, "Fetch through visible_to(actor), so that foreign and absent look alike:")


def _scoped() -> set[str]:
    """Models that hold something about a person, and of which not everybody sees every row."""
    ours = [model for model in apps.get_models() if hasattr(model._default_manager, "visible_to")]
    return {model.__name__ for model in ours if getattr(model, "PERSONAL", None)}


def _is_a_model(call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    return isinstance(first, ast.Name) and first.id[:1].isupper()


def test_doors_save_nothing_themselves() -> None:
    faults = [
        f"{module.at(call)} {name}()"
        for module in _doors()
        for name, call in calls(module.tree)
        if re.search(r"\.objects\.(create|bulk_create|update_or_create|bulk_update)$|\.(save|delete)$", name)
        and not name.startswith(("form.", "buffer.", "book.", "workbook.", "image.", "path.", "picture.", "cache."))
    ]
    report(faults, "Doors change nothing; they call an action:")


def _called(node: ast.AST, names: set[str]) -> set[str]:
    """Which actions ``node`` may call one after the other. Of those behind a ``return`` only one is ever called."""
    returned = [inner for inner in ast.walk(node) if isinstance(inner, ast.Return)]
    ending = {id(call) for inner in returned for _name, call in calls(inner)}
    found = {name.split(".")[-1]: id(call) for name, call in calls(node) if name.split(".")[-1] in names}
    passing = {name for name, key in found.items() if key not in ending}
    return passing | set(sorted(set(found) - passing)[:1])


def test_a_view_calls_one_action() -> None:
    names = {function.name for _module, function in actions()}
    faults = [
        f"{module.at(function)} {function.name}: {', '.join(sorted(many))}"
        for module in _doors()
        if module.package != "cli"
        for function in module.functions
        if len(many := _called(function, names)) > 1
    ]
    report(faults, "One action or one flow a request; two that belong together are a flow:")
