"""The county's item list: what may be asked of whom, by when (泸州网格条例 Art. 15: an approved list with entry and exit)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cunlian.cases.querysets import ReplyTemplateQuerySet, SavedFilterQuerySet
from cunlian.kernel.records import Record
from cunlian.organisations.models import OrganisationKind
from cunlian.places.models import Place, on


class Level(models.TextChoices):
    NORMAL = "normal", _("Normal")
    URGENT = "urgent", _("Urgent")
    EMERGENCY = "emergency", _("Emergency")


class CategoryQuerySet(models.QuerySet["Category"]):
    def listed_on(self, day: object) -> CategoryQuerySet:
        """Items on the list that day."""
        return self.filter(on(day))  # type: ignore[arg-type]

    def leaves(self) -> CategoryQuerySet:
        return self.filter(parent__isnull=False)


class Category(Record):
    """An item of the two-level list. ``code`` is two digits for a group and four for an item, so that a duty for a group
    covers its items by prefix. An item taken off the list keeps its past cases."""

    KIND = "case_category"

    root = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=4)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="items")
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80)
    words = models.CharField(_("words people use for it"), max_length=400, blank=True)
    responsible_kind = models.CharField(_("responsible kind of unit"), max_length=30, choices=OrganisationKind)
    needs_power = models.BooleanField(
        _("needs a licence, penalty or coercion"),
        default=False,
        help_text=_("Goes to the department that holds the power, never to a grid worker or a village."),
    )
    is_public_matter = models.BooleanField(
        _("public matter"), default=False, help_text=_("A neighbour can see whether it is fixed.")
    )
    is_dispute = models.BooleanField(_("dispute between people"), default=False)
    paper = models.CharField(_("paper"), max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "code"], condition=Q(ends_on=None), name="category_code_once"),
            models.CheckConstraint(name="category_dates", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name

    @property
    def territory_code(self) -> str:
        return self.root.code

    @property
    def place_id(self) -> object:
        return self.root_id


class DeadlineRule(Record):
    """How long an answer may take for a category at a level: working days, or hours when it cannot wait for one."""

    KIND = "deadline_rule"

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="deadlines")
    level = models.CharField(_("urgency"), max_length=10, choices=Level)
    working_days = models.PositiveSmallIntegerField(_("working days"), default=0)
    hours = models.PositiveSmallIntegerField(_("hours"), default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["category", "level"], name="deadline_rule_once"),
            models.CheckConstraint(name="deadline_rule_one_unit", condition=Q(working_days=0) ^ Q(hours=0)),
        ]


class ReplyTemplate(Record):
    """Words an office uses often, to be adapted before they are sent."""

    KIND = "reply_template"

    category = models.ForeignKey(Category, on_delete=models.CASCADE, null=True, blank=True, related_name="templates")
    root = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    text = models.TextField(_("text"), max_length=1000)

    objects = ReplyTemplateQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def territory_code(self) -> str:
        return self.root.code

    @property
    def place_id(self) -> object:
        return self.root_id


class SavedFilter(Record):
    """A list's filter one person keeps under a name. Nobody else sees it."""

    KIND = "saved_filter"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    page = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(max_length=1000)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "page", "name"], name="saved_filter_once")]

    def __str__(self) -> str:
        return self.name
