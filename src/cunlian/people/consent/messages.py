"""What happened to purposes and consents, for the timeline."""

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.log import add_verb

add_verb(
    "people.purpose_text_added", _("New text of a purpose"), _("wrote a new text of the purpose"), icon="file-text"
)
add_verb("people.consent_given", _("Consent given"), _("entered the person's consent"), icon="circle-check")
add_verb("people.consent_withdrawn", _("Consent taken back"), _("took the consent back"), icon="circle-x")
