"""HTMX gets the part it asked for; people, boosted links and the browser's history get the page."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxMiddleware

from cunlian.kernel.refusals import Conflict
from cunlian.ui.htmx import render_page

pytestmark = pytest.mark.django_db  # the foot of a page asks for the district's filing number


def answer(**headers: str) -> str:
    def respond(request: HttpRequest) -> HttpResponse:
        context = {"refusal": Conflict("Somebody was faster."), "back": "/", "messages": []}
        return render_page(request, "ui/refused.html", context, fragment="sentence", status=409)

    request = RequestFactory().get("/", headers=headers)
    response = HtmxMiddleware(respond)(request)
    assert isinstance(response, HttpResponse)
    assert response.status_code == 409 and "HX-Request" in response.headers["Vary"]
    return response.content.decode()


def test_a_part_is_only_the_part() -> None:
    assert answer(HX_Request="true").lstrip().startswith('<div role="alert">')


@pytest.mark.parametrize("more", [{}, {"HX_Request": "true", "HX_Boosted": "true"}])
def test_everybody_else_gets_the_page(more: dict[str, str]) -> None:
    assert "<!doctype html>" in answer(**more)


def test_going_back_in_the_browser_gets_the_page() -> None:
    assert "<!doctype html>" in answer(HX_Request="true", HX_History_Restore_Request="true")


@pytest.mark.parametrize(("headers", "told"), [({"HX_Request": "true"}, "true"), ({}, None)])
def test_what_changed_outside_the_part_too_has_the_page_loaded_anew(headers: dict[str, str], told: str | None) -> None:
    def respond(request: HttpRequest) -> HttpResponse:
        context = {"refusal": Conflict("Done."), "back": "/", "messages": []}
        return render_page(request, "ui/refused.html", context, fragment="sentence", whole=True)

    response = HtmxMiddleware(respond)(RequestFactory().get("/", headers=headers))
    assert isinstance(response, HttpResponse) and response.headers.get("HX-Refresh") == told
