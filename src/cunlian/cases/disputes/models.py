"""Tables of people's mediation: the body and its members, a dispute and its two sides, what was said and agreed.

``Dispute`` itself tells nothing about anybody but ``subject``; who the sides are stands in ``Party``, what one side said to
the mediators alone in ``MediationNote``, sealed.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.cases.disputes.querysets import (
    BodyMemberQuerySet,
    DisputeQuerySet,
    MediationBodyQuerySet,
    MediationNoteQuerySet,
)
from cunlian.cases.disputes.states import BOUND, ENDED, State
from cunlian.kernel import secrets
from cunlian.kernel.models import Promise
from cunlian.kernel.records import Record
from cunlian.organisations.models import CountyDecision, Organisation, Post
from cunlian.organisations.querysets import CountyDecisionQuerySet
from cunlian.people.models import Person
from cunlian.places.models import Place
from cunlian.places.models.dated import ends_after_start

# Calendar days after the agreement took effect in which both sides may ask the court (人民调解法 Art. 33).
COURT_DAYS = 30


class DisputeKind(models.TextChoices):
    NEIGHBOURS = "neighbours", _("Between neighbours")
    FAMILY = "family", _("Marriage and family")
    LAND = "land", _("Land, woods and water")
    MONEY = "money", _("Debts and contracts")
    DAMAGE = "damage", _("Damage and injury")
    WORK = "work", _("Wages and work")
    VILLAGE_ENTERPRISE = "village_enterprise", _("Village and enterprise")
    OTHER = "other", pgettext_lazy("kind of dispute", "Other")


class Source(models.TextChoices):
    APPLIED = "applied", _("A side asked for it")
    FOUND = "found", _("The mediators offered it")


class MediationBody(Record):
    """A mediation committee under the name people know it by. ``brand``: 老娘舅, 红色议事会, or empty."""

    KIND = "mediation_body"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mediation_bodies")
    brand = models.CharField(_("name people know it by"), max_length=40, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = MediationBodyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation"], condition=Q(ends_on=None), name="mediation_body_once"),
            ends_after_start("mediation_body_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.brand} · {self.organisation}" if self.brand else str(self.organisation)

    @property
    def territory_code(self) -> str:
        return self.organisation.place.code

    @property
    def place_id(self) -> object:
        return self.organisation.place_id


class BodyMember(Record):
    """A seat in a body, held in person, or by whoever holds a post, from a day to a day (exclusive)."""

    KIND = "mediation_member"
    PERSONAL = frozenset({"person"})

    body = models.ForeignKey(MediationBody, on_delete=models.CASCADE, related_name="members")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="mediation_seats")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="mediation_seats")
    is_head = models.BooleanField(_("heads the body"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = BodyMemberQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            ends_after_start("mediation_member_dates"),
            models.CheckConstraint(name="mediation_member_one_way", condition=Q(post=None) | Q(person=None)),
            models.UniqueConstraint(
                fields=["body", "post"], condition=Q(ends_on=None, post__isnull=False), name="mediation_post_once"
            ),
            models.UniqueConstraint(
                fields=["body", "person"], condition=Q(ends_on=None, person__isnull=False), name="mediation_person_once"
            ),
        ]

    @property
    def territory_code(self) -> str:
        return self.body.territory_code

    @property
    def place_id(self) -> object:
        return self.body.place_id


class Dispute(Record):
    """One dispute before one body. ``applied_at``: when a side asked, or when the mediators found it. ``promise``: to
    mediate it; ``check_promise``: to see whether the agreement is performed. ``told_ways``: codes of the other ways the
    sides were told of."""

    KIND = "dispute"
    PERSONAL = frozenset({"subject"})

    number = models.CharField(_("number"), max_length=12)
    body = models.ForeignKey(MediationBody, on_delete=models.PROTECT, related_name="disputes")
    case = models.ForeignKey("cases.Case", on_delete=models.SET_NULL, null=True, blank=True, related_name="disputes")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="disputes")
    dispute_kind = models.CharField(_("kind"), max_length=20, choices=DisputeKind)
    subject = models.CharField(_("what it is about"), max_length=120, blank=True)
    source = models.CharField(_("how it came"), max_length=10, choices=Source)
    state = models.CharField(_("state"), max_length=14, choices=State)
    mediator = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="disputes")
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, null=True, related_name="+")
    check_promise = models.ForeignKey(Promise, on_delete=models.PROTECT, null=True, related_name="+")
    told_ways = models.JSONField(default=list, blank=True)
    applied_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    performed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-applied_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["place", "-applied_at"], name="dispute_by_place")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "number"], name="dispute_number_once"),
            models.CheckConstraint(
                name="dispute_ended_has_time",
                condition=Q(state__in=sorted(map(str, ENDED)), ended_at__isnull=False)
                | (~Q(state__in=sorted(map(str, ENDED))) & Q(ended_at=None)),
            ),
            models.CheckConstraint(
                name="dispute_bound_has_time",
                condition=~Q(state__in=sorted(map(str, BOUND))) | Q(agreed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Never what it is about: a trace, a thread or a message may show this to anybody who knows the fact."""
        return f"{self.body.organisation} {self.number}"

    @property
    def territory_code(self) -> str:
        return self.place.code

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED


