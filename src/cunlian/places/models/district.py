"""The district this installation serves, the places it counts, and the modules its villages use."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock
from cunlian.kernel.records import Record
from cunlian.kernel.refusals import Invalid, Missing
from cunlian.kernel.secrets import decrypt
from cunlian.places.models.dated import ends_after_start, on
from cunlian.places.models.place import Place
from cunlian.places.modules import MODULES
from cunlian.places.querysets import PlaceQuerySet, code_q


class District(Record):
    """The one row that says where this is: ``root`` may be of any rank and acts with county powers.

    ``titles`` is what the county calls the ranks of its chain: {"township": "示范区", "village": "村（社区）"}. ``modules``
    are the modules in use; an empty list means all. ``receipt_mark`` begins every receipt number. ``map_service_key``, sealed,
    and ``map_review_number`` (审图号) go together: public maps need the number."""

    KIND = "district"

    root = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="district")
    name = models.CharField(_("name"), max_length=80)
    titles = models.JSONField(_("titles of the ranks"), default=dict, blank=True)
    receipt_mark = models.CharField(_("mark on receipts"), max_length=2)
    filing_number = models.CharField(_("filing number"), max_length=60, blank=True)
    privacy_notice = models.TextField(_("privacy notice"), blank=True)
    privacy_notice_url = models.URLField(_("address of the privacy notice"), blank=True)
    office_phone = models.CharField(_("office phone"), max_length=30, blank=True)
    hotline = models.CharField(_("hotline"), max_length=30, blank=True)
    discipline_address = models.CharField(_("where denunciations go"), max_length=200, blank=True)
    map_service_key = models.BinaryField(_("key of the map service"), blank=True)
    map_review_number = models.CharField(_("review number of the map"), max_length=60, blank=True)
    modules = models.JSONField(_("modules in use"), default=list, blank=True)
    only = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["only"], name="district_only_one"),
            models.CheckConstraint(name="district_only_true", condition=Q(only=True)),
            models.CheckConstraint(
                name="district_map_reviewed", condition=Q(map_service_key=b"") | ~Q(map_review_number="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> District:
        """The district, with its root. Missing until somebody has set it up."""
        district = cls.objects.select_related("root").first()
        if district is None:
            raise Missing(_("No district is set up here yet. An administrator enters it under master data."))
        return district

    @property
    def map_key(self) -> str:
        """The key of the map service as it gave it, "" without one."""
        return decrypt(self.map_service_key) if self.map_service_key else ""

    def title_of(self, rank: str) -> str:
        """What the rank ("township", "village", …) is called here, "" when it has no name of its own."""
        return str(self.titles.get(rank, ""))

    def uses(self, module: str) -> bool:
        return not self.modules or module in self.modules

    def listed(self) -> PlaceQuerySet:
        """Villages and communities of the national list under the root."""
        return Place.objects.current().within(self.root).villages()

    def counted(self, day: date | None = None) -> PlaceQuerySet:
        """Villages and communities the district counts on ``day`` (today): what every figure counts."""
        return roster(day).within(self.root).villages()

    @property
    def place_id(self) -> UUID:
        return self.root_id

    @property
    def territory_code(self) -> str:
        return self.root.code


class RosterEntry(Record):
    """Whether the district counts a place of the national list, from a day to a day (exclusive), and on what paper."""

    KIND = "roster_entry"

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="roster_entries")
    counted = models.BooleanField(_("counted"), default=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    paper = models.CharField(_("paper"), max_length=200)
    invented = models.BooleanField(_("invented"), default=False)

    class Meta:
        constraints: ClassVar = [
            ends_after_start("roster_dates"),
            models.UniqueConstraint(fields=["place"], condition=Q(ends_on=None), name="roster_place_once"),
        ]

    def __str__(self) -> str:
        return str(self.place)

    @property
    def territory_code(self) -> str:
        return self.place.code


def roster(day: date | None = None) -> PlaceQuerySet:
    """Places the district counts on ``day`` (today by default)."""
    held = RosterEntry.objects.filter(on(day or clock.today()), counted=True)
    return Place.objects.filter(pk__in=held.values("place_id"))


class ModuleSwitch(Record):
    """That a module is off for a village, from a day to a day (exclusive): no module is forced on everyone."""

    KIND = "module_switch"

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="module_switches")
    module = models.CharField(_("module"), max_length=30)
    off_from = models.DateField(_("off from"))
    off_to = models.DateField(_("off until"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "module"], condition=Q(off_to=None), name="module_off_once"),
            models.CheckConstraint(
                name="module_switch_dates", condition=Q(off_to=None) | Q(off_to__gte=models.F("off_from"))
            ),
        ]

    @property
    def territory_code(self) -> str:
        return self.place.code


def modules_off(place: Place, day: date | None = None) -> frozenset[str]:
    """The modules switched off for ``place`` on ``day`` (today), there or at a place above."""
    day = day or clock.today()
    held = ModuleSwitch.objects.filter(
        Q(off_to=None) | Q(off_to__gt=day), place__code__in=place.own_and_above(), off_from__lte=day
    )
    return frozenset(held.values_list("module", flat=True))


def unused_modules() -> frozenset[str]:
    """The modules the district has given up everywhere."""
    used = District.objects.values_list("modules", flat=True).first()
    return frozenset(MODULES.keys() - set(used)) if used else frozenset()


def module_on(place: Place, module: str, day: date | None = None) -> bool:
    """Whether ``module`` is in use at ``place`` on ``day`` (today): the district uses it and nobody switched it off there
    or above."""
    district = District.objects.first()
    return (district is None or district.uses(module)) and module not in modules_off(place, day)


def places_without(module: str, day: date | None = None) -> Q:
    """The places where ``module`` is switched off on ``day`` (today): those named and all below them, or everywhere. For
    forms, which offer no place that would be refused once everything is written."""
    day = day or clock.today()
    if module in unused_modules():
        return Q(pk__isnull=False)
    held = ModuleSwitch.objects.filter(Q(off_to=None) | Q(off_to__gt=day), module=module, off_from__lte=day)
    found = Q(pk__in=())
    for code in held.values_list("place__code", flat=True):
        found |= code_q(code)
    return found


def require_module(place: Place, module: str) -> None:
    """Raise Invalid, with the office's phone, where ``module`` is not in use: nothing new is taken in there."""
    if module_on(place, module):
        return
    district = District.objects.first()
    raise Invalid(
        _("“%(module)s” is not in use in %(place)s. Please ring %(phone)s or go to the village office.")
        % {"module": MODULES[module], "place": place, "phone": (district and district.office_phone) or "—"},
        field="place",
    )
