"""What happens to instructions, as labels and sentences. The sentence follows the name of the post that did it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.log import add_verb

for code, label, sentence, icon, public in (
    ("sent", pgettext_lazy("instruction", "Sent"), _("sent the instruction"), "send", False),
    ("signed", pgettext_lazy("instruction", "Signed for"), _("signed for it"), "check", False),
    ("returned", _("Sent back as not theirs"), _("sent it back as not theirs"), "arrow-back-up", False),
    ("redirected", _("Given to another post"), _("gave it to another post"), "arrow-forward-up", False),
    ("upheld", _("Stays with the post"), _("said that it stays with this post"), "arrow-forward-up", False),
    ("extension_asked", _("More time asked for"), _("asked for more time"), "clock-plus", False),
    ("extension_granted", _("More time granted"), _("granted more time"), "clock-check", False),
    ("extension_refused", _("More time refused"), _("refused more time"), "clock-x", False),
    ("supervised", _("Urged"), _("urged it"), "alert-triangle", False),
    ("completed", pgettext_lazy("instruction", "Done"), _("did it and wrote the record"), "message-check", False),
    ("sent_back", _("Not what was asked"), _("sent the record back: not what was asked"), "refresh", False),
    ("checked", pgettext_lazy("instruction", "Checked"), _("checked the record"), "checkbox", False),
    ("closed", pgettext_lazy("instruction", "Closed"), _("closed it"), "circle-check", False),
    ("withdrawn", pgettext_lazy("instruction", "Taken back"), _("took it back"), "arrow-back", False),
    ("lapsed", _("Past its end"), _("ended it: its end has passed"), "hourglass", False),
    (
        "rule_set",
        _("Limit of instructions set"),
        _("decided how many instructions a village may be given"),
        "scale",
        False,
    ),
    ("programme_entered", _("Programme entered"), _("entered a programme"), "file-text", False),
    ("measure_added", _("Measure added"), _("added a measure to a programme"), "plus", False),
    ("measure_ended", _("Measure ended"), _("ended a measure of a programme"), "circle-x", False),
):
    add_verb(f"instructions.{code}", label, sentence, icon=icon, public=public)
