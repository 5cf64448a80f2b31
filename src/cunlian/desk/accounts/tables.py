"""The lists of staff accounts, of the roles of one, and of the keys programs ask with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import django_filters
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_tables2 import Column

from cunlian.accounts.models import RoleGrant, ServiceKey, User
from cunlian.organisations.models import Post
from cunlian.ui import formats
from cunlian.ui.filters import ListFilter
from cunlian.ui.tables import ListTable, WorkColumn
from cunlian.ui.templatetags.ui import day_tag, moment_tag

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
    rows_name = ngettext_lazy("%(n)s account", "%(n)s accounts", "total")

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


class RoleTable(ListTable):
    """The roles one account has or had. ``may_end``: with the link that ends one given by hand."""

    rows_name = ngettext_lazy("%(n)s role", "%(n)s roles", "total")

    role = Column(verbose_name=_("Role"))
    place = Column(verbose_name=_("Over"), empty_values=(), order_by=("place__code", "area__name"))
    starts_on = Column(verbose_name=_("Starts on"))
    ends_on = Column(verbose_name=_("Until"))
    source_kind = Column(verbose_name=_("Comes from"), empty_values=())
    works = WorkColumn()

    class Meta(ListTable.Meta):
        model = RoleGrant
        fields = ("role", "place", "starts_on", "ends_on", "source_kind", "works")
        empty_text = _("Roles of this account stand here. It has none yet.")

    def __init__(self, *args: Any, may_end: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if may_end else ("works",), **kwargs)

    def render_role(self, record: RoleGrant) -> str:
        return record.get_role_display()

    def render_place(self, record: RoleGrant) -> str:
        return str(record.area or record.place)

    def render_starts_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_ends_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_source_kind(self, record: RoleGrant) -> SafeString | str:
        if not record.source_kind:
            return _now("by hand")
        if not record.post_id:
            return _now("a post")
        return format_html('<a href="{}">{}</a>', reverse("desk:post", args=[record.post_id]), _now("a post"))

    def render_works(self, record: RoleGrant) -> SafeString | str:
        if record.source_kind or record.ends_on:
            return ""
        return format_html('<a href="{}">{}</a>', reverse("desk:grant_end", args=[record.pk]), _now("End it"))


class KeyTable(ListTable):
    """Keys, never their secrets. ``posts``: those the keys act as. ``may_make``: with the link that revokes one."""

    rows_name = ngettext_lazy("%(n)s key", "%(n)s keys", "total")

    name = Column(verbose_name=_("Program"))
    post_id = Column(verbose_name=_("As which post"), empty_values=(), orderable=False)
    role = Column(verbose_name=_("Role"))
    place = Column(verbose_name=_("Over"), order_by=("place__code",))
    scopes = Column(verbose_name=_("What it may do"), orderable=False, attrs={"td": {"class": "mono"}})
    made_at = Column(verbose_name=_("Made"))
    ends_on = Column(verbose_name=_("Until"))
    revoked_at = Column(verbose_name=_("Revoked"))
    works = WorkColumn()

    class Meta(ListTable.Meta):
        model = ServiceKey
        fields = ("name", "post_id", "role", "place", "scopes", "made_at", "ends_on", "revoked_at", "works")
        empty_text = _("Programs of other offices ask with a key of their own. None is made yet.")

    def __init__(self, *args: Any, posts: Mapping[UUID, Post], may_make: bool = False, **kwargs: Any) -> None:
        self.posts = posts
        super().__init__(*args, exclude=() if may_make else ("works",), **kwargs)

    def render_post_id(self, record: ServiceKey) -> SafeString | str:
        post = self.posts.get(record.post_id) if record.post_id else None
        return (
            format_html('<a href="{}">{}</a>', reverse("desk:post", args=[post.pk]), post)
            if post
            else formats.NOT_APPLICABLE
        )

    def value_post_id(self, record: ServiceKey) -> str:
        post = self.posts.get(record.post_id) if record.post_id else None
        return str(post) if post else ""

    def render_place(self, record: ServiceKey) -> str:
        return str(record.area or record.place)

    def render_role(self, record: ServiceKey) -> str:
        return record.get_role_display()

    def render_scopes(self, value: list[str]) -> str:
        return ", ".join(value)

    def render_made_at(self, value: Any) -> SafeString | str:
        return moment_tag(value)

    def render_ends_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_revoked_at(self, value: Any) -> SafeString | str:
        return moment_tag(value)

    def render_works(self, record: ServiceKey) -> SafeString | str:
        if record.revoked_at:
            return ""
        return format_html('<a href="{}">{}</a>', reverse("desk:key_revoke", args=[record.pk]), _now("Revoke it"))
