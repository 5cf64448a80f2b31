"""What every table has in common."""

from __future__ import annotations

import configparser
import re

from django.apps import apps
from django.db import models

from cunlian.kernel.records import Record
from tests.consistency.code import PACKAGE, ROOT, report


def _ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("cunlian.")]


def _lines() -> dict[str, int]:
    """The line of the layers each package stands on; 0 is the top."""
    contracts = configparser.ConfigParser(allow_no_value=True, comment_prefixes=(";",))
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    lines = contracts["importlinter:contract:layers"]["layers"].strip().splitlines()
    return {name: line for line, names in enumerate(lines) for name in re.findall(r"\w+", names)}


def test_every_record_has_a_kind_of_its_own() -> None:
    kinds: dict[str, str] = {}
    faults = []
    for model in _ours():
        kind = getattr(model, "KIND", "")
        if issubclass(model, Record) and not kind:
            faults.append(f"{model.__name__} has no KIND")
        if kind and kinds.setdefault(kind, model.__name__) != model.__name__:
            faults.append(f"{model.__name__} and {kinds[kind]} are both “{kind}”")
    report(faults, "Links, log and API name a record by its KIND:")


def test_every_model_says_which_fields_are_personal() -> None:
    faults = []
    for model in _ours():
        if not any("PERSONAL" in parent.__dict__ for parent in model.__mro__):
            faults.append(f"{model.__name__} does not declare PERSONAL")
        names = {field.name for field in model._meta.get_fields()} | {
            field.attname for field in model._meta.concrete_fields
        }
        faults += [
            f"{model.__name__}.{name} does not exist" for name in getattr(model, "PERSONAL", ()) if name not in names
        ]
    report(faults, "PERSONAL names the fields the log must not hold:")


def test_nothing_that_is_added_up_is_a_decimal_or_a_float() -> None:
    faults = [
        f"{model.__name__}.{field.name}"
        for model in _ours()
        for field in model._meta.concrete_fields
        if isinstance(field, models.DecimalField | models.FloatField)
    ]
    report(faults, "SQLite keeps decimals as REAL; use integers of the smallest unit (docs/decisions/0006):")


def test_no_foreign_key_points_upward() -> None:
    line = _lines()
    faults = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in _ours()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and isinstance(field.related_model, type)
        and field.related_model.__module__.startswith("cunlian.")
        and field.related_model._meta.app_label != model._meta.app_label
        and line[field.related_model._meta.app_label] <= line[model._meta.app_label]
    ]
    report(faults, "A foreign key points to its own package or to a line below (.importlinter):")


def test_no_link_uses_contenttypes() -> None:
    faults = [
        f"{model.__name__}.{field.name}"
        for model in _ours()
        for field in model._meta.get_fields()
        if getattr(field.related_model, "__name__", "") == "ContentType"
    ]
    report(faults, "A link to any record is (kind, uuid), see kernel.records.ref:")


def test_every_package_with_tables_has_a_line() -> None:
    packages = {path.parent.parent.name for path in PACKAGE.glob("*/migrations/__init__.py")}
    report(sorted(packages - set(_lines())), "The layers in .importlinter do not name it:")
