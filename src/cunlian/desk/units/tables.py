"""The two committees, a village a row."""

from __future__ import annotations

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_tables2 import Column

from cunlian.organisations.composition import TwoCommittees
from cunlian.organisations.models import Posting
from cunlian.ui.tables import ListTable, NumberColumn


class CommitteesTable(ListTable):
    rows_name = ngettext_lazy("%(n)s village", "%(n)s villages", "total")

    place = Column(verbose_name=_("Village"), orderable=False)
    secretary = Column(verbose_name=_("Party secretary"), orderable=False, empty_values=())
    director = Column(verbose_name=_("Head of the villagers' committee"), orderable=False, empty_values=())
    members = NumberColumn(verbose_name=_("Members, each once"), orderable=False)
    women = NumberColumn(verbose_name=_("Women among them"), orderable=False)
    warnings = Column(verbose_name=_("What to look at"), orderable=False, empty_values=())

    class Meta(ListTable.Meta):
        fields = ("place", "secretary", "director", "members", "women", "warnings")
        empty_text = _("Villages with a committee stand here. None is founded yet.")

    def render_secretary(self, record: TwoCommittees) -> str:
        return _named(record.secretary)

    def render_director(self, record: TwoCommittees) -> str:
        return _named(record.director)

    def render_members(self, record: TwoCommittees) -> int:
        return len(record.members)

    def render_warnings(self, record: TwoCommittees) -> SafeString | str:
        rows = [(one.text, one.rule) for one in record.warnings]
        return format_html_join("", '<div>{} <span class="meta">{}</span></div>', rows)


def _named(posting: Posting | None) -> str:
    return posting.person.name if posting else _now("vacant")
