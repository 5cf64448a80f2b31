"""A choice of one committee, its candidates, their papers, the offices' opinions, and the counts of the paper."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.records import Record
from cunlian.organisations.choosing import querysets
from cunlian.organisations.choosing.states import State
from cunlian.organisations.models.units import SEATS, Organisation, OrganisationKind, PostKind
from cunlian.people.models import Person

SEAT_CHOICES = [(kind.value, kind.label) for kind in PostKind if kind in SEATS]


class Choice(Record):
    """That ``unit``, a villagers' committee or the Party body of a village, is chosen anew on the day ``votes_on``, by a
    paper. Its seats are the unit's posts. ``offices``: the county offices that review jointly (联审)."""

    KIND = "choice"

    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="choices")
    year = models.PositiveSmallIntegerField(_("year"))
    votes_on = models.DateField(pgettext_lazy("choice", "day of the vote"))
    paper = models.CharField(_("paper"), max_length=200)
    state = models.CharField(pgettext_lazy("choice", "state"), max_length=12, choices=State, default=State.PREPARING)
    offices = models.ManyToManyField(Organisation, related_name="reviews")
    term_from = models.DateField(null=True, blank=True)
    term_to = models.DateField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(_("why it was called off"), max_length=200, blank=True)
    invented = models.BooleanField(_("invented"), default=False)

    objects = querysets.ChoiceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=~Q(state__in=[State.SETTLED, State.CALLED_OFF]),
                name="choice_one_open",
            ),
            models.CheckConstraint(name="choice_on_paper", condition=~Q(paper="")),
            models.CheckConstraint(
                name="choice_settled_with_term",
                condition=~Q(state=State.SETTLED)
                | (Q(term_from__isnull=False, term_to__gt=F("term_from"), settled_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="choice_called_off_why", condition=~Q(state=State.CALLED_OFF) | ~Q(ended_because="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"

    @property
    def place_id(self) -> UUID:
        return self.unit.place_id

    @property
    def territory_code(self) -> str:
        return self.unit.place.code

    @property
    def by_villagers(self) -> bool:
        """Chosen by the villagers under the Organic Law; a Party body is chosen by its own rules."""
        return bool(self.unit.organisation_kind == OrganisationKind.VILLAGERS_COMMITTEE)


class Step(models.TextChoices):
    """What is done on paper along the way, in order."""

    COMMITTEE = "committee", pgettext_lazy("choice", "Election committee chosen")
    ROLL = "roll", pgettext_lazy("choice", "Roll of voters posted")
    CANDIDATES = "candidates", pgettext_lazy("choice", "Candidates posted")
    MEETING = "meeting", pgettext_lazy("choice", "Candidates met the villagers")
    RESULT = "result", pgettext_lazy("choice", "Result announced and posted")
    HAND_OVER = "hand_over", pgettext_lazy("choice", "Work handed over")


class ChoiceStep(Record):
    """That a step was done on a day, as its paper says."""

    KIND = "choice_step"

    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=12, choices=Step)
    done_on = models.DateField(pgettext_lazy("choice", "done on"))
    paper = models.CharField(_("paper"), max_length=200, blank=True)

    objects = querysets.ChoiceStepQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["choice", "step"], name="choice_step_once")]

    @property
    def territory_code(self) -> str:
        return self.choice.territory_code


class Ballot(Record):
    """One vote as its counting sheet says: numbers only. ``registered``: who is on the roll (of a Party body: who is
    called); ``given`` and ``taken_back``: ballots; ``by_proxy`` and ``valid`` among those taken back. ``proxies_refused``: how
    many votes were entrusted to candidates and refused, as the election committee states on the sheet; 0: none was;
    None: the sheet does not say. Whose they were is kept nowhere. ``number``: 1, then votes on seats that stayed open."""

    KIND = "ballot"

    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="ballots")
    number = models.PositiveSmallIntegerField()
    voted_on = models.DateField()
    registered = models.PositiveIntegerField()
    given = models.PositiveIntegerField()
    taken_back = models.PositiveIntegerField()
    by_proxy = models.PositiveIntegerField()
    proxies_refused = models.PositiveIntegerField(null=True)
    valid = models.PositiveIntegerField()
    paper = models.CharField(_("paper"), max_length=200)

    objects = querysets.BallotQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["choice", "number"], name="ballot_number_once"),
            models.CheckConstraint(
                name="ballot_adds_up",
                condition=Q(
                    given__lte=F("registered"),
                    taken_back__lte=F("given"),
                    by_proxy__lte=F("taken_back"),
                    valid__lte=F("taken_back"),
                ),
            ),
        ]

    @property
    def territory_code(self) -> str:
        return self.choice.territory_code


