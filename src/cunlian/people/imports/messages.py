"""What happened to lists brought in, for the timeline."""

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.log import add_verb

add_verb("people.list_brought", _("List brought in"), _("brought a list in"), icon="file-import")
add_verb(
    "people.list_ordered", _("Long work on a list"), _("named the columns or started work on the list"), icon="columns"
)
add_verb("people.list_checked", _("List checked"), _("had the rows of the list checked"), icon="list-check")
add_verb("people.line_decided", _("Row decided"), _("said who a row of the list is about"), icon="user-question")
add_verb("people.list_applied", _("List taken over"), _("took the list over into the register"), icon="database-import")
add_verb("people.list_undone", _("Import undone"), _("took the import back"), icon="arrow-back-up")
add_verb("people.list_discarded", _("List given up"), _("gave the list up"), icon="trash")
