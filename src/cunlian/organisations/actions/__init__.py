"""What is done with units: found them, create posts, appoint, assign duties, arrange stand-ins, record gaps."""

from cunlian.organisations.actions.duties import arrange_stand_in, assign_duty, end_duty, end_stand_in
from cunlian.organisations.actions.gaps import close_gaps, record_gap, wind_up
from cunlian.organisations.actions.postings import appoint, end_posting, join_account
from cunlian.organisations.actions.units import create_post, found_organisation

__all__ = [
    "appoint",
    "arrange_stand_in",
    "assign_duty",
    "close_gaps",
    "create_post",
    "end_duty",
    "end_posting",
    "end_stand_in",
    "found_organisation",
    "join_account",
    "record_gap",
    "wind_up",
]
