"""A change of keys: everything sealed is sealed anew under the first key of ``FIELD_KEY``, so that an old one can go.

What is sealed proves it: only bytes one of our keys has sealed can be opened by it. So every column of bytes is asked, and a
new one needs no line here. Files are named by whoever keeps them (``add_sealed_files``). Blind indexes use the last key and
do not change. Safe to repeat and to break off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.db import models, transaction

from cunlian.kernel.secrets import is_current, reencrypt

FILES: dict[str, Callable[[], Iterator[Path]]] = {}
AT_ONCE = 500


def add_sealed_files(name: str, function: Callable[[], Iterator[Path]]) -> None:
    """Register, once, the paths of files sealed with ``secrets.encrypt_bytes``."""
    if name in FILES:
        raise ValueError(f"sealed files {name} are registered twice")
    FILES[name] = function


def renewed(sealed: bytes | memoryview) -> bytes | None:
    """The same under the first key; None when it is so already, is empty, or was never sealed by us."""
    data = bytes(sealed)
    if not data or is_current(data):
        return None
    try:
        return reencrypt(data)
    except InvalidTag:
        return None


def rekey_rows() -> int:
    """How many values were sealed anew."""
    return sum(
        _rekey(model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField)
    )


def _rekey(model: type[models.Model], name: str) -> int:
    done, last = 0, None
    while rows := _after(model, name, last):
        last = rows[-1][0]
        with transaction.atomic():
            for key, sealed in rows:
                fresh = renewed(sealed) if sealed else None
                # Only if it stands as it was read: whoever wrote meanwhile wrote with the first key.
                if fresh is not None:
                    done += model._base_manager.filter(pk=key, **{name: sealed}).update(**{name: fresh})
    return done


def _after(model: type[models.Model], name: str, last: Any) -> list[tuple[Any, Any]]:
    rows = model._base_manager.order_by("pk").values_list("pk", name)
    return list((rows.filter(pk__gt=last) if last is not None else rows)[:AT_ONCE])


def rekey_files() -> int:
    """How many files were sealed anew, each whole or not at all."""
    return sum(_rekey_file(path) for paths in FILES.values() for path in paths())


def _rekey_file(path: Path) -> bool:
    fresh = renewed(path.read_bytes()) if path.exists() else None
    if fresh is None:
        return False
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(fresh)
    beside.replace(path)
    return True
