"""Choose a village of the district; read what anybody may know about one."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cunlian.cases.published import shown_picture
from cunlian.kernel.evidence import path_of
from cunlian.places.models import District
from cunlian.resident.pages import show
from cunlian.resident.session import chosen_village, remember_village
from cunlian.resident.villages.drawn import drawn
from cunlian.resident.villages.names import by_letter
from cunlian.resident.villages.page import page_of

PAGE = "resident/villages/choose.html"


@require_GET
def villages(request: HttpRequest) -> HttpResponse:
    """All villages of the district by letter, or those that fit what was typed. HTMX gets the list alone."""
    district = District.current()
    query = request.GET.get("q", "").strip()[:40]
    found = district.counted().select_related("parent")
    if query:
        found = found.matching(query, district.root)
    context = {
        "district": district,
        "query": query,
        "village": chosen_village(request, district),
        "letters": by_letter(found, sort=not query),
    }
    return show(request, PAGE, context, fragment="found")


@require_GET
def on_sketch(request: HttpRequest) -> HttpResponse:
    """The place of a request chosen on the schematic: a part of the district (``?near=``), then the village in it."""
    district = District.current()
    context = {"district": district, "drawn": drawn(district.counted(), request.GET.get("near", ""))}
    return show(request, "resident/villages/sketch.html", context)


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice in a cookie; it is no account and tells nobody anything."""
    district = District.current()
    village = district.counted().filter(code=request.POST.get("village", "")).first()
    if village is None:
        raise Http404
    response = HttpResponseRedirect(reverse("resident:home"))
    remember_village(response, village)
    return response


@require_GET
def village(request: HttpRequest, code: str) -> HttpResponse:
    district = District.current()
    found = district.counted().with_path().filter(code=code).first()
    if found is None:
        raise Http404
    return show(request, "resident/villages/village.html", {"district": district, "page": page_of(found, district)})


@require_GET
def picture(request: HttpRequest, code: str, key: UUID) -> FileResponse:
    """A picture that is shown on the village's page now. Not kept by browsers, for it can be taken back."""
    village = District.current().counted().filter(code=code).first()
    found = shown_picture(village, key) if village else None
    if found is None:
        raise Http404
    response = FileResponse(path_of(found.evidence).open("rb"), content_type=found.evidence.media_type)
    response.headers["Cache-Control"] = "no-store"
    return response
