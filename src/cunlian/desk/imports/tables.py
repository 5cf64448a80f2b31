"""The lists brought in, and what was said about each row of one."""

from __future__ import annotations

import json
from typing import Any

import django_filters
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_tables2 import Column

from cunlian.kernel.secrets import decrypt
from cunlian.people.imports.reporting import label_of
from cunlian.people.models import ImportLine, RegisterImport
from cunlian.people.models.imports import BRINGERS
from cunlian.ui.filters import ListFilter
from cunlian.ui.states import add_states
from cunlian.ui.tables import ListTable, NumberColumn, WorkColumn
from cunlian.ui.templatetags.ui import moment_tag, state

add_states("import", {"columns": "new", "checked": "open", "applied": "ok", "undone": "off", "discarded": "off"})
add_states(
    "import_line", {"new": "new", "changed": "open", "same": "ok", "alike": "wait", "refused": "back", "totals": "off"}
)


class ImportTable(ListTable):
    rows_name = ngettext_lazy("%(n)s list", "%(n)s lists", "total")
    readers = frozenset(BRINGERS)

    file_name = Column(
        verbose_name=_("The list"), empty_values=(), linkify=lambda record: reverse("desk:import", args=[record.pk])
    )
    place = Column(verbose_name=_("Of"), order_by=("place__code",))
    brought_at = Column(verbose_name=_("Brought in"))
    state = Column(verbose_name=_("State"))
    rows = NumberColumn(verbose_name=_("Rows"))
    new = NumberColumn(verbose_name=_("New"))
    changed = NumberColumn(verbose_name=_("Changed"))
    refused = NumberColumn(verbose_name=_("Refused"))

    class Meta(ListTable.Meta):
        model = RegisterImport
        fields = ("file_name", "place", "brought_at", "state", "rows", "new", "changed", "refused")
        empty_text = _(
            "Lists of households and people from spreadsheets stand here. Take the template, fill it in, bring it in."
        )

    def render_file_name(self, record: RegisterImport) -> str:
        return str(record)

    def render_brought_at(self, value: Any) -> SafeString | str:
        return moment_tag(value)

    def render_state(self, record: RegisterImport) -> SafeString:
        return state(record.state, record.get_state_display(), kind="import")


class LineFilter(ListFilter):
    outcome = django_filters.ChoiceFilter(
        label=_("What becomes of it"), choices=ImportLine.Outcome.choices, empty_label=_("all rows")
    )

    class Meta:
        model = ImportLine
        fields = ("outcome",)


class LineTable(ListTable):
    """``deciding``: with a box to choose rows by whose person is to be confirmed."""

    rows_name = ngettext_lazy("%(n)s row", "%(n)s rows", "total")
    readers = frozenset(BRINGERS)

    number = NumberColumn(verbose_name=_("Row"))
    household = Column(verbose_name=_("Household"), empty_values=(), orderable=False)
    name = Column(verbose_name=_("Name"), empty_values=(), orderable=False)
    outcome = Column(verbose_name=_("What becomes of it"))
    what = Column(verbose_name=_("In detail"), empty_values=(), orderable=False)
    pick = WorkColumn(verbose_name=_("Choose"))

    class Meta(ListTable.Meta):
        model = ImportLine
        fields = ("number", "household", "name", "outcome", "what", "pick")
        empty_text = _("No row of the list is like this.")

    def __init__(self, *args: Any, deciding: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if deciding else ("pick",), **kwargs)

    def render_household(self, record: ImportLine) -> str:
        return str(_told(record).get("number", "")) or "—"

    def render_name(self, record: ImportLine) -> SafeString | str:
        if record.person and record.outcome != ImportLine.Outcome.ALIKE:
            return format_html('<a href="{}">{}</a>', reverse("desk:person", args=[record.person_id]), record.person)
        return str(_told(record).get("name", "")) or "—"

    def render_outcome(self, record: ImportLine) -> SafeString:
        return state(record.outcome, record.get_outcome_display(), kind="import_line")

    def render_what(self, record: ImportLine) -> SafeString | str:
        if record.faults:
            return format_html_join("", '<div><b class="mono">{}</b> {}</div>', record.faults)
        if record.outcome == ImportLine.Outcome.TOTALS:
            return _now("This row adds up others and is about nobody.")
        told = _told(record)
        if told.get("changes"):
            rows = ((label_of(name), old or "—", new or "—") for name, old, new in told["changes"])
            return format_html_join("", "<div>{} {} → {}</div>", rows)
        said = _now(", ").join(f"{label_of(name)} {value}" for name, value in told.get("says", ()))
        if record.outcome != ImportLine.Outcome.ALIKE or record.person is None:
            return said or "—"
        who = format_html('<a href="{}">{}</a>', reverse("desk:person", args=[record.person_id]), record.person)
        decided = record.get_decision_display() if record.decision else _now("Is it the same person?")
        return format_html("<div>{}</div><div>{} {} · <b>{}</b></div>", said, _now("In the register:"), who, decided)

    def render_pick(self, record: ImportLine) -> SafeString | str:
        if record.outcome != ImportLine.Outcome.ALIKE:
            return ""
        label = _now("Row %(row)s") % {"row": record.number}
        box = '<input class="form-check-input" type="checkbox" form="decide" name="row" value="{}" aria-label="{}">'
        return format_html(box, record.number, label)


def _told(record: ImportLine) -> dict[str, Any]:
    """What stood in the row; nothing once the list is taken over."""
    found: dict[str, Any] = json.loads(decrypt(record.details)) if record.details else {}
    return found


class KeptTable(ListTable):
    """What undoing left, for it was changed since."""

    rows_name = ngettext_lazy("%(n)s record", "%(n)s records", "total")

    who = Column(verbose_name=_("Person or household"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        fields = ("who",)
        empty_text = _("Nothing was left: all went back.")

    def render_who(self, record: Any) -> SafeString:
        if record.person:
            return format_html('<a href="{}">{}</a>', reverse("desk:person", args=[record.person_id]), record.person)
        label = _now("Household %(number)s") % {"number": record.household}
        return format_html('<a href="{}">{}</a>', reverse("desk:household", args=[record.household_id]), label)
