"""The county offices' joint review: each says fit or not; one no with its reason is enough. The village is told the outcome."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.models import Attachment, Look
from cunlian.kernel.records import change, lock, ref
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.choosing.law import enough_candidates
from cunlian.organisations.choosing.states import MOVES, PREPARE, REVIEW, State
from cunlian.organisations.models import (
    NEEDED,
    Candidate,
    CandidatePaper,
    Choice,
    Criterion,
    Opinion,
    Organisation,
    OrganisationKind,
)
from cunlian.organisations.querysets import COUNTY_DIGITS

REVIEWERS = frozenset({OrganisationKind.COUNTY_DEPARTMENT, OrganisationKind.PETITION_OFFICE})


def missing_papers(candidate: Candidate) -> list[str]:
    """Labels of the papers without which nobody goes into the review."""
    there = {paper.criterion for paper in candidate.papers.all()}
    return [str(one.label) for one in Criterion if one in NEEDED and one not in there]


def _check_papers(choice: Choice) -> None:
    rows = list(choice.candidates.filter(withdrawn_on=None).select_related("person").prefetch_related("papers"))
    if not rows:
        raise Invalid(_("Nobody stands yet. Enter who was proposed first."), field="offices")
    for row in rows:
        if missing := missing_papers(row):
            said = {"name": row.person.name, "papers": ", ".join(missing)}
            raise Invalid(_("%(name)s has not handed in: %(papers)s.") % said, field="offices")


@transaction.atomic
def send_to_review(choice: Choice, *, by: Actor, offices: Iterable[Organisation]) -> Choice:
    """Every candidate's papers are there, and the named offices of the county now look at them."""
    choice, offices = lock(choice), list(offices)
    require(by, PREPARE, choice)
    MOVES.check(choice, "send_to_review")
    if not offices:
        raise Invalid(_("Choose which offices of the county review."), field="offices")
    county = choice.territory_code[:COUNTY_DIGITS]
    if any(one.organisation_kind not in REVIEWERS or one.place.code[:COUNTY_DIGITS] != county for one in offices):
        raise Invalid(_("Only departments of this county review."), field="offices")
    _check_papers(choice)
    enough = enough_candidates(choice)
    if not enough.holds:
        raise Invalid(enough.text, field="offices", rule=enough.law)
    choice.offices.set(offices)
    changed = MOVES.apply(choice, "send_to_review")
    log.record(by, "organisations.review_begun", choice, changed=changed | {"offices": (None, len(offices))})
    return choice


@transaction.atomic
def give_opinion(candidate: Candidate, *, by: Actor, fits: bool, reason: str = "") -> Opinion:
    """What the actor's office says of a candidate, until the review is closed; said again, it is corrected."""
    candidate = lock(candidate)
    require(by, REVIEW, candidate.choice)
    if candidate.choice.state != State.IN_REVIEW:
        raise Conflict(_("The review of this choice is not open."))
    if candidate.withdrawn_on:
        raise Conflict(_("This candidate has withdrawn."))
    if by.person_id == candidate.person_id:
        raise Invalid(_("Nobody reviews themself. Somebody else in the office does."), field="fits")
    if not fits and not reason.strip():
        raise Invalid(_("A no needs its reason: which paper or fact, and which rule."), field="reason")
    office = choice_office(candidate.choice, by)
    opinion, _new = Opinion.objects.update_or_create(
        candidate=candidate, office=office,
        defaults={"fits": fits, "reason": reason.strip(), "given_at": clock.now()},
    )  # fmt: skip
    log.record(by, "organisations.opinion_given", candidate, changed={"office": (None, str(office.pk))})
    return opinion


def choice_office(choice: Choice, by: Actor) -> Organisation:
    """The office the actor reviews for."""
    found = choice.offices.filter(posts__in=by.post_ids).order_by("name", "pk").first()
    if found is None:
        raise Invalid(_("Your post belongs to no office that reviews here."), field="fits")
    return found


@transaction.atomic
def open_paper(paper: CandidatePaper, *, by: Actor) -> list[Attachment]:
    """The files of a paper, for a reviewer; the candidate reads who opened it and what for."""
    candidate = paper.candidate
    require(by, REVIEW, candidate.choice)
    kind, key = ref(paper)
    Look.objects.create(
        person_id=candidate.person_id, actor_id=by.user_id, post_id=by.post_id, fields=paper.criterion, about_kind=kind,
        about_id=key, purpose=_now("Joint review: %(choice)s") % {"choice": candidate.choice}, happened_at=clock.now(),
    )  # fmt: skip
    log.record(by, "organisations.paper_opened", candidate, changed={"paper": (None, paper.criterion)})
    return list(Attachment.objects.about(paper))


@transaction.atomic
def close_review(choice: Choice, *, by: Actor) -> Choice:
    """All offices have spoken on all candidates; who got a no may not stand. The village reads who may."""
    choice = lock(choice)
    require(by, REVIEW, choice)
    MOVES.check(choice, "close_review")
    wanted = choice.offices.count()
    for candidate in choice.candidates.filter(withdrawn_on=None).select_related("person").prefetch_related("opinions"):
        opinions = list(candidate.opinions.all())
        if len(opinions) < wanted:
            raise Invalid(
                _("Not every office has said what it thinks of %(name)s yet.") % {"name": candidate.person.name}
            )
        change(candidate, may_stand=all(one.fits for one in opinions))
    changed = MOVES.apply(choice, "close_review")
    log.record(by, "organisations.review_closed", choice, changed=changed)
    return choice


@transaction.atomic
def reopen_choice(choice: Choice, *, by: Actor) -> Choice:
    """Back to preparing, when too few may stand or somebody comes in: opinions given stay, outcomes are taken back."""
    choice = lock(choice)
    require(by, PREPARE, choice)
    changed = MOVES.apply(choice, "reopen")
    choice.candidates.filter(elected_in=None).update(may_stand=None)
    log.record(by, "organisations.choice_reopened", choice, changed=changed)
    return choice
