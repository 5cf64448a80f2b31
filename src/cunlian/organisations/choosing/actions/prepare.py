"""Preparing a choice: opening it, who stands, the papers they hand in, the steps done on paper."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, evidence, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.models import Attachment, Evidence
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.choosing.law import seats_of
from cunlian.organisations.choosing.states import OPEN, PREPARE, State
from cunlian.organisations.models import (
    PARTY_BODIES,
    Candidate,
    CandidatePaper,
    Choice,
    ChoiceStep,
    Criterion,
    Organisation,
    OrganisationKind,
    PostKind,
    Step,
)
from cunlian.people.models import Person
from cunlian.places.models import Level

CHOSEN = PARTY_BODIES | {OrganisationKind.VILLAGERS_COMMITTEE}
BY = Candidate.ProposedBy
PROPOSERS = {True: frozenset({BY.PARTY, BY.VOTERS}), False: frozenset({BY.MEMBERS, BY.ABOVE})}
"""Who may propose, for a villagers' committee (Art. 18) and for a Party body."""


@transaction.atomic
def open_choice(
    unit: Organisation, *, by: Actor, votes_on: date, paper: str, invented: bool = False
) -> Choice:  # fmt: skip
    """A villagers' committee or a Party body of a village is to be chosen on a day, by the paper that orders it."""
    unit = lock(unit)
    choice = Choice(unit=unit, year=votes_on.year, votes_on=votes_on, paper=paper.strip(), invented=invented)
    require(by, PREPARE, choice)
    if unit.organisation_kind not in CHOSEN or unit.place.level != Level.VILLAGE or unit.set_up_on:
        raise Invalid(_("Choose a villagers' committee or the Party organisation of a village."), field="unit")
    if not choice.paper:
        raise Invalid(_("Name the paper that orders the election, with its number or its day."), field="paper")
    if not seats_of(choice):
        raise Invalid(
            _("This unit has no seats on that day. Create its posts first, each with its kind."), field="unit"
        )
    if Choice.objects.open().filter(unit=unit).exists():
        raise Conflict(_("A choice of this committee is under way already."), field="unit")
    choice.save(force_insert=True)
    log.record(by, "organisations.choice_opened", choice)
    return choice


def _preparing(choice: Choice) -> None:
    if choice.state != State.PREPARING:
        raise Conflict(_("This is changed while the choice is prepared only. Take it back to preparing first."))


@transaction.atomic
def propose_candidate(
    choice: Choice, *, by: Actor, person: Person, seat: str, proposed_by: str, proposed_on: date | None = None
) -> Candidate:
    """Somebody is proposed for a kind of seat. Whether they want to stand, their signed statement says."""
    choice = lock(choice)
    require(by, PREPARE, choice)
    _preparing(choice)
    if seat not in PostKind.values or not seats_of(choice)[seat]:
        raise Invalid(_("The unit has no such seat on the day of the vote. Please choose another one."), field="seat")
    if proposed_by not in PROPOSERS[choice.by_villagers]:
        raise Invalid(_("Please choose who proposes: for this unit others do."), field="proposed_by")
    if person.erased_at or person.gone_on:
        raise Invalid(_("This person is not in the register any more. Please choose somebody else."), field="person")
    if by.person_id == person.pk:
        raise Invalid(_("Who stands does not enter it themself. Ask somebody else in the office to."), field="person")
    if Candidate.objects.filter(choice=choice, person=person).exists():
        raise Conflict(_("This person stands already."), field="person")
    day = proposed_on or clock.today()
    candidate = Candidate.objects.create(
        choice=choice, person=person, seat=seat, proposed_by=proposed_by, proposed_on=day
    )
    log.record(by, "organisations.candidate_proposed", candidate, changed={"seat": (None, seat)})
    return candidate


@transaction.atomic
def withdraw_candidate(candidate: Candidate, *, by: Actor) -> Candidate:
    """The person does not stand any more, up to the vote. Their papers and the opinions on them go at once."""
    candidate = lock(candidate)
    require(by, PREPARE, candidate.choice)
    if candidate.choice.state not in OPEN - {State.VOTED}:
        raise Conflict(_("It has been voted already. Whoever was elected resigns in writing (Art. 20)."))
    if candidate.withdrawn_on:
        raise Invalid(_("This candidate has withdrawn already."))
    changed = change(candidate, withdrawn_on=clock.today())
    drop_papers(candidate)
    candidate.opinions.all().delete()
    log.record(by, "organisations.candidate_withdrawn", candidate, changed=changed)
    return candidate


def drop_papers(candidate: Candidate) -> int:
    """The files go; which papers were handed in goes with them."""
    papers = list(candidate.papers.all())
    for paper in papers:
        for attachment in Attachment.objects.about(paper):
            evidence.detach(attachment)
        paper.delete()
    return len(papers)


@transaction.atomic
def hand_in_paper(
    candidate: Candidate, *, by: Actor, criterion: str, handed_on: date | None = None, file: Evidence | None = None
) -> CandidatePaper:
    """A paper is there, seen in the original or as a file that only reviewers open."""
    candidate = lock(candidate)
    require(by, PREPARE, candidate.choice)
    _preparing(candidate.choice)
    if criterion not in Criterion.values:
        raise Invalid(_("Please choose which paper it is."), field="criterion")
    if candidate.withdrawn_on:
        raise Invalid(_("This candidate has withdrawn. Nothing is collected from them."), field="criterion")
    day = handed_on or clock.today()
    if day > clock.today():
        raise Invalid(_("This day is still to come."), field="handed_on")
    paper, _new = CandidatePaper.objects.get_or_create(
        candidate=candidate, criterion=criterion, defaults={"handed_on": day}
    )
    if file:
        evidence.attach(paper, file, by)
    log.record(by, "organisations.paper_handed_in", candidate, changed={"paper": (None, criterion)})
    return paper


@transaction.atomic
def record_step(choice: Choice, *, by: Actor, step: str, done_on: date, paper: str = "") -> ChoiceStep:
    """A step was done on paper on a day; said again, it is corrected. Late is shown with the article, not refused."""
    choice = lock(choice)
    require(by, PREPARE, choice)
    if step not in Step.values:
        raise Invalid(_("Please choose which step was done."), field="step")
    if choice.state == State.CALLED_OFF:
        raise Conflict(_("This choice was called off."))
    if done_on > clock.today():
        raise Invalid(_("This day is still to come."), field="done_on")
    if step in (Step.RESULT, Step.HAND_OVER) and choice.state not in (State.VOTED, State.SETTLED):
        raise Invalid(_("Enter the count first: there is no result yet."), field="step")
    row, _new = ChoiceStep.objects.update_or_create(
        choice=choice, step=step, defaults={"done_on": done_on, "paper": paper.strip()}
    )
    log.record(by, "organisations.choice_step", choice, changed={step: (None, done_on)})
    return row
