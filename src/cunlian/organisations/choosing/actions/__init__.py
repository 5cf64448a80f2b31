"""What is done with a choice: prepare it, review who stands, enter what the paper of the vote says, begin the term."""

from cunlian.organisations.choosing.actions.prepare import (
    hand_in_paper,
    open_choice,
    propose_candidate,
    record_step,
    withdraw_candidate,
)
from cunlian.organisations.choosing.actions.review import (
    close_review,
    give_opinion,
    open_paper,
    reopen_choice,
    send_to_review,
)
from cunlian.organisations.choosing.actions.roll import print_roll
from cunlian.organisations.choosing.actions.vote import call_off_choice, enter_count, settle_choice, vote_again

__all__ = [
    "call_off_choice",
    "close_review",
    "enter_count",
    "give_opinion",
    "hand_in_paper",
    "open_choice",
    "open_paper",
    "print_roll",
    "propose_candidate",
    "record_step",
    "reopen_choice",
    "send_to_review",
    "settle_choice",
    "vote_again",
    "withdraw_candidate",
]
