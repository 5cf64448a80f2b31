"""The modules of the product, each registered by its domain, which asks ``module_on`` before it takes anything in."""

from __future__ import annotations

from cunlian.kernel.refusals import Text

MODULES: dict[str, Text] = {}


def add_module(code: str, label: Text) -> None:
    """Register a module, once, at import of the domain's ``rules.py``. ``code`` never changes."""
    if code in MODULES:
        raise ValueError(f"module {code} is registered twice")
    MODULES[code] = label
