"""Everything that changes a path home or a gathering, one function a step."""

from cunlian.talent.coming_home.actions.begin import begin_path
from cunlian.talent.coming_home.actions.end import forget_path, leave, stop, take_back
from cunlian.talent.coming_home.actions.gatherings import correct_gathering, enter_gathering
from cunlian.talent.coming_home.actions.stay import arrive, call_care, look_in
from cunlian.talent.coming_home.actions.walk import (
    ask_support,
    decide_support,
    note_need,
    reassign,
    reveal_comer,
    talk,
    talk_again,
)

__all__ = [
    "arrive", "ask_support", "begin_path", "call_care", "correct_gathering", "decide_support", "enter_gathering",
    "forget_path", "leave", "look_in", "note_need", "reassign", "reveal_comer", "stop", "take_back", "talk",
    "talk_again",
]  # fmt: skip
