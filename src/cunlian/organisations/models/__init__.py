"""Tables of organisations, by topic."""

from cunlian.organisations.models.duties import RANK_OF_LEVEL, Capacity, Duty, Gap, Rank
from cunlian.organisations.models.units import Organisation, OrganisationKind, Post, Posting, StandIn

__all__ = [
    "RANK_OF_LEVEL",
    "Capacity",
    "Duty",
    "Gap",
    "Organisation",
    "OrganisationKind",
    "Post",
    "Posting",
    "Rank",
    "StandIn",
]
