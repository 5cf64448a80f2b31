"""The long work one has started."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_tables2 import Column

from cunlian.kernel.models import Job
from cunlian.ui.tables import ListTable, NumberColumn
from cunlian.ui.templatetags.ui import moment_tag, state


class JobTable(ListTable):
    rows_name = ngettext_lazy("%(n)s export", "%(n)s exports", "total")

    title = Column(verbose_name=_("What"), linkify=lambda record: reverse("desk:job", args=[record.pk]))
    started_at = Column(verbose_name=_("Started at"))
    state = Column(verbose_name=_("State"))
    done = NumberColumn(verbose_name=_("Rows"))

    class Meta(ListTable.Meta):
        model = Job
        fields = ("title", "started_at", "state", "done")
        empty_text = _("Large exports you start are made here, and their files are kept for a week. There are none.")

    def render_started_at(self, value: Any) -> SafeString | str:
        return moment_tag(value)

    def render_state(self, record: Job) -> SafeString:
        return state(record.state, record.get_state_display(), kind="job")
