"""A note of a visit, and whom it is about."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import secrets
from cunlian.kernel.models import Promise
from cunlian.kernel.records import Record
from cunlian.organisations.models.duties import Duty
from cunlian.organisations.models.units import Post
from cunlian.organisations.visits.querysets import VisitNoteQuerySet
from cunlian.people.models import Household, Person
from cunlian.places.models import Place


@dataclass(frozen=True)
class Words:
    """What a note says in the clear: what was heard, what follows, and what was done about it."""

    heard: str
    follows: str = ""
    done: str = ""

    def seal(self) -> bytes:
        return secrets.encrypt(json.dumps([self.heard, self.follows, self.done], ensure_ascii=False))


class VisitNote(Record):
    """``place``: what was visited, or the village of the ``household``. ``duty``: on which duty, if on one. ``again_on``: the
    day somebody is to look in again, as agreed there. ``promise``: what follows, by a day. Words are sealed."""

    KIND = "visit_note"
    PERSONAL = frozenset({"household", "sealed"})

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="visits")
    duty = models.ForeignKey(Duty, on_delete=models.SET_NULL, null=True, related_name="visits")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="visits")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, null=True, related_name="visits")
    visited_on = models.DateField(_("visited on"))
    sealed = models.BinaryField()
    again_on = models.DateField(_("look in again on"), null=True, blank=True)
    promise = models.ForeignKey(Promise, on_delete=models.SET_NULL, null=True, related_name="+")
    kept_until = models.DateField(_("kept until"))
    invented = models.BooleanField(_("invented"), default=False)

    objects = VisitNoteQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="visit_kept", condition=Q(kept_until__gt=F("visited_on"))),
            models.CheckConstraint(name="visit_again", condition=Q(again_on=None) | Q(again_on__gt=F("visited_on"))),
        ]

    def __str__(self) -> str:
        """Whom or what, by number; never what was said."""
        return f"{self.place} {self.household.number}" if self.household else str(self.place)

    @property
    def words(self) -> Words:
        return Words(*json.loads(secrets.decrypt(self.sealed)))

    @property
    def territory_code(self) -> str:
        return self.household.territory_code if self.household else self.place.code


class VisitMember(Record):
    """That a note is about a person: who belonged to the household on the day of the visit."""

    KIND = "visit_member"
    PERSONAL = frozenset({"person"})

    note = models.ForeignKey(VisitNote, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="visit_notes")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["note", "person"], name="visit_member_once")]
