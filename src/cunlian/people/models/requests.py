"""What somebody asks about what is kept about them: to put it right, or to delete it (个人信息保护法 Art. 46, 47)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import Role
from cunlian.kernel import secrets
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Promise
from cunlian.kernel.records import Record
from cunlian.people.models.persons import Person
from cunlian.people.states import RequestState
from cunlian.places.territory import territory_q

DECIDERS = (Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF)


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    def visible_to(self, actor: Actor) -> DataRequestQuerySet:
        """One's own, and for the offices that decide those of their territory."""
        if actor.is_system:
            return self
        seen = territory_q(actor, DECIDERS, "person__place__")
        if actor.person_id:
            seen |= Q(person_id=actor.person_id)
        return self.filter(seen)

    def open(self) -> DataRequestQuerySet:
        return self.filter(state=str(RequestState.ASKED))

    def for_list(self) -> DataRequestQuerySet:
        return self.select_related("person__place", "person__household__grid", "promise").order_by("-asked_at", "-pk")


class DataRequest(Record):
    """Asked by the person, or for them at the desk. ``words`` and ``answer`` are sealed; the answer is owed within fifteen
    working days (``promise``)."""

    KIND = "data_request"
    PERSONAL = frozenset({"person", "words", "answer"})

    class Wish(models.TextChoices):
        CORRECT = "correct", _("Put something right")
        DELETE = "delete", _("Delete what is kept about me")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="data_requests")
    wish = models.CharField(_("what is asked"), max_length=10, choices=Wish)
    words = models.BinaryField(blank=True)
    answer = models.BinaryField(blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RequestState, default=RequestState.ASKED)
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "wish"], condition=Q(state="asked"), name="data_request_once_open"
            ),
            models.CheckConstraint(
                name="data_request_ended_has_time",
                condition=Q(state="asked", ended_at=None) | (~Q(state="asked") & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.Wish(self.wish).label)

    @property
    def said(self) -> str:
        return secrets.decrypt(self.words) if self.words else ""

    @property
    def answered(self) -> str:
        return secrets.decrypt(self.answer) if self.answer else ""

    @property
    def place_id(self) -> object:
        return self.person.place_id

    @property
    def territory_code(self) -> str:
        return self.person.territory_code
