"""What happens in mediation, as labels and sentences. No step is public: only the mediators read the file."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.log import add_verb

for code, label, sentence, icon, public in (
    ("applied", _("Mediation asked for"), _("entered that a side asks for mediation"), "scale", False),
    ("found", _("Mediation offered"), _("entered it and offers mediation"), "scale", False),
    ("consent_noted", _("A side agreed"), _("noted that a side agrees to mediation"), "user-check", False),
    ("refused", _("A side refused"), _("noted that a side refuses, and told both the other ways"), "user-off", False),
    ("accepted", pgettext_lazy("dispute", "Taken on"), _("took it on and named the mediator"), "inbox", False),
    ("reassigned", _("Another mediator"), _("gave it to another mediator"), "arrow-forward-up", False),
    ("session_held", _("Session held"), _("held a session"), "users", False),
    ("noted", _("Note for the mediators"), _("added a note for the mediators"), "note", False),
    ("agreed", _("Agreement reached"), _("entered the agreement"), "file-check", False),
    ("failed", _("No agreement"), _("ended it without agreement, and told both the other ways"), "circle-x", False),
    ("withdrawn", pgettext_lazy("dispute", "Withdrawn"), _("noted that it was withdrawn"), "arrow-back", False),
    ("performed", _("Performed"), _("checked: the agreement is performed"), "check", False),
    ("breached", _("Not performed"), _("checked: the agreement is not performed"), "alert-triangle", False),
    ("confirmed", _("Confirmed by the court"), _("entered that the court confirmed the agreement"), "building", False),
    ("body_founded", _("Mediation body entered"), _("entered a mediation body"), "users-group", False),
    ("body_named", _("Mediation body named"), _("gave a mediation body its name"), "tag", False),
    ("member_added", _("Mediator joined"), _("entered a member of a mediation body"), "user-plus", False),
    ("deadlines_set", _("Days of mediation set"), _("decided how long mediation may take"), "clock", False),
    ("member_ended", _("Mediator left"), _("entered that a member left a mediation body"), "user-minus", False),
):
    add_verb(f"disputes.{code}", label, sentence, icon=icon, public=public)

# What the sides are told when mediation does not end in an agreement (人民调解法 Art. 26).
OTHER_WAYS = {
    "court": _("Sue at the people's court"),
    "arbitration": _("Arbitration (land contracts, work, commerce)"),
    "administrative": _("Ask the office in charge to decide"),
    "legal_aid": _("Legal aid, free for those in need"),
    "petition": _("Bring it to the petition office"),
}
NO_WAY_TOLD = _("Tick which other ways you told both sides of; the court stands open to them in any case.")
