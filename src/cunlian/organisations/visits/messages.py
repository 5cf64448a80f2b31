"""What happened to visit notes. The log holds no word of them."""

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.log import add_verb

add_verb("organisations.visit_noted", _("Visit noted"), _("noted a visit"), icon="notes")
add_verb("organisations.visit_followed", _("Promise kept"), _("did what was promised at the visit"), icon="check")
add_verb("organisations.visit_erased", _("Note erased"), _("erased the note after its time"), icon="eraser")
