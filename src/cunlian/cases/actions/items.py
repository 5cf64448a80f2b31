"""Keeping the county's item list, deadlines, reply templates and saved filters."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.cases.models import Category, DeadlineRule, Level, ReplyTemplate, SavedFilter
from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.places.models import Place, on

LONGEST_NAME = 40


@transaction.atomic
def add_category(
    *, by: Actor, root: Place, code: str, name: str, name_en: str, responsible_kind: str, words: str = "",
    needs_power: bool = False, is_public_matter: bool = False, is_dispute: bool = False, paper: str = "",
    starts_on: date | None = None,
) -> Category:  # fmt: skip
    """Put an item on the list. A four-digit code belongs to the group of its first two digits."""
    require(by, "cases.manage_items", root)
    if not code.isdigit() or len(code) not in (2, 4):
        raise Invalid(_("A code is two digits for a group and four for an item, such as 03 or 0301."), field="code")
    day = starts_on or clock.today()
    current = Category.objects.filter(root=root, ends_on=None)
    if current.filter(code=code).exists():
        raise Invalid(
            _("Code %(code)s is on the list. End that item first or choose another.") % {"code": code}, field="code"
        )
    parent = current.filter(code=code[:2]).first() if len(code) == 4 else None
    if len(code) == 4 and parent is None:
        raise Invalid(_("Add the group %(code)s first.") % {"code": code[:2]}, field="code")
    category = Category.objects.create(
        root=root, code=code, parent=parent, name=name, name_en=name_en, words=words, responsible_kind=responsible_kind,
        needs_power=needs_power, is_public_matter=is_public_matter, is_dispute=is_dispute, paper=paper, starts_on=day,
    )  # fmt: skip
    log.record(by, "cases.category_added", category)
    return category


@transaction.atomic
def end_category(category: Category, *, by: Actor, on_day: date | None = None) -> Category:
    """Take an item off the list from a day on. Cases that carry it keep it."""
    category = lock(category)
    require(by, "cases.manage_items", category)
    day = on_day or clock.today()
    if category.ends_on is not None:
        raise Invalid(_("This item is off the list already."))
    if category.items.filter(on(day)).exists():
        raise Invalid(_("End the items of this group first."))
    changed = change(category, ends_on=max(day, category.starts_on))
    log.record(by, "cases.category_ended", category, changed=changed)
    return category


@transaction.atomic
def set_deadline(category: Category, *, by: Actor, level: str, working_days: int = 0, hours: int = 0) -> DeadlineRule:
    """How long an answer may take. Deadlines already promised do not move."""
    require(by, "cases.manage_items", category)
    if level not in Level.values:
        raise Invalid(_("Choose normal, urgent or emergency."), field="level")
    if (working_days > 0) == (hours > 0):
        raise Invalid(_("Give either working days or hours."), field="working_days")
    rule, _created = DeadlineRule.objects.update_or_create(
        category=category, level=level, defaults={"working_days": working_days, "hours": hours}
    )
    log.record(by, "cases.deadline_set", category, changed={level: (None, [working_days, hours])})
    return rule


@transaction.atomic
def save_template(*, by: Actor, root: Place, name: str, text: str, category: Category | None = None) -> ReplyTemplate:
    require(by, "cases.manage_templates", root)
    if not name.strip() or not text.strip():
        raise Invalid(_("A template needs a name and its words."), field="text")
    template = ReplyTemplate.objects.create(root=root, category=category, name=name.strip(), text=text.strip())
    log.record(by, "cases.template_saved", template)
    return template


@transaction.atomic
def remove_template(template: ReplyTemplate, *, by: Actor) -> None:
    template = lock(template)
    require(by, "cases.manage_templates", template)
    log.record(by, "cases.template_removed", template)
    template.delete()


def _account(by: Actor) -> UUID:
    """The account somebody acts from; the rule has let nobody through without one."""
    if by.user_id is None:
        raise Forbidden(_("Log in to keep a filter. Everybody keeps and removes their own."))
    return by.user_id


@transaction.atomic
def save_filter(*, by: Actor, page: str, name: str, query: str) -> SavedFilter:
    """Keep a list's filter under a name, for oneself. The same name replaces it."""
    require(by, "cases.keep_filters")
    if not name.strip():
        raise Invalid(_("Give the filter a name."), field="name")
    if len(name.strip()) > LONGEST_NAME:
        raise Invalid(
            _("Give the filter a name of at most %(most)s characters.") % {"most": LONGEST_NAME}, field="name"
        )
    saved, _created = SavedFilter.objects.update_or_create(
        user_id=_account(by), page=page, name=name.strip(), defaults={"query": query[:1000]}
    )
    log.record(by, "cases.filter_saved", saved)
    return saved


@transaction.atomic
def remove_filter(saved: SavedFilter, *, by: Actor) -> None:
    """Forget one of one's own filters."""
    saved = lock(saved)
    require(by, "cases.keep_filters", saved)
    log.record(by, "cases.filter_removed", saved)
    saved.delete()
