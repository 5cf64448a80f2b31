"""The harness itself: what it promises to every other test."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.conf import settings
from django.template import Context, Origin, Template, engines
from django.test import override_settings

from cunlian.kernel import clock


def render(source: str, *, ours: bool = True, **values: object) -> str:
    name = str(settings.PACKAGE_DIR / "x.html") if ours else "/elsewhere/x.html"
    template = Template(source, origin=Origin(name), engine=engines["django"].engine)
    return template.render(Context(values))


@pytest.mark.parametrize("source", ["{{ nobody }}", "{{ a.b }}", "{{ nobody|upper }}"])
def test_an_undefined_variable_fails_the_test(source: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="Undefined template variable"):
        render(source, a={})


def test_the_check_outlives_a_test_that_changed_debug() -> None:
    with override_settings(DEBUG=True), pytest.raises(pytest.fail.Exception, match="nobody"):
        render("{{ nobody }}")
    with pytest.raises(pytest.fail.Exception, match="nobody"):
        render("{{ nobody }}")


def test_an_undefined_variable_inside_a_translation_fails_the_test() -> None:
    with pytest.raises(pytest.fail.Exception, match="nobody"):
        render("{% load i18n %}{% blocktranslate %}Dear {{ nobody }}{% endblocktranslate %}")


@pytest.mark.parametrize(
    ("source", "shown"),
    [("{{ x|default:'-' }}", "-"), ("{% if x %}1{% endif %}", ""), ("{{ a }}", "None"), ("{{ b|upper }}", "")],
)
def test_what_may_be_absent_does_not_fail(source: str, shown: str) -> None:
    assert render(source, a=None, b="") == shown


def test_other_peoples_templates_may_be_careless() -> None:
    assert render("{{ nobody|upper }}.", ours=False) == "."


def test_the_network_is_out_of_reach() -> None:
    with socket.socket() as door, pytest.raises(RuntimeError, match="no network"):
        door.connect(("192.0.2.1", 80))


def test_the_clock_stands_still(frozen_clock: Callable[[datetime], None]) -> None:
    frozen_clock(clock.at(date(2026, 7, 1), 9))
    assert clock.now() == clock.now()
    frozen_clock(clock.at(date(2026, 7, 2)))
    assert clock.today() == date(2026, 7, 2)
