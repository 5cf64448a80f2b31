"""Everything that changes calls, applications, agreements, results and bases, one function a step."""

from cunlian.talent.partners.actions.agree import Terms, agree, end, name_project, note_outcome, renew
from cunlian.talent.partners.actions.apply import apply, forget_application, withdraw
from cunlian.talent.partners.actions.calls import close, correct_call, draw_call, name_reviewer, publish
from cunlian.talent.partners.actions.exchange import end_base, found_base, note_result, take_up_result
from cunlian.talent.partners.actions.review import declare_conflict, decline, give_word, reveal_applicant, take

__all__ = [
    "Terms", "agree", "apply", "close", "correct_call", "declare_conflict", "decline", "draw_call", "end", "end_base",
    "forget_application", "found_base", "give_word", "name_project", "name_reviewer", "note_outcome", "note_result",
    "publish", "renew", "reveal_applicant", "take", "take_up_result", "withdraw",
]  # fmt: skip
