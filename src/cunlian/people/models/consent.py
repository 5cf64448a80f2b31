"""What is kept about people for which purpose, and who agreed to what, how and when (个人信息保护法 Art. 13–17, 31)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import secrets
from cunlian.kernel.access import Actor
from cunlian.kernel.clock import SHANGHAI
from cunlian.kernel.records import Record
from cunlian.people.models.persons import Person


class Purpose(Record):
    """What something about people is kept for: with their consent, or because ``law`` (an article) makes it a duty.
    Past ``ends_on`` nothing may be kept for it any more."""

    KIND = "purpose"

    class Basis(models.TextChoices):
        CONSENT = "consent", _("The person's consent")
        LAW = "law", _("A duty in law")

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    basis = models.CharField(_("allowed by"), max_length=10, choices=Basis)
    law = models.CharField(_("article of law"), max_length=120, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(name="purpose_names_its_law", condition=Q(basis="consent") | ~Q(law="")),
        ]

    def __str__(self) -> str:
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name

    @property
    def by_law(self) -> bool:
        return self.basis == self.Basis.LAW

    def runs_on(self, day: date) -> bool:
        return self.ends_on is None or day < self.ends_on

    def current_text(self) -> PurposeText:
        """What somebody who agrees today has read."""
        return self.texts.latest("version")


class PurposeText(Record):
    """The words somebody agrees to. Rows are added, never changed; the highest version holds."""

    KIND = "purpose_text"

    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="texts")
    version = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("words agreed to"), max_length=2000)
    written_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["purpose", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purpose", "version"], name="purpose_text_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"


class ConsentForm(Record):
    """A blank form that was printed: its number stands on it, so that the signed one proves which words were signed. It
    names nobody."""

    KIND = "consent_form"

    number = models.CharField(_("number"), max_length=11, unique=True)
    text = models.ForeignKey(PurposeText, on_delete=models.PROTECT, related_name="forms")
    printed_at = models.DateTimeField()
    by_post_id = models.UUIDField(null=True)

    def __str__(self) -> str:
        return self.number

    @property
    def is_used(self) -> bool:
        """A consent was entered with it, whoever's it is."""
        return hasattr(self, "consent")


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, actor: Actor) -> ConsentQuerySet:
        """The consents of everybody whose file the actor may open, and one's own."""
        return self.filter(person__in=Person.objects.visible_to(actor))

    def open(self) -> ConsentQuerySet:
        """Neither withdrawn nor replaced."""
        return self.filter(withdrawn_at=None)

    def holding(self, purpose: str, day: date | None = None) -> ConsentQuerySet:
        """Those that allow what is kept for ``purpose`` now, or that did at the end of ``day``. As a subquery it cuts a
        list to the people who agreed: ``Person.objects.filter(consents__in=Consent.objects.holding("talent"))``."""
        found = self.filter(purpose__code=purpose)
        if day is None:
            return found.open()
        end = datetime.combine(day + timedelta(days=1), time(), SHANGHAI)
        return found.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gte=end), given_at__lt=end)

    def for_list(self) -> ConsentQuerySet:
        return self.select_related("purpose", "text", "person").order_by("-given_at", "-pk")


class Consent(Record):
    """That a person agreed to what is kept for a purpose, having read version so-and-so of its text. A form on paper hangs
    on it as evidence, sealed; ``form``: the printed one it is. ``guardian``: the sealed name of whoever agreed for a child;
    kinship is not recorded. ``erased_at``: what was kept because of it is gone since."""

    KIND = "consent"
    PERSONAL = frozenset({"person", "guardian"})

    class Way(models.TextChoices):
        ONLINE = "online", _("Online, by the person")
        PAPER = "paper", _("On paper, form scanned")
        GUARDIAN = "guardian", _("By the guardian, form scanned")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="consents")
    text = models.ForeignKey(PurposeText, on_delete=models.PROTECT, related_name="consents")
    way = models.CharField(_("given"), max_length=10, choices=Way)
    guardian = models.BinaryField(blank=True)
    form = models.OneToOneField(ConsentForm, on_delete=models.PROTECT, null=True, blank=True, related_name="consent")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(withdrawn_at=None), name="consent_once_open"
            ),
            models.CheckConstraint(
                name="consent_in_order", condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.purpose)

    @property
    def guardian_name(self) -> str:
        return secrets.decrypt(self.guardian) if self.guardian else ""

    @property
    def place_id(self) -> object:
        return self.person.place_id

    @property
    def territory_code(self) -> str:
        return self.person.territory_code
