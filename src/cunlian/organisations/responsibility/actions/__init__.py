"""What is done with a yearly list: draw it up, put lines in and out, approve, publish, close."""

from cunlian.organisations.responsibility.actions.draw import add_line, draw_list, remove_line, take_over
from cunlian.organisations.responsibility.actions.settle import approve_list, close_list, publish_list, reopen_list

__all__ = [
    "add_line",
    "approve_list",
    "close_list",
    "draw_list",
    "publish_list",
    "remove_line",
    "reopen_list",
    "take_over",
]
