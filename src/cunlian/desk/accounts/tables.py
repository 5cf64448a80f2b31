"""The list of staff accounts."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from cunlian.accounts.models import RoleGrant, User
from cunlian.ui.filters import ListFilter
from cunlian.ui.tables import ListTable
from cunlian.ui.templatetags.ui import moment_tag

ACTIVE = (("yes", _("in use")), ("no", _("account closed")))


class AccountFilter(ListFilter):
    q = django_filters.CharFilter(label=_("User name or name"), method="by_text")
    active = django_filters.ChoiceFilter(
        label=_("State of the account"), choices=ACTIVE, empty_label=_("all"), method="by_active"
    )

    class Meta:
        model = User
        fields: tuple[str, ...] = ()

    def by_text(self, found: Any, name: str, text: str) -> Any:
        return found.filter(Q(username__icontains=text.strip()) | Q(display_name__icontains=text.strip()))

    def by_active(self, found: Any, name: str, value: str) -> Any:
        return found.filter(is_active=value == "yes")


def role_text(grant: RoleGrant) -> str:
    return f"{grant.get_role_display()} {grant.place or grant.area}"


class AccountTable(ListTable):
    rows_name = _("%(n)s accounts")

    username = Column(verbose_name=_("User name"), linkify=lambda record: reverse("desk:account_of", args=[record.pk]))
    display_name = Column(verbose_name=_("Name shown"))
    roles = Column(verbose_name=_("Roles today"), accessor="running_grants", orderable=False, empty_values=())
    last_login = Column(verbose_name=_("Last log-in"))
    is_active = Column(verbose_name=_("State of the account"))

    class Meta(ListTable.Meta):
        model = User
        fields = ("username", "display_name", "roles", "last_login", "is_active")
        empty_text = _("Accounts that fit these filters stand here. None does.")

    def render_roles(self, value: list[RoleGrant]) -> SafeString | str:
        return format_html_join("", "<div>{}</div>", ((role_text(grant),) for grant in value)) or _now("no role yet")

    def render_last_login(self, value: Any) -> SafeString | str:
        return moment_tag(value)

    def render_is_active(self, value: bool) -> str:
        return _now("in use") if value else _now("account closed")
