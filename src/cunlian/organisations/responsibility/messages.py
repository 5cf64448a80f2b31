"""What happened to yearly lists, for the timeline."""

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.log import add_verb

add_verb("organisations.list_drawn", _("List drawn up"), _("drew up the yearly list"), icon="list-check")
add_verb("organisations.line_added", _("Line added"), _("added a line"), icon="plus")
add_verb("organisations.line_removed", _("Line taken out"), _("took a line out"), icon="minus")
add_verb(
    "organisations.lines_taken_over", _("Running duties taken over"), _("took over the duties that run"), icon="copy"
)
add_verb("organisations.list_approved", _("List approved"), _("approved the yearly list"), icon="check")
add_verb(
    "organisations.list_reopened", _("Back to the draft"), _("took the list back to the draft"), icon="arrow-back-up"
)
add_verb(
    "organisations.list_published",
    _("List published"),
    _("published the yearly list"),
    icon="speakerphone",
    public=True,
)
add_verb("organisations.list_closed", _("List closed"), _("closed the yearly list"), icon="circle-check", public=True)
