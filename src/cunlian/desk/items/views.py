"""The item list as the county keeps it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.cases.actions import (
    add_category,
    end_category,
    remove_template,
    save_template,
    set_deadline,
)
from cunlian.cases.models import Category, ReplyTemplate
from cunlian.desk.acting import NothingMore, act, day_asked, day_in
from cunlian.desk.items import forms
from cunlian.desk.items.tables import CategoryTable, TemplateTable
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places.seen import NOT_HERE
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.refusals import Missing
from cunlian.organisations.querysets import of_own_county
from cunlian.places.models import District

GET_POST = ("GET", "POST")
KEEP = "cases.manage_items"
WORDS = "cases.manage_templates"


def _category_of(request: DeskRequest, pk: UUID) -> Category:
    found = Category.objects.filter(of_own_county(request.actor, "root__"), pk=pk).select_related("root").first()
    if found is None:
        raise Missing(NOT_HERE)
    return found


def _items(actor: Actor, query: QueryDict) -> CategoryTable:
    root = District.current().root
    listed = Category.objects.filter(of_own_county(actor, "root__"), root=root).prefetch_related("deadlines")
    if not query.get("all"):
        listed = listed.listed_on(day_in(query))
    return CategoryTable(listed.order_by("code", "starts_on", "pk"), may_keep=may(actor, KEEP, root))


def _templates(actor: Actor, query: QueryDict) -> TemplateTable:
    root = District.current().root
    found = ReplyTemplate.objects.visible_to(actor).filter(of_own_county(actor, "root__"), root=root)
    return TemplateTable(found.select_related("category").order_by("name", "pk"), may_keep=may(actor, WORDS, root))


ITEMS = add_list("items", _lazy("Categories and deadlines"), _items)
TEMPLATES = add_list("templates", _lazy("Reply templates"), _templates)


@require_GET
@ITEMS.exported
def categories(request: DeskRequest) -> HttpResponse:
    """Groups and items with their days and deadlines; ``?all=1`` with those off the list."""
    context = {
        "title": _("Categories and deadlines"), "day": day_asked(request), "all": bool(request.GET.get("all")),
        "table": ITEMS.page(request), "may_keep": may(request.actor, KEEP, District.current().root),
    }  # fmt: skip
    return render(request, "desk/items/list.html", context)


@require_http_methods(GET_POST)
def new(request: DeskRequest) -> HttpResponse:
    root = District.current().root
    require(request.actor, KEEP, root)
    return act(
        request, forms.CategoryForm(request.POST or None),
        lambda **values: add_category(by=request.actor, root=root, **values), title=_("Put an item on the list"),
        button=_("Put it on the list"), back=reverse("desk:categories"), done=_("The item is on the list."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def end(request: DeskRequest, pk: UUID) -> HttpResponse:
    item = _category_of(request, pk)
    require(request.actor, KEEP, item)
    return act(
        request, forms.EndForm(request.POST or None),
        lambda on_day: end_category(item, by=request.actor, on_day=on_day), title=_("Take the item off the list"),
        button=_("Take it off"), back=reverse("desk:categories"), lead=f"{item.code} {item}",
        done=_("The item is off the list. Requests that carry it keep it."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def deadline(request: DeskRequest, pk: UUID) -> HttpResponse:
    item = _category_of(request, pk)
    require(request.actor, KEEP, item)
    return act(
        request, forms.DeadlineForm(request.POST or None),
        lambda **values: set_deadline(item, by=request.actor, **values), title=_("Set a deadline"), button=_("Set it"),
        back=reverse("desk:categories"), lead=f"{item.code} {item}",
        done=_("The deadline is set. Days already promised do not move."),
    )  # fmt: skip


@require_GET
@TEMPLATES.exported
def templates(request: DeskRequest) -> HttpResponse:
    context = {
        "title": _("Reply templates"), "table": TEMPLATES.page(request),
        "may_keep": may(request.actor, WORDS, District.current().root),
        "crumbs": [(_("Categories and deadlines"), reverse("desk:categories")), (_("Reply templates"), "")],
    }  # fmt: skip
    return render(request, "desk/items/templates.html", context)


@require_http_methods(GET_POST)
def new_template(request: DeskRequest) -> HttpResponse:
    root = District.current().root
    require(request.actor, WORDS, root)
    return act(
        request, forms.TemplateForm(request.POST or None, root=root),
        lambda **values: save_template(by=request.actor, root=root, **values), title=_("Add a reply template"),
        button=_("Add it"), back=reverse("desk:templates"), done=_("The template is added."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def drop_template(request: DeskRequest, pk: UUID) -> HttpResponse:
    template: ReplyTemplate = get_visible(ReplyTemplate.objects, request.actor, pk)
    require(request.actor, WORDS, template)
    return act(
        request, NothingMore(request.POST if request.method == "POST" else None),
        lambda: remove_template(template, by=request.actor), title=_("Remove the template"), button=_("Remove it"),
        back=reverse("desk:templates"), lead=template.name, done=_("The template is removed."),
    )  # fmt: skip
