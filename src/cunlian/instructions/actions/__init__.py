"""Everything that changes instructions and programmes, one function a step."""

from cunlian.instructions.actions.lapse import lapse_copy, lapse_due
from cunlian.instructions.actions.programmes import add_measure, end_measure, enter_programme
from cunlian.instructions.actions.rule import set_rule
from cunlian.instructions.actions.send import send_instruction
from cunlian.instructions.actions.steer import (
    check_copy,
    close_copy,
    grant_extension,
    redirect_copy,
    refuse_extension,
    send_back_copy,
    supervise_copy,
    uphold_copy,
    withdraw_copy,
)
from cunlian.instructions.actions.work import ask_extension, complete_copy, return_copy, sign_copy

__all__ = [
    "add_measure", "ask_extension", "check_copy", "close_copy", "complete_copy", "end_measure", "enter_programme",
    "grant_extension", "lapse_copy", "lapse_due", "redirect_copy", "refuse_extension", "return_copy", "send_back_copy",
    "send_instruction", "set_rule", "sign_copy", "supervise_copy", "uphold_copy", "withdraw_copy",
]  # fmt: skip
