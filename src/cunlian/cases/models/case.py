"""A case: one request of one person about one place, and what is said and done about it.

The deadline is a promise of the kernel, owed by the post that holds the case. Who confirmed is told by the state, not by
a flag. A complaint about the service of a cadre or unit is ``confidential``: only the post that holds it sees it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.cases.models.items import Category, Level
from cunlian.cases.querysets import CaseQuerySet
from cunlian.cases.states import ENDED, State
from cunlian.kernel.models import Promise
from cunlian.kernel.records import Record
from cunlian.organisations.models import Organisation, Post
from cunlian.people.models import Household, Person
from cunlian.places.models import Place


class Source(models.TextChoices):
    """The door a case came in by."""

    ONLINE = "online", _("Online")
    PHONE = "phone", _("By phone")
    PAPER = "paper", _("On paper")
    DOOR = "door", _("At the door")
    PATROL = "patrol", _("Seen on a round")
    CHAT = "chat", _("From the chat group")
    TALK = "talk", _("At a night talk")
    STAFF = "staff", _("From staff")


class Case(Record):
    """See the module. ``place`` is the village or, where known, the grid."""

    KIND = "case"
    PERSONAL = frozenset(
        {"title", "text", "place_text", "household", "reporter", "contact_note", "language", "about_person"}
    )

    receipt = models.CharField(max_length=11, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="cases")
    place_text = models.CharField(_("where exactly"), max_length=200, blank=True)
    household = models.ForeignKey(Household, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    level = models.CharField(_("urgency"), max_length=10, choices=Level, default=Level.NORMAL)
    source = models.CharField(_("came by"), max_length=10, choices=Source)
    title = models.CharField(_("in short"), max_length=80, blank=True)
    text = models.TextField(_("what happened"), max_length=5000, blank=True)
    reporter = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases")
    contact_note = models.CharField(_("when and how to reach"), max_length=100, blank=True)
    language = models.CharField(
        _("language of messages"), max_length=10, blank=True,
        help_text=_("Only where the person chose another than Chinese and no account keeps it."),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.REPORTED)
    holder = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    passed_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="+")
    confidential = models.BooleanField(default=False)
    about_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    about_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    about_person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    split_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    reported_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    window_ends_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(default=0)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-reported_at"]
        indexes: ClassVar = [
            models.Index(fields=["place", "-reported_at"], name="case_by_place"),
            models.Index(fields=["-reported_at"], name="case_by_time"),
            # Conditions without a list of states: SQLite cannot match a partial index with one.
            models.Index(fields=["holder", "state"], name="case_open_by_holder", condition=Q(ended_at=None)),
            models.Index(fields=["state", "place"], name="case_open_by_state", condition=Q(ended_at=None)),
            models.Index(fields=["window_ends_at"], name="case_awaiting_word", condition=Q(state=str(State.ANSWERED))),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="case_answered_has_time",
                condition=~Q(state=str(State.ANSWERED)) | Q(answered_at__isnull=False, window_ends_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_ended_has_time",
                condition=Q(state__in=sorted(str(state) for state in ENDED), ended_at__isnull=False)
                | (~Q(state__in=sorted(str(state) for state in ENDED)) & Q(ended_at=None)),
            ),
            models.CheckConstraint(
                name="case_merged_into_another",
                condition=Q(state=str(State.MERGED), merged_into__isnull=False)
                | (~Q(state=str(State.MERGED)) & Q(merged_into=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.receipt

    @property
    def territory_code(self) -> str:
        return self.place.code

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED


class Remark(Record):
    """Words about a case. ``public``: the person who reported reads it; otherwise staff only."""

    KIND = "case_remark"
    PERSONAL = frozenset({"text"})

    class RemarkKind(models.TextChoices):
        PROGRESS = "progress", _("Progress")
        ANSWER = "answer", _("Answer")
        REASON = "reason", _("Reason")
        NOTE = "note", _("Internal note")
        ADDED = "added", _("Added by the person")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="remarks")
    remark_kind = models.CharField(max_length=10, choices=RemarkKind)
    text = models.TextField(max_length=2000)
    public = models.BooleanField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["written_at"]

    @property
    def place_id(self) -> object:
        return self.case.place_id


class Endorsement(Record):
    """Somebody else with the same request joined it. They hold a receipt of their own and get the same answer."""

    KIND = "case_endorsement"
    PERSONAL = frozenset({"person", "words", "language"})

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="endorsements")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="endorsements")
    receipt = models.CharField(max_length=11, unique=True)
    words = models.TextField(max_length=1000, blank=True)
    language = models.CharField(max_length=10, blank=True)
    joined_at = models.DateTimeField()

    @property
    def place_id(self) -> object:
        return self.case.place_id


class Extension(Record):
    """More time asked for and, once decided, granted or refused by somebody other than the one who asked."""

    KIND = "case_extension"
    PERSONAL = frozenset({"reason"})

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="extensions")
    working_days = models.PositiveSmallIntegerField(_("working days"))
    reason = models.TextField(_("reason"), max_length=500)
    asked_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    granted = models.BooleanField(null=True)
    decided_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=Q(granted=None), name="extension_one_open"),
        ]

    @property
    def place_id(self) -> object:
        return self.case.place_id


class Petition(Record):
    """All that is kept of a petition (信访) once it is with the petition office: its number there, due day and result."""

    KIND = "petition"
    PERSONAL = frozenset({"result"})

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="petition")
    register_number = models.CharField(_("register number"), max_length=40)
    due_on = models.DateField(_("due day"))
    result = models.CharField(_("result"), max_length=200, blank=True)

    @property
    def place_id(self) -> object:
        return self.case.place_id
