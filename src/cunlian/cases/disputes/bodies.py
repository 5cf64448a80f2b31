"""Whether a mediation body is made up as the law asks (人民调解法 Art. 8): told as warnings, never a bar, because a dispute
cannot wait until a seat is filled."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from cunlian.cases.disputes.models import BodyMember, MediationBody
from cunlian.kernel import clock
from cunlian.kernel.refusals import Text
from cunlian.organisations.models import Posting
from cunlian.people.models import Person

FEWEST, MOST = 3, 9
LAW = _("People's Mediation Law, Art. 8")


@dataclass(frozen=True)
class Seat:
    """A member and who sits there on the day; nobody, when the post is vacant."""

    member: BodyMember
    person: Person | None


@dataclass(frozen=True)
class Composition:
    """Who sits in a body on a day. ``warnings``: what the law asks for and is missing; ``unknown``: members of whom it is
    not written down whether they are women."""

    seats: list[Seat]
    women: int
    unknown: int
    warnings: list[Text] = field(default_factory=list)


def composition(body: MediationBody, day: date | None = None) -> Composition:
    """Two queries."""
    day = day or clock.today()
    members = list(body.members.on(day).for_list())
    postings = Posting.objects.on(day).filter(post__in=[m.post_id for m in members if m.post_id])
    holders = {posting.post_id: posting.person for posting in postings.select_related("person")}
    seats = [Seat(member, holders.get(member.post_id) if member.post_id else member.person) for member in members]
    persons = {seat.person.pk: seat.person for seat in seats if seat.person}
    women = sum(person.gender == Person.Gender.FEMALE for person in persons.values())
    unknown = sum(not person.gender for person in persons.values())
    return Composition(seats, women, unknown, _warnings(seats, len(persons), women, unknown))


def _warnings(seats: list[Seat], persons: int, women: int, unknown: int) -> list[Text]:
    found: list[Text] = []
    if not FEWEST <= persons <= MOST:
        found.append(_("The body has %(n)s members; the law asks for three to nine.") % {"n": persons})
    if not women:
        found.append(
            _("No woman is entered as a member; the law asks for women among them. Of %(n)s it is not written down.")
            % {"n": unknown}
            if unknown
            else _("No woman is among the members; the law asks for women among them.")
        )
    if not any(seat.member.is_head and seat.person for seat in seats):
        found.append(_("Nobody heads the body; the law asks for one head."))
    return found
