"""Which villages touch: the list, entering pairs, taking one out."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import NothingMore, act
from cunlian.desk.drawing.tables import BorderTable, borders_of
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.refusals import Missing
from cunlian.places.actions.borders import PERMISSION, enter_borders, remove_border
from cunlian.places.models import District

GET_POST = ("GET", "POST")
APART = re.compile(r"[\s,，、;；\-—]+")


class BordersForm(forms.Form):
    pairs = forms.CharField(
        label=_("Villages that touch"), widget=forms.Textarea, max_length=40_000,
        help_text=_("A pair in each line, by name or code, with a space between: Liuwan Qingshi."),
    )  # fmt: skip
    source = forms.CharField(label=_("Source"), max_length=120)

    def clean_pairs(self) -> list[tuple[str, str]]:
        found = []
        for number, text in enumerate(self.cleaned_data["pairs"].splitlines(), start=1):
            words = [word for word in APART.split(text.strip()) if word]
            if words and len(words) != 2:
                said = _now("Line %(n)s names %(count)s villages. Write two in each line.")
                raise ValidationError(said % {"n": number, "count": len(words)})
            if words:
                found.append((words[0], words[1]))
        return found


def _borders(actor: Actor, query: QueryDict) -> BorderTable:
    return BorderTable(borders_of(actor), may_enter=may(actor, PERMISSION, District.current().root))


BORDERS = add_list("borders", _("Which villages touch"), _borders)


@require_GET
@BORDERS.exported
def border_list(request: DeskRequest) -> HttpResponse:
    context: dict[str, Any] = {
        "title": _now("Which villages touch"), "table": BORDERS.page(request),
        "may_enter": may(request.actor, PERMISSION, District.current().root),
        "crumbs": [(_now("Drawings of areas"), reverse("desk:drawings")), (_now("Which villages touch"), "")],
    }  # fmt: skip
    return render(request, "desk/drawing/borders.html", context)


@require_http_methods(GET_POST)
def enter(request: DeskRequest) -> HttpResponse:
    root = District.current().root
    require(request.actor, PERMISSION, root)
    return act(
        request, BordersForm(request.POST or None),
        lambda **values: enter_borders(root, by=request.actor, **values), title=_("Enter which villages touch"),
        button=_("Enter"), back=reverse("desk:borders"), done=_("The pairs are entered."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def out(request: DeskRequest, pk: UUID) -> HttpResponse:
    border = borders_of(request.actor).filter(pk=pk).first()
    if border is None:
        raise Missing(_("This is not here, or not for your post. Check the number, or go back to the list."))
    require(request.actor, PERMISSION, border)
    return act(
        request, NothingMore(request.POST if request.method == "POST" else None),
        lambda: remove_border(border, by=request.actor), title=_("Take the pair out"), button=_("Take it out"),
        back=reverse("desk:borders"), lead=f"{border.one} · {border.other}", done=_("The pair is out."),
    )  # fmt: skip
