"""Tables of the domain: the item list, the cases, what is said about them, and the disputes that are mediated."""

from cunlian.cases.disputes.models import (
    Agreement,
    BodyMember,
    Dispute,
    MediationBody,
    MediationDeadline,
    MediationNote,
    MediationSession,
    Party,
)
from cunlian.cases.models.case import Case, Endorsement, Extension, Petition, Remark
from cunlian.cases.models.items import Category, DeadlineRule, Level, ReplyTemplate, SavedFilter
from cunlian.cases.models.showing import Showing

__all__ = [
    "Agreement",
    "BodyMember",
    "Case",
    "Category",
    "DeadlineRule",
    "Dispute",
    "Endorsement",
    "Extension",
    "Level",
    "MediationBody",
    "MediationDeadline",
    "MediationNote",
    "MediationSession",
    "Party",
    "Petition",
    "Remark",
    "ReplyTemplate",
    "SavedFilter",
    "Showing",
]
