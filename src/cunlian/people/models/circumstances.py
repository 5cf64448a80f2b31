"""Circumstances of a person: kept for one purpose, on one basis, seen by named posts, until a day. Never a list by itself.

What the circumstance is stands sealed in one field, its kind as well: the database holds no column by which persons could be
counted, sorted or marked.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, secrets
from cunlian.kernel.access import Actor
from cunlian.kernel.records import Record
from cunlian.people.models.consent import Consent, Purpose
from cunlian.people.models.persons import Person
from cunlian.places.models import Place, on
from cunlian.places.querysets import code_q


class CircumstanceKind(models.TextChoices):
    LIVING_ALONE = "living_alone", _("Lives alone")
    LEFT_BEHIND = "left_behind", _("Child whose parents work elsewhere")
    DISABILITY = "disability", _("Disability")
    LONG_ILLNESS = "long_illness", _("Long illness")
    HARDSHIP = "hardship", _("Sudden hardship")
    OTHER = "other", _("Another need for help")


@dataclass(frozen=True)
class Told:
    """A circumstance in the clear: handed to the person and to whoever looked for a reason, never kept."""

    kind: CircumstanceKind
    words: str

    def seal(self) -> bytes:
        return secrets.encrypt(json.dumps([str(self.kind), self.words], ensure_ascii=False))


class PurposeViewerQuerySet(models.QuerySet["PurposeViewer"]):
    def of(self, actor: Actor, day: date | None = None) -> PurposeViewerQuerySet:
        """What the posts of this actor are named for."""
        return self.filter(on(day or clock.today()), post_id__in=actor.post_ids).select_related("place")

    def visible_to(self, actor: Actor) -> PurposeViewerQuerySet:
        """No secret among staff: people are told who sees what is kept about them."""
        return self if actor.is_system or actor.grants else self.none()

    def over(self, person: Person, purpose: Purpose) -> PurposeViewerQuerySet:
        """Who may see today what is kept about this person for the purpose."""
        code = person.territory_code
        above = [code[:length] for length in (2, 4, 6, 9, 12, 15) if length <= len(code)]
        return self.filter(on(clock.today()), purpose=purpose, place__code__in=above)


class PurposeViewer(Record):
    """That whoever holds a post sees the circumstances kept for a purpose at a place and below, from a day to a day
    (exclusive). Posts are known here by their key only."""

    KIND = "purpose_viewer"

    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="viewers")
    post_id = models.UUIDField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = PurposeViewerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["purpose", "post_id", "place"], condition=Q(ends_on=None), name="purpose_viewer_once"
            ),
            models.CheckConstraint(
                name="purpose_viewer_dates", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
        ]

    @property
    def territory_code(self) -> str:
        return self.place.code


class CircumstanceQuerySet(models.QuerySet["Circumstance"]):
    def in_force(self, day: date | None = None) -> CircumstanceQuerySet:
        """Those whose end has not come and whose basis holds: a duty in law or a consent that is open."""
        day = day or clock.today()
        agreed = Consent.objects.open().filter(person=OuterRef("person"), purpose=OuterRef("purpose"))
        return self.filter(
            Q(purpose__basis=Purpose.Basis.LAW) | Exists(agreed),
            Q(purpose__ends_on=None) | Q(purpose__ends_on__gt=day),
            ends_on__gt=day, person__erased_at=None,
        )  # fmt: skip

    def visible_to(self, actor: Actor) -> CircumstanceQuerySet:
        """Of those in force: one's own, and what the actor's posts are named for. Nobody else, whatever their role."""
        running = self.in_force()
        if actor.is_system:
            return running
        seen = Q(person_id=actor.person_id) if actor.person_id else Q(pk__in=())
        return running.filter(seen | viewed_by(actor))

    def named_for(self, actor: Actor) -> CircumstanceQuerySet:
        """What the actor's posts are named for; not what is kept about the actor."""
        return self.in_force().filter(viewed_by(actor))

    def for_list(self) -> CircumstanceQuerySet:
        return self.select_related("purpose", "person__place", "person__household__grid").order_by(
            "person__place__code", "person__name", "pk"
        )


def viewed_by(actor: Actor) -> Q:
    """Circumstances within the purposes and places the actor's posts are named for, from any relation to them."""
    seen = Q(pk__in=())
    for row in PurposeViewer.objects.of(actor):
        at_place = code_q(row.place.code, "person__place__")
        in_grid = code_q(row.place.code, "person__household__grid__")
        seen |= Q(purpose=row.purpose_id) & (at_place | in_grid)
    return seen


class Circumstance(Record):
    """Something about a person's life that whoever helps must know. See the module."""

    KIND = "circumstance"
    PERSONAL = frozenset({"person", "sealed"})

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="circumstances")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="circumstances")
    sealed = models.BinaryField()
    post_id = models.UUIDField(null=True)
    noted_at = models.DateTimeField()
    ends_on = models.DateField(_("kept until"))

    objects = CircumstanceQuerySet.as_manager()

    def __str__(self) -> str:
        """What it is for, never what it is."""
        return str(self.purpose)

    @property
    def told(self) -> Told:
        kind, words = json.loads(secrets.decrypt(self.sealed))
        return Told(CircumstanceKind(kind), words)

    @property
    def place_id(self) -> object:
        return self.person.place_id

    @property
    def territory_code(self) -> str:
        return self.person.territory_code
