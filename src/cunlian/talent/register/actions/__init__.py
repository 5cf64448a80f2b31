"""What is done with the register of skills, by topic."""

from cunlian.talent.register.actions.checking import leave_unverified, verify_skills
from cunlian.talent.register.actions.entries import (
    accept_entry,
    change_entry,
    confirm_entry,
    decline_entry,
    enter_skills,
    recommend,
    rest_entry,
)
from cunlian.talent.register.actions.groups import end_group, found_group, seat_member, unseat_member
from cunlian.talent.register.actions.leaving import hand_on_entry, let_go_entry
from cunlian.talent.register.actions.searching import open_entry, search_talent
from cunlian.talent.register.actions.skills import add_skill, end_skill, take_over_skills

__all__ = [
    "accept_entry",
    "add_skill",
    "change_entry",
    "confirm_entry",
    "decline_entry",
    "end_group",
    "end_skill",
    "enter_skills",
    "found_group",
    "hand_on_entry",
    "leave_unverified",
    "let_go_entry",
    "open_entry",
    "recommend",
    "rest_entry",
    "search_talent",
    "seat_member",
    "take_over_skills",
    "unseat_member",
    "verify_skills",
]
