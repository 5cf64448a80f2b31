"""Everything that changes a dispute or a mediation body, one function a step."""

from cunlian.cases.disputes.actions.bodies import add_member, end_member, found_body, name_body
from cunlian.cases.disputes.actions.bring import Said, note_consent, open_dispute, refuse_mediation, withdraw_dispute
from cunlian.cases.disputes.actions.deadlines import set_deadlines
from cunlian.cases.disputes.actions.mediate import (
    accept_dispute,
    add_note,
    fail_dispute,
    hold_session,
    reassign_dispute,
    reveal_party,
)
from cunlian.cases.disputes.actions.settle import agree_dispute, breach_dispute, confirm_dispute, perform_dispute

__all__ = [
    "Said", "accept_dispute", "add_member", "add_note", "agree_dispute", "breach_dispute", "confirm_dispute",
    "end_member", "fail_dispute", "found_body", "hold_session", "name_body", "note_consent", "open_dispute",
    "perform_dispute", "reassign_dispute", "refuse_mediation", "reveal_party", "set_deadlines",
    "withdraw_dispute",
]  # fmt: skip
