"""What is done with training: plan courses, hold sessions, enter who came, issue certificates."""

from cunlian.talent.learning.actions.attendance import (
    declare_attendance,
    enter_attendance,
    strike_attendance,
)
from cunlian.talent.learning.actions.certificates import issue_certificates, print_certificate, revoke_certificate
from cunlian.talent.learning.actions.courses import (
    call_to_course,
    cancel_course,
    close_course,
    correct_course,
    open_course,
    plan_course,
    reopen_course,
    uncall,
)
from cunlian.talent.learning.actions.sessions import add_session, drop_session, hold_session, write_lessons

__all__ = [
    "add_session",
    "call_to_course",
    "cancel_course",
    "close_course",
    "correct_course",
    "declare_attendance",
    "drop_session",
    "enter_attendance",
    "hold_session",
    "issue_certificates",
    "open_course",
    "plan_course",
    "print_certificate",
    "reopen_course",
    "revoke_certificate",
    "strike_attendance",
    "uncall",
    "write_lessons",
]
