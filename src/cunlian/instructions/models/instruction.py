"""An instruction, the copy each receiver has of it, who was informed, and the words that go with a copy."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.instructions.models.programme import Measure
from cunlian.instructions.querysets import CopyQuerySet
from cunlian.instructions.states import DELIVERED, ENDED, State
from cunlian.kernel.models import Promise
from cunlian.kernel.records import Record
from cunlian.organisations.models import Post
from cunlian.places.models import Area, Place, VillageProfile


class Origin(models.TextChoices):
    PAPER = "paper", _("A paper")
    MEETING = "meeting", _("A meeting")


class Return(models.TextChoices):
    """What kind of thing is to come back."""

    TEXT = "text", pgettext_lazy("what comes back", "A text")
    NUMBER = "number", pgettext_lazy("what comes back", "A number")
    FILE = "file", pgettext_lazy("what comes back", "A file")


class Instruction(Record):
    """What is to be done, as its giver wrote it. It is never changed: what was wrong is taken back and given anew.

    ``asked``: exactly what is to come back. ``due_on``: by when; ``ends_on``: after that day nobody has to do it any
    more. ``place`` is the giver's."""

    KIND = "instruction"

    title = models.CharField(_("in short"), max_length=80)
    text = models.TextField(_("what is to be done"), max_length=3000, blank=True)
    origin_kind = models.CharField(_("where it comes from"), max_length=10, choices=Origin)
    origin = models.CharField(_("paper or meeting"), max_length=200)
    origin_on = models.DateField(_("day of the paper or meeting"))
    basis = models.CharField(pgettext_lazy("instruction", "basis"), max_length=200)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="instructions")
    giver = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="instructions_given")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    asked = models.CharField(_("exactly what is to come back"), max_length=300)
    return_kind = models.CharField(_("as"), max_length=10, choices=Return)
    unit = models.CharField(_("unit of the number"), max_length=20, blank=True)
    due_on = models.DateField(_("due day"))
    ends_on = models.DateField(_("ends on"))
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="instruction_dates", condition=Q(ends_on__gte=F("due_on"))),
            models.CheckConstraint(
                name="instruction_number_has_unit", condition=~Q(return_kind=Return.NUMBER.value) | ~Q(unit="")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def territory_code(self) -> str:
        return self.place.code


class Copy(Record):
    """One receiver's copy. ``place`` is the place it is about; with ``area`` it is about the area as a whole, and ``place``
    is the root the area lies in. ``post`` does it.

    ``skipped``: how many posts between giver and receiver were informed and not asked. ``hops``: through how many hands it
    came from the giver to the post that has it (1: straight). ``minutes_to_sign``: working time from the giver's sending
    to the signature of that post (see worktime.py). ``profile``: what the register knew of the village when it was sent.
    ``extra_asked``: working days asked for and not yet decided."""

    KIND = "instruction_copy"

    instruction = models.ForeignKey(Instruction, on_delete=models.PROTECT, related_name="copies")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="instruction_copies")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="instruction_copies")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="instruction_copies")
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.SENT)
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, null=True, related_name="+")
    sign_promise = models.ForeignKey(Promise, on_delete=models.PROTECT, null=True, related_name="+")
    profile = models.ForeignKey(VillageProfile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    skipped = models.PositiveSmallIntegerField(default=0)
    hops = models.PositiveSmallIntegerField(default=1)
    extra_asked = models.PositiveSmallIntegerField(null=True, blank=True)
    exceeded = models.BooleanField(_("sent beyond the county's limit"), default=False)
    supervised = models.PositiveSmallIntegerField(_("times urged"), default=0)
    returns = models.PositiveSmallIntegerField(_("times sent back as not theirs"), default=0)
    number = models.BigIntegerField(_("number that came back"), null=True, blank=True)
    minutes_to_sign = models.PositiveIntegerField(null=True, blank=True)
    sent_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    supervised_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CopyQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["place", "-sent_at"], name="copy_by_place"),
            models.Index(fields=["post", "state"], name="copy_open_by_post", condition=Q(ended_at=None)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["instruction", "place", "post"], condition=Q(area=None), name="copy_once"),
            models.UniqueConstraint(
                fields=["instruction", "area", "post"], condition=Q(area__isnull=False), name="copy_of_area_once"
            ),
            models.CheckConstraint(
                name="copy_ended_has_time",
                condition=Q(state__in=sorted(map(str, ENDED)), ended_at__isnull=False)
                | (~Q(state__in=sorted(map(str, ENDED))) & Q(ended_at=None)),
            ),
            models.CheckConstraint(
                name="copy_delivered_has_time",
                condition=~Q(state__in=sorted(map(str, DELIVERED))) | Q(done_at__isnull=False),
            ),
            models.CheckConstraint(
                name="copy_extension_has_days",
                condition=Q(state=str(State.EXTENSION_ASKED), extra_asked__isnull=False)
                | (~Q(state=str(State.EXTENSION_ASKED)) & Q(extra_asked=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instruction} · {self.about}"

    @property
    def about(self) -> str:
        """What it is about, as lists name it."""
        return self.area.name if self.area else self.place.short_name

    @property
    def territory_code(self) -> str:
        return self.place.code


class Informed(Record):
    """That a post between giver and receiver was told of a copy that passed over it. It is not asked."""

    KIND = "instruction_informed"

    copy = models.ForeignKey(Copy, on_delete=models.CASCADE, related_name="informed")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["told_at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["copy", "post"], name="informed_once")]

    @property
    def place_id(self) -> object:
        return self.copy.place_id


class Remark(Record):
    """Words that go with a step of a copy."""

    KIND = "instruction_remark"
    PERSONAL = frozenset({"text"})

    class RemarkKind(models.TextChoices):
        REASON = "reason", _("Reason")
        RECORD = "record", _("What was done")

    copy = models.ForeignKey(Copy, on_delete=models.CASCADE, related_name="remarks")
    remark_kind = models.CharField(max_length=10, choices=RemarkKind)
    text = models.TextField(max_length=3000)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["written_at", "pk"]

    @property
    def place_id(self) -> object:
        return self.copy.place_id
