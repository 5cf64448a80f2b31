"""The side bar shows what exists and what the actor may use."""

import pytest
from django.test import RequestFactory
from django.urls import include, path

from cunlian.kernel.access import Actor, Grant
from cunlian.ui.navigation import Entry, Group, navigation


def nothing(request: object) -> None: ...


_desk = ([path("", nothing, name="home"), path("cases/", nothing, name="cases")], "desk")
urlpatterns = [path("desk/", include(_desk))]
GROUPS = (
    Group(
        "",
        (Entry("Home", "desk:home", icon="home"), Entry("Cases", "desk:cases", icon="inbox", roles=frozenset({"x"}))),
    ),
    Group("Empty", (Entry("Missing", "desk:missing", icon="x"),)),
)
pytestmark = pytest.mark.urls(__name__)


def shown(address: str = "/desk/", role: str = "x") -> list[tuple[str, str, int | None]]:
    request = RequestFactory().get(address)
    request.actor = Actor("user", grants=(Grant(role),))  # type: ignore[attr-defined]
    groups = navigation(request, {"desk:cases": 7}, GROUPS)
    return [(str(link.label), link.current, link.count) for group in groups for link in group.entries]


def test_pages_that_do_not_exist_are_left_out_with_their_group() -> None:
    assert shown() == [("Home", "page", None), ("Cases", "", 7)]


def test_an_entry_needs_its_role() -> None:
    assert [label for label, _current, _count in shown(role="y")] == ["Home"]


def test_a_page_below_an_entry_marks_it_and_not_the_first_page() -> None:
    assert shown("/desk/cases/1/") == [("Home", "", None), ("Cases", "true", 7)]
