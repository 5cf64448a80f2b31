"""Which choices, candidates, papers and opinions: seen by whom.

That a village chooses is no secret among the staff of its county. Who stands is known to who prepares the choice, to the
cadres of the village and to the reviewers; to others once they may stand. Papers and opinions are the reviewers' alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Prefetch, Q

from cunlian.accounts.roles import Role
from cunlian.kernel.access import Actor
from cunlian.organisations.choosing.states import OPEN, OUTCOME_KNOWN
from cunlian.organisations.querysets import of_own_county
from cunlian.places.territory import territory_q

if TYPE_CHECKING:
    from cunlian.organisations.models import (  # noqa: F401
        Ballot,
        Candidate,
        CandidatePaper,
        Choice,
        ChoiceStep,
        Opinion,
    )

KNOWERS = frozenset({Role.ADMINISTRATOR, Role.COUNTY_STAFF, Role.TOWNSHIP_STAFF, Role.VILLAGE_CADRE})


def reviewed_by(actor: Actor, path: str = "") -> Q:
    """Choices on which an office of one of the actor's posts gives its opinion."""
    return Q(**{f"{path}offices__posts__in": actor.post_ids}) if actor.post_ids else Q(pk__in=())


class ChoiceQuerySet(models.QuerySet["Choice"]):
    def visible_to(self, actor: Actor) -> ChoiceQuerySet:
        return self.filter(of_own_county(actor, "unit__place__"))

    def open(self) -> ChoiceQuerySet:
        return self.filter(state__in=OPEN)

    def for_list(self) -> ChoiceQuerySet:
        standing = Count("candidates", filter=Q(candidates__withdrawn_on=None))
        return (
            self.select_related("unit__place")
            .annotate(candidate_count=standing)
            .order_by("-votes_on", "unit__place__code", "pk")
        )

    def for_detail(self) -> ChoiceQuerySet:
        return self.select_related("unit__place").prefetch_related("offices", "steps")


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def visible_to(self, actor: Actor) -> CandidateQuerySet:
        if actor.is_system:
            return self
        known = territory_q(actor, KNOWERS, "choice__unit__place__")
        known |= reviewed_by(actor, "choice__")
        stands = Q(may_stand=True, choice__state__in=OUTCOME_KNOWN, withdrawn_on=None)
        # The posts of an office are many; a plain join would give a candidate once for each.
        seen = self.model._default_manager.filter(known | (of_own_county(actor, "choice__unit__place__") & stands))
        return self.filter(pk__in=seen.order_by().values("pk"))

    def standing(self) -> CandidateQuerySet:
        """Neither withdrawn nor found unfit."""
        return self.filter(withdrawn_on=None).exclude(may_stand=False)

    def for_list(self) -> CandidateQuerySet:
        papers = Prefetch("papers", queryset=self.model._meta.get_field("papers").related_model._default_manager.all())
        return (
            self.select_related("person", "choice__unit__place", "elected_in")
            .prefetch_related(papers, "counts__ballot")
            .order_by("choice", "seat", "proposed_on", "pk")
        )


class CandidatePaperQuerySet(models.QuerySet["CandidatePaper"]):
    def visible_to(self, actor: Actor) -> CandidatePaperQuerySet:
        return self if actor.is_system else self.filter(reviewed_by(actor, "candidate__choice__")).distinct()


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def visible_to(self, actor: Actor) -> OpinionQuerySet:
        return self if actor.is_system else self.filter(reviewed_by(actor, "candidate__choice__")).distinct()

    def for_list(self) -> OpinionQuerySet:
        return self.select_related("office").order_by("office__name", "pk")


class ChoiceStepQuerySet(models.QuerySet["ChoiceStep"]):
    def visible_to(self, actor: Actor) -> ChoiceStepQuerySet:
        return self.filter(of_own_county(actor, "choice__unit__place__"))


class BallotQuerySet(models.QuerySet["Ballot"]):
    def visible_to(self, actor: Actor) -> BallotQuerySet:
        return self.filter(of_own_county(actor, "choice__unit__place__"))
