"""What happens to instructions, as labels and sentences. The sentence follows the name of the post that did it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.log import add_verb

for code, label, sentence, icon in (
    ("sent", pgettext_lazy("instruction", "Sent"), _("sent the instruction"), "send"),
    ("signed", pgettext_lazy("instruction", "Signed for"), _("signed for it"), "check"),
    ("returned", _("Sent back as not theirs"), _("sent it back as not theirs"), "arrow-back-up"),
    ("redirected", _("Given to another post"), _("gave it to another post"), "arrow-forward-up"),
    ("upheld", _("Stays with the post"), _("said that it stays with this post"), "arrow-forward-up"),
    ("extension_asked", _("More time asked for"), _("asked for more time"), "clock-plus"),
    ("extension_granted", _("More time granted"), _("granted more time"), "clock-check"),
    ("extension_refused", _("More time refused"), _("refused more time"), "clock-x"),
    ("supervised", _("Urged"), _("urged it"), "alert-triangle"),
    ("completed", pgettext_lazy("instruction", "Done"), _("did it and wrote the record"), "message-check"),
    ("sent_back", _("Not what was asked"), _("sent the record back: not what was asked"), "refresh"),
    ("checked", pgettext_lazy("instruction", "Checked"), _("checked the record"), "checkbox"),
    ("closed", pgettext_lazy("instruction", "Closed"), _("closed it"), "circle-check"),
    ("withdrawn", pgettext_lazy("instruction", "Taken back"), _("took it back"), "arrow-back"),
    ("lapsed", _("Past its end"), _("ended it: its end has passed"), "hourglass"),
    ("rule_set", _("Limit of instructions set"), _("decided how many instructions a village may be given"), "scale"),
    ("programme_entered", _("Programme entered"), _("entered a programme"), "file-text"),
    ("measure_added", _("Measure added"), _("added a measure to a programme"), "plus"),
    ("measure_ended", _("Measure ended"), _("ended a measure of a programme"), "circle-x"),
):
    add_verb(f"instructions.{code}", label, sentence, icon=icon)
