"""The page that shows every component, and the reader's choice of text size."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from cunlian.kernel import clock
from cunlian.ui import samples
from cunlian.ui.htmx import render_page

YEAR = 365 * 24 * 3600
DOORS = frozenset({"desk", "resident", "public", "plain", "print"})


def components(request: HttpRequest, door: str = "desk") -> HttpResponse:
    """Every component with invented data, as of a fixed day so that pictures of it can be compared."""
    if door not in DOORS:
        raise Http404
    with clock.set_to(samples.NOW):
        return render_page(request, f"ui/components/{door}.html", samples.context(request))


@require_POST
def text_size(request: HttpRequest) -> HttpResponse:
    """Keep "large text" in a cookie on this device and go back to the page. Nothing about the person is stored."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if request.POST.get("text") == "large":
        response.set_cookie("text", "large", max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    else:
        response.delete_cookie("text")
    return response
