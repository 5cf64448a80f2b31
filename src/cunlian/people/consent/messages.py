"""What happened to purposes and consents, for the timeline."""

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.log import add_verb

add_verb(
    "people.purpose_text_added", _("New text of a purpose"), _("wrote a new text of the purpose"), icon="file-text"
)
add_verb("people.consent_given", _("Consent given"), _("entered the person's consent"), icon="circle-check")
add_verb("people.consent_forms_printed", _("Forms printed"), _("printed blank forms of consent"), icon="printer")
add_verb("people.consent_form_seen", _("Signed form looked at"), _("looked at the signed form"), icon="eye")
add_verb("people.consent_withdrawn", _("Consent taken back"), _("took the consent back"), icon="circle-x")
add_verb(
    "people.viewer_named", _("Viewer named"), _("named a post that sees what is kept for the purpose"), icon="eye-check"
)
add_verb("people.viewer_ended", _("Viewer ended"), _("ended what the post sees"), icon="eye-off")
add_verb("people.circumstance_noted", _("Circumstance noted"), _("noted a circumstance"), icon="note")
add_verb("people.circumstance_seen", _("Circumstance looked at"), _("looked at a circumstance"), icon="eye")
add_verb("people.circumstance_ended", _("Circumstance ended"), _("ended and erased a circumstance"), icon="eraser")
add_verb("people.basis_erased", _("Erased, as its basis ended"), _("erased what had no basis any more"), icon="eraser")
add_verb("people.data_shown", _("Own data shown"), _("showed the person what is kept about them"), icon="file-search")
add_verb(
    "people.request_asked", _("Wish about own data"), _("asked for a correction or deletion"), icon="message-question"
)
add_verb("people.request_fulfilled", _("Wish fulfilled"), _("did what was asked"), icon="circle-check")
add_verb("people.request_withdrawn", _("Wish taken back"), _("took the wish back"), icon="arrow-back-up")
add_verb("people.request_refused", _("Wish not possible"), _("said why it is not possible"), icon="circle-x")