class Party(Record):
    """One side of a dispute: a person or a unit. Without the consent of both sides nothing is mediated (Art. 17)."""

    KIND = "dispute_party"
    PERSONAL = frozenset({"person"})

    class Side(models.TextChoices):
        A = "a", _("One side")
        B = "b", _("Other side")

    class How(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        PHONE = "phone", _("By phone")
        PAPER = "paper", _("On paper")

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="parties")
    side = models.CharField(_("side"), max_length=1, choices=Side)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="disputes")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="disputes"
    )
    consented_at = models.DateTimeField(null=True, blank=True)
    consented_how = models.CharField(_("how they agreed"), max_length=10, choices=How, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["side"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dispute", "side"], name="party_once_a_side"),
            models.CheckConstraint(name="party_one_kind", condition=Q(person=None) | Q(organisation=None)),
        ]

    def __str__(self) -> str:
        """Masked."""
        return str(self.organisation or self.person or "")

    @property
    def masked_phone(self) -> str:
        return self.person.masked_phone if self.person else ""

    @property
    def place_id(self) -> object:
        return self.dispute.place_id


class MediationNote(Record):
    """What one side told the mediators alone. Sealed; the log knows only that a note was written."""

    KIND = "mediation_note"
    PERSONAL = frozenset({"text"})

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="notes")
    text = models.BinaryField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    objects = MediationNoteQuerySet.as_manager()

    @property
    def words(self) -> str:
        return secrets.decrypt(self.text)

    @property
    def place_id(self) -> object:
        return self.party.dispute.place_id


class MediationSession(Record):
    """A meeting of the two sides. ``outcome``: how far they came, in words; sealed."""

    KIND = "mediation_session"
    PERSONAL = frozenset({"place_text", "outcome"})

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="sessions")
    held_on = models.DateField(_("day"))
    place_text = models.CharField(_("where"), max_length=100, blank=True)
    present_a = models.PositiveSmallIntegerField(_("present of one side"))
    present_b = models.PositiveSmallIntegerField(_("present of the other side"))
    outcome = models.BinaryField(blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["held_on", "pk"]

    @property
    def words(self) -> str:
        return secrets.decrypt(self.outcome) if self.outcome else ""

    @property
    def place_id(self) -> object:
        return self.dispute.place_id


class Agreement(Record):
    """What the sides agreed on: by word of mouth or in writing, binding either way (Art. 28–31)."""

    KIND = "mediation_agreement"
    PERSONAL = frozenset({"terms"})

    class Form(models.TextChoices):
        WRITTEN = "written", _("In writing")
        ORAL = "oral", _("By word of mouth, noted down")

    dispute = models.OneToOneField(Dispute, on_delete=models.CASCADE, related_name="agreement")
    form = models.CharField(_("form"), max_length=8, choices=Form)
    terms = models.TextField(_("terms"), max_length=3000)
    effective_on = models.DateField(_("takes effect on"))
    due_on = models.DateField(_("to be performed by"), null=True, blank=True)
    court_applied_on = models.DateField(_("court asked on"), null=True, blank=True)
    court_confirmed_on = models.DateField(_("court confirmed on"), null=True, blank=True)
    court_number = models.CharField(_("court's number"), max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="agreement_court_in_order",
                condition=Q(court_confirmed_on=None)
                | Q(court_applied_on__gte=F("effective_on"), court_confirmed_on__gte=F("court_applied_on")),
            ),
        ]

    @property
    def court_until(self) -> date:
        """The last day on which both sides together may ask the court to confirm it (Art. 33)."""
        return self.effective_on + timedelta(days=COURT_DAYS)

    @property
    def place_id(self) -> object:
        return self.dispute.place_id


class MediationDeadline(CountyDecision):
    """How many working days mediation may take here, and by how many after the day of performance the mediator has asked."""

    KIND = "mediation_deadline"

    mediate_days = models.PositiveSmallIntegerField(_("working days to mediate"))
    check_days = models.PositiveSmallIntegerField(_("working days to ask about the performance"))
    reason = models.CharField(_("reason"), max_length=200)

    objects = CountyDecisionQuerySet["MediationDeadline"].as_manager()

    class Meta(CountyDecision.Meta):
        constraints: ClassVar = [
            *CountyDecision.Meta.constraints,
            models.CheckConstraint(
                name="mediation_deadline_some_days", condition=Q(mediate_days__gte=1, check_days__gte=1)
            ),
        ]
