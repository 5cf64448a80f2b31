"""A page of ours that names a variable nobody gave it fails its test instead of showing a hole."""

from __future__ import annotations

import sys
from types import CodeType, FrameType
from typing import Any

import pytest
from django.conf import settings
from django.template import Engine, base, defaultfilters, engines

OPTIONAL = {defaultfilters.default, defaultfilters.default_if_none}


def _is_ours(context: Any) -> bool:
    """Whether both the page asked for and the file being rendered are Cunlian's own (not Django's or allauth's)."""
    templates = (context.template, context.render_context.template)
    names = [str(getattr(getattr(template, "origin", None), "name", "")) for template in templates]
    return all(name.startswith(str(settings.PACKAGE_DIR)) for name in names)


def _fail(name: object, context: Any) -> None:
    page = getattr(context.render_context.template, "name", "?")
    pytest.fail(f"Undefined template variable “{name}” in {page} (write |default:… where it may be absent)")


class Undefined(str):
    """``string_if_invalid`` that behaves as Django's empty one and notices where it is asked about itself: in the very
    branch of ``FilterExpression.resolve`` (or of ``{% blocktranslate %}``) that stands for an undefined variable."""

    CODE: CodeType = base.FilterExpression.resolve.__code__

    def __bool__(self) -> bool:
        frame = sys._getframe(1)
        if frame.f_code is self.CODE:
            self._judge(frame)
        return False

    def __contains__(self, key: object) -> bool:
        frame = sys._getframe(1)
        if frame.f_code.co_name == "render_value" and "key" in frame.f_locals:
            context = frame.f_locals["context"]
            if _is_ours(context):
                _fail(frame.f_locals["key"], context)
        return super().__contains__(str(key))

    @staticmethod
    def _judge(frame: FrameType) -> None:
        expression, context = frame.f_locals["self"], frame.f_locals["context"]
        optional = expression.filters and expression.filters[0][0] in OPTIONAL
        if not optional and _is_ours(context):
            _fail(expression.var, context)


def check_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put `Undefined` into the template engine and into every one made after it: Django makes a new engine whenever a
    test changes DEBUG or TEMPLATES, and one made without it would check nothing for the rest of the run."""
    make = Engine.__init__

    def make_checked(self: Engine, *args: Any, **options: Any) -> None:
        make(self, *args, **options)
        self.string_if_invalid = Undefined()

    monkeypatch.setattr(Engine, "__init__", make_checked)
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", Undefined())
