"""Who looked at people's files: for the auditor, a line a look, never with whose file it was."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

import django_filters
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET
from django_tables2 import Column

from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.kernel.access import Actor, require
from cunlian.kernel.models import Look
from cunlian.organisations.auditing import audited_looks
from cunlian.organisations.looks import what_of
from cunlian.ui.filters import ListFilter
from cunlian.ui.formats import NOT_APPLICABLE
from cunlian.ui.tables import ListTable
from cunlian.ui.templatetags.ui import moment_tag

OF = (("child", _("of children under fourteen")), ("circumstance", _("at circumstances kept for a purpose")))


class LookFilter(ListFilter):
    of = django_filters.ChoiceFilter(label=_("Which looks"), choices=OF, empty_label=_("any"), method="by_what")

    class Meta:
        model = Look
        fields: tuple[str, ...] = ()

    def by_what(self, found: Any, name: str, value: str) -> Any:
        return found.filter(of_child=True) if value == "child" else found.filter(fields__contains="circumstance")


class LookTable(ListTable):
    rows_name = ngettext_lazy("%(n)s look", "%(n)s looks", "total")

    post = Column(verbose_name=_("By the post"), accessor="post_id", orderable=False, empty_values=())
    happened_at = Column(verbose_name=pgettext_lazy("look", "When"))
    what = Column(verbose_name=_("At what"), accessor="fields", orderable=False)
    purpose = Column(verbose_name=_("What for"), orderable=False, exclude_from_export=True)
    village = Column(verbose_name=_("Village"), orderable=False)
    of_child = Column(verbose_name=_("Of a child"), orderable=False)

    class Meta(ListTable.Meta):
        model = Look
        fields: ClassVar[tuple[str, ...]] = ("post", "happened_at", "what", "purpose", "village", "of_child")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Each look at somebody's full data stands here. Nobody has looked yet.")

    def render_happened_at(self, value: datetime) -> SafeString | str:
        return moment_tag(value)

    def render_post(self, record: Look) -> str:
        return f"{record.unit} {record.title}" if record.unit else NOT_APPLICABLE  # type: ignore[attr-defined]

    def render_what(self, value: str) -> str:
        return what_of(value)

    def render_of_child(self, value: bool) -> str:
        return _now("yes") if value else _now("no")


def _looks(actor: Actor, query: QueryDict) -> LookTable:
    require(actor, "people.audit_looks")
    found = LookFilter(query or None, audited_looks(actor).order_by("-happened_at", "-pk"))
    return LookTable(found.qs, filter=found)


LOOKS = add_list("looks", _("Looks at people's files"), _looks)


@require_GET
@LOOKS.exported
def page(request: DeskRequest) -> HttpResponse:
    table = LOOKS.page(request)
    return render(
        request, "desk/consent/looks.html",
        {"title": _now("Looks at people's files"), "table": table, "filter": table.filter},
    )  # fmt: skip
