"""How the two committees of a village are made up, and what the law asks of it. A warning names its article and refuses
nothing: who was elected is elected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Text
from cunlian.organisations.models import PARTY_BODIES, SEATS, Organisation, OrganisationKind, Posting, PostKind
from cunlian.people.models import Person
from cunlian.places.models import Level, Place

FEWEST, MOST = 3, 7
K = OrganisationKind
BODIES = PARTY_BODIES | {K.VILLAGERS_COMMITTEE}
WATCHED = BODIES | {K.SUPERVISION_COMMITTEE}

# Articles as numbered since the amendment of 2025-10-28.
MAKE_UP = _("Organic Law of Villagers' Committees, Art. 8")
"""Three to seven members, a woman among them, near relatives do not sit in it together."""
IN_ONE_HAND = _("allowed by the Organic Law of Villagers' Committees, Art. 8")
FIVE_YEARS = _("Organic Law of Villagers' Committees, Art. 14")
SUPERVISORS = _("Organic Law of Villagers' Committees, Art. 37")
"""Neither members of the villagers' committee nor their near relatives supervise it."""
BRANCH_SIZE = _("Regulations on the work of Party branches, Art. 20")
RURAL = _("Regulations on rural Party organisations")


@dataclass(frozen=True)
class Warned:
    """What does not fit, by which rule, and the post at which it is looked at."""

    text: Text
    rule: Text
    post_id: UUID | None = None


@dataclass
class TwoCommittees:
    """The two committees of one village on a day. ``members``: each person once, whatever posts they hold."""

    place: Place
    day: date
    units: list[Organisation] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    watchers: list[Posting] = field(default_factory=list)

    @property
    def pk(self) -> UUID:
        return self.place.pk

    @property
    def members(self) -> dict[UUID, Person]:
        return {row.person_id: row.person for row in self.postings}

    @property
    def women(self) -> int:
        return sum(person.gender == Person.Gender.FEMALE for person in self.members.values())

    @property
    def secretary(self) -> Posting | None:
        return self._head(PARTY_BODIES, PostKind.SECRETARY)

    @property
    def director(self) -> Posting | None:
        return self._head({K.VILLAGERS_COMMITTEE}, PostKind.DIRECTOR)

    @property
    def in_one_hand(self) -> bool:
        """Both top posts with one person (一肩挑)."""
        return bool(self.secretary and self.director and self.secretary.person_id == self.director.person_id)

    @property
    def warnings(self) -> list[Warned]:
        found = [one for unit in self.units for one in self._of_unit(unit)]
        return [*found, *self._of_persons()]

    def _head(self, kinds: Iterable[str], post_kind: str) -> Posting | None:
        rows = (r for r in self.postings if r.post.post_kind == post_kind)
        return next((r for r in rows if r.post.organisation.organisation_kind in kinds), None)

    def _of_unit(self, unit: Organisation) -> list[Warned]:
        """Size and a woman, of one committee."""
        rows = [row for row in self.postings if row.post.organisation_id == unit.pk]
        people = {row.person_id: row.person for row in rows}
        law = MAKE_UP if unit.organisation_kind == K.VILLAGERS_COMMITTEE else BRANCH_SIZE
        found = []
        if not FEWEST <= len(people) <= MOST:
            size = ngettext("%(unit)s has %(n)s member; it should have 3 to 7.",
                            "%(unit)s has %(n)s members; it should have 3 to 7.", len(people))  # fmt: skip
            found.append(Warned(size % {"unit": unit, "n": len(people)}, law))
        if law == MAKE_UP and people and not any(p.gender == Person.Gender.FEMALE for p in people.values()):
            found.append(Warned(_("No woman is in the villagers' committee, as far as is entered."), MAKE_UP))
        return found

    @property
    def _committee(self) -> list[Posting]:
        """Seats of the villagers' committee, to which alone the law's rules on relatives and supervisors speak."""
        return [row for row in self.postings if row.post.organisation.organisation_kind == K.VILLAGERS_COMMITTEE]

    def _conflicts(self) -> list[Warned]:
        """What was declared on being appointed stands at the post, for who may appoint there."""
        of_watchers, of_members = (
            _("A supervisor declared a conflict. Please look at it."),
            _("A member declared a conflict. Please look at it."),
        )
        said = [(row, of_watchers, SUPERVISORS) for row in self.watchers]
        said += [(row, of_members, MAKE_UP) for row in self._committee]
        return [Warned(text, rule, row.post_id) for row, text, rule in said if row.conflict]

    def _of_persons(self) -> list[Warned]:
        found = []
        if self.in_one_hand:
            # No breach: said so that the supervision of who holds both is not forgotten.
            text = _(
                "Secretary and head of the committee are one person: the rules on supervising both in one hand apply."
            )
            found.append(Warned(text, IN_ONE_HAND))
        if {row.person_id for row in self.watchers} & {row.person_id for row in self._committee}:
            text = _("Somebody sits in the committee and in the body that supervises it.")
            found.append(Warned(text, SUPERVISORS))
        found += self._conflicts()
        over = [row for row in self.postings if row.term_to and row.term_to <= self.day]
        if over:
            law = FIVE_YEARS if any(row in self._committee for row in over) else RURAL
            found.append(Warned(_("Somebody stays past their term."), law))
        if self.secretary and not self.secretary.filed_on:
            found.append(Warned(_("The Party secretary is not filed with the county yet."), RURAL))
        return found


def two_committees(actor: Actor, day: date | None = None, place: Place | None = None) -> list[TwoCommittees]:
    """The two committees of every village the actor sees that has one on ``day`` (today), or of ``place``, by code. Two
    queries, however many villages."""
    day = day or clock.today()
    units = Organisation.objects.visible_to(actor).current(day).filter(place__level=Level.VILLAGE, area=None)
    held = Posting.objects.visible_to(actor).on(day).filter(post__place__level=Level.VILLAGE, post__post_kind__in=SEATS)
    if place:
        units, held = units.filter(place=place), held.filter(post__place=place)
    villages: dict[UUID, TwoCommittees] = {}
    for unit in units.filter(organisation_kind__in=BODIES, set_up_on="").for_list():
        villages.setdefault(unit.place_id, TwoCommittees(unit.place, day)).units.append(unit)
    known = {unit.pk for village in villages.values() for unit in village.units}
    watched = held.filter(post__organisation__organisation_kind__in=WATCHED)
    for row in watched.select_related("person", "post__organisation").order_by("post__rank", "pk"):
        village = villages.get(row.post.place_id)
        if village is None:
            continue
        if row.post.organisation_id in known:
            village.postings.append(row)
        elif row.post.organisation.organisation_kind == K.SUPERVISION_COMMITTEE:
            village.watchers.append(row)
    return list(villages.values())
