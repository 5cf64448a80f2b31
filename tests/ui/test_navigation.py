"""The side bar shows what exists and what the actor may use."""

import pytest
from django.test import RequestFactory
from django.urls import include, path

from cunlian.kernel.access import Actor, Grant
from cunlian.ui.navigation import Entry, Group, navigation


def nothing(request: object) -> None: ...


_desk = (
    [
        path("", nothing, name="home"), path("cases/", nothing, name="cases"), path("plans/", nothing, name="plans"),
        path("cases/gaps/", nothing, name="gaps"), path("radar/", nothing, name="radar"),
    ],
    "desk",
)  # fmt: skip
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


def test_a_page_beside_an_entry_marks_it_and_the_nearest_of_two_is_marked() -> None:
    groups = (
        Group(
            "",
            (
                Entry("Cases", "desk:cases", icon="inbox", also=("desk:plans",)),
                Entry("Radar", "desk:radar", icon="radar", also=("desk:gaps",)),
            ),
        ),
    )
    for address, marked in (("/desk/plans/7/", "Cases"), ("/desk/cases/gaps/", "Radar"), ("/desk/cases/1/", "Cases")):
        request = RequestFactory().get(address)
        request.actor = Actor("user")  # type: ignore[attr-defined]
        links = [link for group in navigation(request, groups=groups) for link in group.entries]
        assert [str(link.label) for link in links if link.current] == [marked], address


def test_an_entry_of_a_module_that_is_off_is_left_out() -> None:
    request = RequestFactory().get("/desk/")
    groups = (
        Group("", (Entry("Home", "desk:home", icon="x"), Entry("Plans", "desk:plans", icon="x", module="plans"))),
    )
    for off, shown in (((), ["Home", "Plans"]), ({"plans"}, ["Home"])):
        assert [
            str(link.label) for group in navigation(request, groups=groups, off=off) for link in group.entries
        ] == shown
