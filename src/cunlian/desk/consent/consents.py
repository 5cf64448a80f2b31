"""The consent register as a list: who agreed to what, to which words, how and when, and when it was taken back.

Consents to help at home or for children stand in each person's file alone: a list of them would be a list of those who need
help, which only named posts may have (个人信息保护法 Art. 28).
"""

from __future__ import annotations

from typing import Any

import django_filters
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET
from django_tables2 import Column, TemplateColumn

from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.kernel.access import Actor
from cunlian.people.consent.purposes import KINDS_FOR, all_purposes
from cunlian.people.models import Consent
from cunlian.people.querysets import READERS
from cunlian.ui.filters import ListFilter
from cunlian.ui.tables import ListTable
from cunlian.ui.templatetags.ui import masked

STATES = (
    ("holds", pgettext_lazy("consent", "holds")),
    ("withdrawn", pgettext_lazy("consent", "taken back")),
    ("erased", _("taken back, and what was kept is erased")),
)


class ConsentFilter(ListFilter):
    purpose = django_filters.ChoiceFilter(label=_("Purpose"), field_name="purpose__code", empty_label=_("any"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, empty_label=_("any"), method="by_state")

    class Meta:
        model = Consent
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict | None, rows: Any) -> None:
        super().__init__(data, rows)
        offered = [(one.code, str(one)) for one in all_purposes() if not one.by_law and one.code not in KINDS_FOR]
        self.filters["purpose"].extra["choices"] = offered

    def by_state(self, found: Any, name: str, value: str) -> Any:
        if value == "holds":
            return found.open()
        return found.filter(withdrawn_at__isnull=False, erased_at__isnull=value == "withdrawn")


class ConsentTable(ListTable):
    rows_name = ngettext_lazy("%(n)s consent", "%(n)s consents", "total")
    readers = READERS

    person = Column(verbose_name=_("Person"), orderable=False)
    purpose = Column(verbose_name=_("Purpose"), order_by=("purpose__code",))
    version = Column(verbose_name=_("Version"), accessor="text__version")
    way = Column(verbose_name=_("How it was given"))
    given_at = TemplateColumn("{% day record.given_at year=True %}", verbose_name=_("Given on"))
    withdrawn_at = TemplateColumn(
        "{% if record.withdrawn_at %}{% day record.withdrawn_at year=True %}{% else %}—{% endif %}",
        verbose_name=pgettext_lazy("consent", "Taken back on"),
    )

    class Meta(ListTable.Meta):
        model = Consent
        fields = ("person", "purpose", "version", "way", "given_at", "withdrawn_at")
        empty_text = _("Here stands who agreed to what in your territory. Nobody has, or none fits these filters.")

    def render_person(self, record: Consent) -> SafeString:
        url = reverse("desk:person_data", args=[record.person_id])
        return format_html('<a href="{}">{}</a>', url, masked(record.person.masked_name))


def _consents(actor: Actor, query: QueryDict) -> ConsentTable:
    rows = Consent.objects.visible_to(actor).exclude(purpose__code__in=list(KINDS_FOR))
    found = ConsentFilter(query, rows.filter(person__merged_into=None).for_list())
    return ConsentTable(found.qs, filter=found)


CONSENTS = add_list("consents", _("Consents given"), _consents)


@require_GET
@CONSENTS.exported
def page(request: DeskRequest) -> HttpResponse:
    table = CONSENTS.page(request)
    context = {
        "title": _now("Consents given"), "table": table, "filter": table.filter,
        "crumbs": [(_now("Purposes and consent"), reverse("desk:purposes")), (_now("Consents given"), "")],
    }  # fmt: skip
    return render(request, "desk/consent/consents.html", context)
