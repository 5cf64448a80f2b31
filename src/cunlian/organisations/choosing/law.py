"""What the rules ask of a choice: days between the steps, how many candidates, when a vote holds and who is elected.

The Organic Law of Villagers' Committees as in force since 2025-10-28 for the villagers' committee; for a Party body the
regulations on elections of grassroots Party organisations of 2020 (turnout of four fifths and no vote for another: read
second-hand; more than half of those called: from memory). Nothing here decides who is chosen: the paper does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cunlian.kernel import days
from cunlian.kernel.refusals import Text
from cunlian.organisations.models import SEATS, Ballot, Candidate, Choice, Post, Step
from cunlian.places.models import on

ROLL_DAYS = 20
OBJECTION_DAYS, DECISION_DAYS = 5, 3
HAND_OVER_DAYS = 10
TERM_YEARS = 5
MOST_PROXIES = 3

ART_15 = _("Organic Law of Villagers' Committees, Art. 15")
ART_17 = _("Organic Law of Villagers' Committees, Art. 17")
ART_18 = _("Organic Law of Villagers' Committees, Art. 18")
ART_24 = _("Organic Law of Villagers' Committees, Art. 24")
PARTY_RULES = _("Regulations on elections of grassroots Party organisations")


@dataclass(frozen=True)
class Due:
    """A step with the last day for it by law (None: the law names none), when it was done, and whether that was late."""

    step: Step
    law: Text
    last: date | None
    done_on: date | None = None
    paper: str = ""
    note: Text = ""

    @property
    def late(self) -> bool:
        return bool(self.last and self.done_on and self.done_on > self.last)


@dataclass(frozen=True)
class Check:
    """Something the law asks of a vote, and whether it is so."""

    text: Text
    law: Text
    holds: bool


def schedule(choice: Choice) -> list[Due]:
    """The steps of a choice in order. A Party body has no election committee of villagers and no roll on the wall."""
    done = {row.step: row for row in choice.steps.all()}
    vote = choice.votes_on
    roll = done[Step.ROLL].done_on if Step.ROLL in done else None
    rows: list[tuple[Step, Text, date | None, Text]] = [
        (Step.CANDIDATES, ART_18 if choice.by_villagers else PARTY_RULES, vote - timedelta(days=1), ""),
        (Step.RESULT, ART_18 if choice.by_villagers else PARTY_RULES, vote, _("at once, on the spot")),
        (Step.HAND_OVER, ART_24, vote + timedelta(days=HAND_OVER_DAYS), _("overseen by the township")),
    ]
    if choice.by_villagers:
        note: Text = _("objections within 5 days, decided within 3")
        if roll:
            said = {"until": days.day(roll + timedelta(days=OBJECTION_DAYS), year=True)}
            note = _("objections until %(until)s, decided within 3 days") % said
        rows[0:0] = [
            (Step.COMMITTEE, ART_15, None, _("by the village meeting, the representatives or the groups")),
            (Step.ROLL, ART_17, vote - timedelta(days=ROLL_DAYS), note),
        ]
        rows.insert(3, (Step.MEETING, ART_18, vote - timedelta(days=1), ""))
    return [
        Due(step, law, last, done[step].done_on, done[step].paper, note)
        if step in done
        else Due(step, law, last, note=note)
        for step, law, last, note in rows
    ]


def seats_of(choice: Choice) -> Counter[str]:
    """How many seats of each kind the unit has on the day of the vote: its posts."""
    posts = Post.objects.filter(on(choice.votes_on), organisation=choice.unit_id, post_kind__in=SEATS)
    return Counter(posts.values_list("post_kind", flat=True))


def open_seats(choice: Choice) -> Counter[str]:
    """Seats that no vote has filled yet."""
    taken = choice.candidates.filter(elected_in__isnull=False).values_list("seat", flat=True)
    return seats_of(choice) - Counter(taken)


def enough_candidates(choice: Choice) -> Check:
    """More candidates than seats (Art. 18)."""
    seats = open_seats(choice).total()
    standing = sum(1 for row in choice.candidates.standing() if row.elected_in_id is None)
    text = ngettext("%(n)s candidate for %(seats)s seats; there must be more candidates than seats.",
                    "%(n)s candidates for %(seats)s seats; there must be more candidates than seats.", standing)  # fmt: skip
    law = ART_18 if choice.by_villagers else PARTY_RULES
    return Check(text % {"n": standing, "seats": seats}, law, standing > seats)


def turned_out(choice: Choice, ballot: Ballot) -> bool:
    """Villagers: more than half of the registered voted. Party: at least four fifths of those called came."""
    if choice.by_villagers:
        return ballot.taken_back * 2 > ballot.registered
    return ballot.taken_back * 5 >= ballot.registered * 4


def enough_votes(choice: Choice, ballot: Ballot, votes: int) -> bool:
    """Villagers: more than half of those who voted, on seats voted on again at least a third. Party: more than half of
    those called."""
    if not choice.by_villagers:
        return votes * 2 > ballot.registered
    return votes * 2 > ballot.taken_back if ballot.number == 1 else votes * 3 >= ballot.taken_back


def proxies(choice: Choice, ballot: Ballot) -> Check:
    """Villagers: nobody votes for more than three others (Art. 18). Who votes for others votes too, so there cannot be more
    than three votes by proxy for each cast in person; whether one person held four no number tells: the list of proxies on
    the wall does. Party: nobody votes for another."""
    said = {"n": ballot.number, "proxy": ballot.by_proxy, "back": ballot.taken_back}
    if not choice.by_villagers:
        text = _("Vote %(n)s: %(proxy)s votes by proxy; in a Party body nobody votes for another.")
        return Check(text % said, PARTY_RULES, not ballot.by_proxy)
    text = _("Vote %(n)s: %(proxy)s of %(back)s votes by proxy; nobody votes for more than three others.")
    in_person = ballot.taken_back - ballot.by_proxy
    return Check(text % said, ART_18, ballot.by_proxy <= MOST_PROXIES * in_person)


def entrusted_candidates(ballot: Ballot) -> Check:
    """No candidate takes a vote entrusted to them (Art. 18): the election committee states it, or how many it refused."""
    refused = ballot.proxies_refused
    said = {"n": ballot.number, "refused": refused}
    if refused is None:
        text = _(
            "Vote %(n)s: the sheet does not state that no candidate held a vote of others; ask the election committee."
        )
    elif refused:
        text = _("Vote %(n)s: votes entrusted to candidates, refused and not counted: %(refused)s.")
    else:
        text = _("Vote %(n)s: the election committee states that no candidate held a vote of others.")
    return Check(text % said, ART_18, refused is not None)


def elected(choice: Choice, ballot: Ballot, votes: Mapping[Candidate, int], seats: Counter[str]) -> list[Candidate]:
    """Who is elected in this vote: enough votes, and among the most for the seats that are open. Equal votes for the last
    seat elect neither: they are voted on again."""
    if not turned_out(choice, ballot):
        return []
    chosen: list[Candidate] = []
    for seat, number in seats.items():
        rows = [row for row in votes if row.seat == seat and enough_votes(choice, ballot, votes[row])]
        rows.sort(key=lambda row: -votes[row])
        if len(rows) > number:
            edge = votes[rows[number]]
            rows = [row for row in rows[:number] if votes[row] > edge]
        chosen += rows
    return chosen


def checks(choice: Choice, ballots: Sequence[Ballot], filled: Iterable[Candidate]) -> list[Check]:
    """What the law asks of the votes as they were counted."""
    law, found = ART_18 if choice.by_villagers else PARTY_RULES, []
    for ballot in ballots:
        said = {"n": ballot.number, "back": ballot.taken_back, "all": ballot.registered}
        text = (
            _("Vote %(n)s: %(back)s of %(all)s registered voted; it must be more than half.")
            if choice.by_villagers
            else _("Vote %(n)s: %(back)s of %(all)s called voted; it must be four fifths.")
        )
        found.append(Check(text % said, law, turned_out(choice, ballot)))
        if ballot.by_proxy:
            found.append(proxies(choice, ballot))
        if choice.by_villagers:
            found.append(entrusted_candidates(ballot))
    seats, taken = seats_of(choice).total(), len(list(filled))
    said = {"n": taken, "seats": seats}
    found.append(Check(_("%(n)s of %(seats)s seats are filled by votes.") % said, law, taken == seats))
    late = [due for due in schedule(choice) if due.late]
    found += [Check(_("“%(step)s” was late.") % {"step": due.step.label}, due.law, False) for due in late]
    return found
