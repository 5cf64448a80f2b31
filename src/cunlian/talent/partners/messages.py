"""What happens to calls, applications, agreements, results and bases. Public: the applicant reads the step."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.log import add_verb

for code, label, sentence, icon, public in (
    ("call_drawn", _("Call drawn up"), _("drew up a call for partners"), "edit", False),
    ("call_corrected", _("Call changed"), _("changed the draft of the call"), "edit", False),
    ("reviewer_named", _("Reviewer named"), _("named a reviewer"), "user-check", False),
    ("call_published", _("Call published"), _("published the call"), "speakerphone", False),
    ("call_closed", _("Call closed"), _("closed the call"), "circle-check", False),
    ("applied", _("Application sent"), _("sent an application"), "send", True),
    ("applied_for", _("Application entered"), _("entered an application for the person"), "send", True),
    ("word_given", _("A reviewer's word"), _("gave their word on it"), "message-check", False),
    ("conflict_declared", _("Conflict declared"), _("declared a conflict of interest"), "shield", False),
    ("taken", pgettext_lazy("application", "Taken"), _("took the application"), "check", True),
    ("not_taken", pgettext_lazy("application", "Not taken"), _("did not take the application"), "circle-x", True),
    ("application_withdrawn", _("Application withdrawn"), _("withdrew the application"), "arrow-back", True),
    ("application_forgotten", _("Application erased"), _("erased who it was, as the rule says"), "eraser", False),
    ("agreed", _("Agreement signed"), _("entered the agreement"), "file-check", True),
    ("project_named", _("Project named"), _("named the project"), "target", False),
    ("outcome_noted", _("Outcome noted"), _("noted the outcome"), "checkbox", False),
    ("renewed", _("Agreement renewed"), _("renewed the agreement"), "refresh", False),
    ("ended", _("Agreement ended"), _("ended the agreement"), "circle-check", False),
    ("result_taken_up", _("Result taken up"), _("entered a research result taken up"), "flask", False),
    ("result_outcome", _("Outcome of a result"), _("noted what came of a result"), "checkbox", False),
    ("base_founded", _("Teaching base entered"), _("entered a teaching base"), "school", False),
    ("base_ended", _("Teaching base ended"), _("ended a teaching base"), "circle-check", False),
):
    add_verb(f"partners.{code}", label, sentence, icon=icon, public=public)
