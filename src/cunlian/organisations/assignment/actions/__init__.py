"""What is done with a proposal: begun, worked out, decided pair by pair, confirmed or dropped."""

from cunlian.organisations.assignment.actions.ask import begin_assignment, rule_line, set_ceiling
from cunlian.organisations.assignment.actions.settle import confirm_assignment, drop_assignment
from cunlian.organisations.assignment.actions.work import order_assignment, work_out

__all__ = [
    "begin_assignment",
    "confirm_assignment",
    "drop_assignment",
    "order_assignment",
    "rule_line",
    "set_ceiling",
    "work_out",
]
