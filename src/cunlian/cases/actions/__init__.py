"""Everything that changes a case, one function a step."""

from cunlian.cases.actions.close import (
    confirm_case,
    elapse_case,
    elapse_due,
    reopen_case,
    vouch_case,
    withdraw_case,
)
from cunlian.cases.actions.contact import reveal_reporter
from cunlian.cases.actions.dispatch import accept_case, categorise_case, dispatch_case, reject_case, return_case
from cunlian.cases.actions.files import attach_file, blur_file
from cunlian.cases.actions.handle import (
    answer_case,
    ask_extension,
    comment_case,
    decide_extension,
    note_progress,
    pause_case,
    resume_case,
    start_case,
)
from cunlian.cases.actions.items import (
    add_category,
    end_category,
    remove_filter,
    remove_template,
    save_filter,
    save_template,
    set_deadline,
)
from cunlian.cases.actions.merge import merge_case, split_case, unmerge_case
from cunlian.cases.actions.petition import hand_over_case, record_petition_result
from cunlian.cases.actions.pictures import refuse_pictures, show_pictures, take_back_pictures
from cunlian.cases.actions.report import Told, add_words, join_case, report_burden, report_case, report_complaint

__all__ = [
    "Told", "accept_case", "add_category", "add_words", "answer_case", "ask_extension", "attach_file", "blur_file",
    "categorise_case", "comment_case", "confirm_case", "decide_extension", "dispatch_case", "elapse_case",
    "elapse_due", "end_category", "hand_over_case", "join_case", "merge_case", "note_progress", "pause_case",
    "record_petition_result", "refuse_pictures", "reject_case", "remove_filter", "remove_template", "reopen_case",
    "report_burden", "report_case", "report_complaint", "resume_case", "return_case", "reveal_reporter", "save_filter",
    "save_template", "set_deadline", "show_pictures", "split_case", "start_case", "take_back_pictures", "unmerge_case",
    "vouch_case", "withdraw_case",
]  # fmt: skip
