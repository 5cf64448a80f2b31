"""What is done with units: found, join, fill posts, assign duties, arrange stand-ins, hand over, record gaps."""

from cunlian.organisations.actions.declared import declare_number
from cunlian.organisations.actions.duties import arrange_stand_in, assign_duty, end_duty, end_stand_in
from cunlian.organisations.actions.gaps import close_gaps, record_gap, wind_up
from cunlian.organisations.actions.joint import end_lead, end_unit_membership, join_unit, name_lead
from cunlian.organisations.actions.keys import make_post_key
from cunlian.organisations.actions.leaving import hand_over, settle_audit
from cunlian.organisations.actions.postings import appoint, end_posting, file_with_county, join_account
from cunlian.organisations.actions.units import create_post, found_organisation

__all__ = [
    "appoint",
    "arrange_stand_in",
    "assign_duty",
    "close_gaps",
    "create_post",
    "declare_number",
    "end_duty",
    "end_lead",
    "end_posting",
    "end_stand_in",
    "end_unit_membership",
    "file_with_county",
    "found_organisation",
    "hand_over",
    "join_account",
    "join_unit",
    "make_post_key",
    "name_lead",
    "record_gap",
    "settle_audit",
    "wind_up",
]
