"""What the pages of a county's decisions have in common: how one stands in a list, and the paper a new one names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_tables2 import Column

from cunlian.ui.tables import ListTable
from cunlian.ui.templatetags.ui import day_tag


class DecisionTable(ListTable):
    """Every decision of one kind, the one that holds first. Each table puts its own numbers between day and paper by
    ``Meta.sequence``."""

    rows_name = ngettext_lazy("%(n)s decision", "%(n)s decisions", "total")

    decided_at = Column(verbose_name=_("Holds from"))
    paper = Column(verbose_name=_("Paper that decides it"))
    post = Column(verbose_name=_("Decided by"))

    class Meta(ListTable.Meta):
        orderable = False
        fields: tuple[str, ...] = ()

    def render_decided_at(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)


def paper_field() -> forms.CharField:
    return forms.CharField(
        label=_("Paper that decides it"), max_length=200, help_text=_("Its number, or who decided and when.")
    )
