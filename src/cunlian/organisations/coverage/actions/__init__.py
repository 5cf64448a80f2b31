"""What is done so that somebody answers: leaves entered, matters of areas given to posts, ceilings decided."""

from cunlian.organisations.coverage.actions.board import end_matter, name_matter
from cunlian.organisations.coverage.actions.ceiling import decide_ceiling
from cunlian.organisations.coverage.actions.leave import end_leave, enter_leave

__all__ = ["end_leave", "end_matter", "enter_leave", "name_matter", "decide_ceiling"]
