"""What is done: plan for reserve cadres, cultivate, mentor, raise schooling."""

from cunlian.talent.mentoring.actions.cultivation import call_ready, end_cultivation, propose, take_in
from cunlian.talent.mentoring.actions.education import enrol, graduate, leave_studies, win_over
from cunlian.talent.mentoring.actions.meetings import agree_rhythm, call_meeting, note_meeting
from cunlian.talent.mentoring.actions.mentoring import add_mentee, begin_mentoring, break_off, complete_mentoring
from cunlian.talent.mentoring.actions.plans import approve_plan, close_plan, correct_plan, draw_plan
from cunlian.talent.mentoring.actions.usual import set_rhythm

__all__ = [
    "add_mentee",
    "agree_rhythm",
    "approve_plan",
    "begin_mentoring",
    "break_off",
    "call_meeting",
    "call_ready",
    "close_plan",
    "complete_mentoring",
    "correct_plan",
    "draw_plan",
    "end_cultivation",
    "enrol",
    "graduate",
    "leave_studies",
    "note_meeting",
    "propose",
    "set_rhythm",
    "take_in",
    "win_over",
]