class Candidate(Record):
    """That somebody stands for a kind of seat. ``may_stand``: the outcome of the joint review, which is all the village is
    told. ``elected_in``: the vote that elected them."""

    KIND = "candidate"

    class ProposedBy(models.TextChoices):
        PARTY = "party", pgettext_lazy("candidate", "the village Party organisation")
        VOTERS = "voters", pgettext_lazy("candidate", "registered voters")
        MEMBERS = "members", pgettext_lazy("candidate", "Party members")
        ABOVE = "above", pgettext_lazy("candidate", "the Party organisation above")

    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="candidates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="candidacies")
    seat = models.CharField(_("seat"), max_length=20, choices=SEAT_CHOICES)
    proposed_by = models.CharField(_("proposed by"), max_length=10, choices=ProposedBy)
    proposed_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    may_stand = models.BooleanField(null=True, blank=True)
    elected_in = models.ForeignKey(Ballot, on_delete=models.SET_NULL, null=True, blank=True, related_name="elected")

    objects = querysets.CandidateQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["choice", "person"], name="candidate_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_seat_display()}"

    @property
    def territory_code(self) -> str:
        return self.choice.territory_code


class VoteCount(Record):
    """The votes one candidate got in one vote."""

    KIND = "vote_count"

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="counts")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="counts")
    votes = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["ballot", "candidate"], name="count_once")]

    @property
    def territory_code(self) -> str:
        return self.ballot.territory_code


class Criterion(models.TextChoices):
    """What a candidate hands in, each a paper. The statement is their consent to stand and to the review."""

    STATEMENT = "statement", _("Signed statement: stands, agrees to the review, none of the bars of Art. 18")
    REGISTERED = "registered", _("Proof of being on the village's roll")
    NO_CONVICTION = "no_conviction", _("Certificate on criminal record")
    SCHOOLING = "schooling", _("Certificate of schooling")
    PLAN = "plan", _("What they mean to do in the post")


NEEDED = frozenset({Criterion.STATEMENT, Criterion.REGISTERED, Criterion.NO_CONVICTION})
"""Without these nobody goes into the review (Organic Law of Villagers' Committees, Art. 16, 18)."""


class CandidatePaper(Record):
    """That a paper was handed in on a day. Its file hangs on it as evidence; only reviewers open it."""

    KIND = "candidate_paper"

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="papers")
    criterion = models.CharField(_("paper"), max_length=20, choices=Criterion)
    handed_on = models.DateField(pgettext_lazy("candidate", "handed in on"))

    objects = querysets.CandidatePaperQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["candidate", "criterion"], name="candidate_paper_once")
        ]

    def __str__(self) -> str:
        return str(self.get_criterion_display())

    @property
    def territory_code(self) -> str:
        return self.candidate.territory_code


class Opinion(Record):
    """What one office says of one candidate: fit or not, a no with its reason. Reviewers alone see it."""

    KIND = "review_opinion"
    PERSONAL = frozenset({"fits", "reason"})

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="opinions")
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="opinions")
    fits = models.BooleanField(pgettext_lazy("candidate", "may stand"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    given_at = models.DateTimeField()

    objects = querysets.OpinionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["candidate", "office"], name="opinion_once"),
            models.CheckConstraint(name="opinion_no_with_reason", condition=Q(fits=True) | ~Q(reason="")),
        ]

    @property
    def territory_code(self) -> str:
        return self.candidate.territory_code
