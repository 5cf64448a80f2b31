"""Houses, the households in them, and what both were on any day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel import clock
from cunlian.kernel.records import Record
from cunlian.people.querysets import HouseholdQuerySet, HouseholdVersionQuerySet, HouseQuerySet
from cunlian.places.models import Lane, Place, VillagerGroup
from cunlian.places.models.dated import ends_after_start


class Standing(Record):
    """Where a house or household stands: in a village, and there in one grid, one lane and one villager group."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="%(class)ss")
    grid = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lane = models.ForeignKey(Lane, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss")
    group = models.ForeignKey(VillagerGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss")
    address = models.CharField(_("address"), max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def territory_code(self) -> str:
        """The grid's code where there is one: a grid worker answers for the households of their own grid."""
        return self.grid.code if self.grid else self.place.code


class HouseUse(models.TextChoices):
    """Whether somebody lives in a house."""

    OCCUPIED = "occupied", pgettext_lazy("house", "Lived in")
    SEASONAL = "seasonal", pgettext_lazy("house", "Lived in at times")
    VACANT = "vacant", pgettext_lazy("house", "Vacant")
    RUINED = "ruined", pgettext_lazy("house", "Ruined")


class House(Standing):
    """A house, whether or not anybody lives in it. ``use`` is today's; ``HouseState`` has every day's."""

    KIND = "house"
    PERSONAL = frozenset({"address"})

    use = models.CharField(_("use"), max_length=10, choices=HouseUse, default=HouseUse.OCCUPIED)
    invented = models.BooleanField(default=False)

    objects = HouseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [ends_after_start("house_dates")]

    def __str__(self) -> str:
        return self.address


class HouseState(Record):
    """How a house was used from a day to a day (exclusive); the row without an end is today's ``House.use``."""

    KIND = "house_state"

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="states")
    use = models.CharField(_("use"), max_length=10, choices=HouseUse)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            ends_after_start("house_state_dates"),
            models.UniqueConstraint(fields=["house"], condition=Q(ends_on=None), name="house_state_one_now"),
        ]


STANDING = ("place", "grid", "lane", "group", "house", "number", "address")
"""What of a household is dated: the fields ``Household`` and ``HouseholdVersion`` share."""


class Household(Standing):
    """People who live at one address. ``place`` is the village it was registered in, which it keeps when that village is
    merged or renamed. The fields hold what is so today; ``HouseholdVersion`` has every day's."""

    KIND = "household"
    PERSONAL = frozenset({"address", "card_code"})

    house = models.ForeignKey(House, on_delete=models.SET_NULL, null=True, blank=True, related_name="households")
    number = models.CharField(_("household number"), max_length=20)
    card_code = models.CharField(
        _("card code"), max_length=16, unique=True, help_text=_("Random; stands in the QR code at the door.")
    )
    invented = models.BooleanField(default=False)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            ends_after_start("household_dates"),
            models.UniqueConstraint(
                fields=["place", "number"], condition=Q(ends_on=None), name="household_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def version(self, starts_on: date) -> HouseholdVersion:
        """What it is now, unsaved, as the dated row that runs from ``starts_on`` on."""
        return HouseholdVersion(household=self, starts_on=starts_on, **{name: getattr(self, name) for name in STANDING})


class HouseholdVersion(Standing):
    """What a household was from a day to a day (exclusive). The row without an end says what ``Household`` says; both
    are written by one action (``people.standing``). A household that ended has none without an end."""

    KIND = "household_version"
    PERSONAL = frozenset({"address"})

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="versions")
    house = models.ForeignKey(House, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    number = models.CharField(_("household number"), max_length=20)

    objects = HouseholdVersionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            ends_after_start("household_version_dates"),
            models.UniqueConstraint(fields=["household"], condition=Q(ends_on=None), name="household_version_one_now"),
        ]
        indexes: ClassVar = [models.Index(fields=["number"], name="household_version_number")]

    def __str__(self) -> str:
        return self.number


class HouseholdSuccession(Record):
    """That on a day a household came out of another (split) or went into it (joined). A joining can be undone for
    ``UNDO_DAYS`` after it was entered."""

    KIND = "household_succession"
    PERSONAL = frozenset({"undone_because"})
    UNDO_DAYS = 90

    class How(models.TextChoices):
        SPLIT = "split", pgettext_lazy("household", "Split off")
        JOINED = "joined", _("Joined into")

    from_household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="successions")
    to_household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="predecessions")
    how = models.CharField(max_length=8, choices=How)
    day = models.DateField()
    entered_on = models.DateField(default=clock.today)
    undone_on = models.DateField(null=True, blank=True)
    undone_because = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="succession_undone_for_a_reason", condition=Q(undone_on=None) | ~Q(undone_because="")
            ),
        ]

    @property
    def undo_until(self) -> date:
        """The last day on which a joining can be undone."""
        return self.entered_on + timedelta(days=self.UNDO_DAYS)

    @property
    def place_id(self) -> object:
        return self.from_household.place_id
