"""Tables of organisations, by topic."""

from cunlian.organisations.assignment.models import Assignment, AssignmentLine, AssignmentPost, BarredPair
from cunlian.organisations.coverage.models import AreaMatter, DutyCeiling, FiveMatter
from cunlian.organisations.models.choosing import (
    NEEDED,
    Ballot,
    Candidate,
    CandidatePaper,
    Choice,
    ChoiceStep,
    Criterion,
    Opinion,
    Step,
    VoteCount,
)
from cunlian.organisations.models.decisions import CountyDecision
from cunlian.organisations.models.declared import Declared, DeclaredNumber
from cunlian.organisations.models.duties import RANK_OF_LEVEL, Capacity, Duty, Gap, Rank
from cunlian.organisations.models.joint import Lead, UnitMembership
from cunlian.organisations.models.leaving import Leaving
from cunlian.organisations.models.units import (
    PARTY_BODIES,
    PARTY_KINDS,
    SEATS,
    Leave,
    Organisation,
    OrganisationKind,
    Post,
    Posting,
    PostKind,
    SetUpOn,
    StandIn,
)
from cunlian.organisations.responsibility.models import ResponsibilityLine, ResponsibilityList
from cunlian.organisations.visits.models import VisitMember, VisitNote

__all__ = [
    "NEEDED",
    "Ballot",
    "Candidate",
    "CandidatePaper",
    "Choice",
    "ChoiceStep",
    "Criterion",
    "Opinion",
    "Step",
    "VoteCount",
    "PARTY_BODIES",
    "PARTY_KINDS",
    "RANK_OF_LEVEL",
    "SEATS",
    "Assignment",
    "AssignmentLine",
    "AssignmentPost",
    "BarredPair",
    "AreaMatter",
    "Capacity",
    "CountyDecision",
    "Declared",
    "DeclaredNumber",
    "Duty",
    "DutyCeiling",
    "FiveMatter",
    "Gap",
    "Lead",
    "Leave",
    "Leaving",
    "Organisation",
    "OrganisationKind",
    "Post",
    "PostKind",
    "Posting",
    "Rank",
    "ResponsibilityLine",
    "ResponsibilityList",
    "SetUpOn",
    "StandIn",
    "UnitMembership",
    "VisitMember",
    "VisitNote",
]
