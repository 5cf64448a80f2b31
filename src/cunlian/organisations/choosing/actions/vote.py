"""What the paper of the vote says, entered; the term that follows from it; a choice called off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.actions import appoint, end_posting
from cunlian.organisations.choosing.law import TERM_YEARS, elected, open_seats
from cunlian.organisations.choosing.states import MOVES, PREPARE
from cunlian.organisations.models import SEATS, Ballot, Candidate, Choice, Leaving, Post, Posting, VoteCount
from cunlian.places.models import on

WITHIN = (
    ("given", "registered", _("More ballots were given than people are registered. Please look at the sheet.")),
    ("taken_back", "given",
     _("More ballots were taken back than given: such a vote does not hold. Please look at the sheet.")),
    ("by_proxy", "taken_back", _("More votes are by proxy than ballots were taken back. Please look at the sheet.")),
    ("valid", "taken_back", _("More ballots are valid than were taken back. Please look at the sheet.")),
)  # fmt: skip
"""What is never more than what, and what to say when it is."""


def _check_numbers(ballot: Ballot, votes: Mapping[Candidate, int], seats: Counter[str]) -> None:
    """The counting sheet adds up; whatever does not is a slip of the pen, and the paper is looked at again."""
    counted = (ballot.registered, ballot.given, ballot.taken_back, ballot.by_proxy, ballot.valid)
    if min(*counted, ballot.proxies_refused or 0, *votes.values()) < 0:
        raise Invalid(_("A count cannot be below zero."), field="registered")
    for part, whole, says in WITHIN:
        if getattr(ballot, part) > getattr(ballot, whole):
            raise Invalid(says, field=part)
    sums: Counter[str] = Counter()
    for candidate, number in votes.items():
        sums[candidate.seat] += number
        if number > ballot.valid:
            said = {"name": candidate.person.name}
            raise Invalid(_("%(name)s has more votes than there are valid ballots.") % said, field="valid")
    if any(total > ballot.valid * seats[seat] for seat, total in sums.items()):
        raise Invalid(_("There are more votes than valid ballots could hold. Please look at the sheet."), field="valid")


@transaction.atomic
def enter_count(
    choice: Choice, *, by: Actor, voted_on: date, registered: int, given: int, taken_back: int, by_proxy: int,
    valid: int, votes: Mapping[Candidate, int], paper: str, proxies_refused: int | None = None,
) -> Ballot:  # fmt: skip
    """The counting sheet: ``votes`` of each candidate who could be voted for. Who is elected follows by law.
    ``proxies_refused``: what the election committee states of votes entrusted to candidates (Art. 18)."""
    choice = lock(choice)
    require(by, PREPARE, choice)
    MOVES.check(choice, "enter_count")
    ballot = Ballot(
        choice=choice, number=choice.ballots.count() + 1, voted_on=voted_on, registered=registered, given=given,
        taken_back=taken_back, by_proxy=by_proxy, valid=valid, paper=paper.strip(),
        proxies_refused=proxies_refused if choice.by_villagers else None,
    )  # fmt: skip
    if not ballot.paper:
        raise Invalid(_("Name the sheet the numbers are taken from, with its day and who signed it."), field="paper")
    if voted_on > clock.today():
        raise Invalid(_("This day is still to come."), field="voted_on")
    standing = set(choice.candidates.filter(may_stand=True, withdrawn_on=None, elected_in=None))
    if set(votes) != standing:
        raise Invalid(_("Write the votes of every candidate who stands, and of nobody else. Zero is a number."))
    seats = open_seats(choice)
    _check_numbers(ballot, votes, seats)
    ballot.save(force_insert=True)
    VoteCount.objects.bulk_create(VoteCount(ballot=ballot, candidate=row, votes=n) for row, n in votes.items())
    for candidate in elected(choice, ballot, votes, seats):
        change(candidate, elected_in=ballot)
    changed = MOVES.apply(choice, "enter_count")
    log.record(by, "organisations.count_entered", choice, changed=changed)
    return ballot


@transaction.atomic
def vote_again(choice: Choice, *, by: Actor, votes_on: date) -> Choice:
    """Seats that stayed open, or a vote that did not hold, are voted on again on another day (Art. 18)."""
    choice = lock(choice)
    require(by, PREPARE, choice)
    MOVES.check(choice, "vote_again")
    if not open_seats(choice):
        raise Invalid(_("All seats are filled. Begin the term."), field="votes_on")
    if votes_on < choice.votes_on:
        raise Invalid(_("The next vote comes after the last one."), field="votes_on")
    changed = MOVES.apply(choice, "vote_again", votes_on=votes_on)
    log.record(by, "organisations.voted_again", choice, changed=changed)
    return choice


def _seat(candidate: Candidate, posts: list[Post], held: Mapping[UUID, Post], choice: Choice, by: Actor) -> Posting:
    """The candidate takes a seat of their kind: the one they hold already, else the next that is free."""
    kind = [post for post in posts if post.post_kind == candidate.seat]
    own = held.get(candidate.person_id)
    post = own if own in kind else kind[0]
    assert post is not None
    posts.remove(post)
    return appoint(
        post, by=by, person=candidate.person, basis=Posting.Basis.ELECTED, paper=choice.paper,
        starts_on=choice.term_from, term_from=choice.term_from, term_to=choice.term_to,
    )  # fmt: skip


def _stays(after: Posting) -> None:
    """Who is elected to their own seat again hands nothing over; the audit at the end of the term is owed all the same."""
    before = Leaving.objects.filter(posting__post=after.post, posting__person=after.person_id, handed_on=None)
    for leaving in before:
        change(leaving, to_posting=after, handed_on=after.starts_on)


@transaction.atomic
def settle_choice(choice: Choice, *, by: Actor, term_from: date, term_to: date | None = None) -> Choice:
    """The term of those elected begins: five years (Art. 14) unless said otherwise. Whoever sat before leaves, with what is
    to be handed over and audited; seats nobody was elected to stand open."""
    choice = lock(choice)
    require(by, PREPARE, choice)
    MOVES.check(choice, "settle")
    rows = list(choice.candidates.filter(elected_in__isnull=False).select_related("person").order_by("seat", "pk"))
    if not rows:
        raise Invalid(_("Nobody is elected. Vote again, or call the choice off."), field="term_from")
    last = max(row.voted_on for row in choice.ballots.all())
    if term_from < last or term_from > clock.today():
        raise Invalid(_("The term begins on the day of the vote or after, and not in the future."), field="term_from")
    until = term_to or date(term_from.year + TERM_YEARS, term_from.month, min(term_from.day, 28))
    if until <= term_from:
        raise Invalid(_("The term ends after it begins. Please look at its days."), field="term_to")
    changed = MOVES.apply(choice, "settle", term_from=term_from, term_to=until, settled_on=clock.today())
    posts = list(
        Post.objects.filter(on(term_from), organisation=choice.unit_id, post_kind__in=SEATS).order_by("rank", "pk")
    )
    before = list(Posting.objects.filter(post__in=posts, ends_on=None).select_related("post"))
    held = {row.person_id: row.post for row in before}
    for posting in before:
        end_posting(posting, by=by, ends_on=max(term_from, posting.starts_on))
    stay = sorted(rows, key=lambda row: row.person_id not in held)
    for candidate in stay:
        _stays(_seat(candidate, posts, held, choice, by))
    log.record(by, "organisations.choice_settled", choice, changed=changed)
    return choice


@transaction.atomic
def call_off_choice(choice: Choice, *, by: Actor, reason: str) -> Choice:
    """It does not take place, for a reason that is on record; who sits goes on sitting."""
    choice = lock(choice)
    require(by, PREPARE, choice)
    if not reason.strip():
        raise Invalid(_("Write why it does not take place."), field="reason")
    changed = MOVES.apply(choice, "call_off", ended_because=reason.strip())
    log.record(by, "organisations.choice_called_off", choice, changed=changed)
    return choice
