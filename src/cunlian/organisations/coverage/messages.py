"""What happened to leaves, matters of areas and ceilings, for the timeline."""

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.log import add_verb

add_verb("organisations.leave_entered", _("Leave entered"), _("entered that the holder is away"), icon="calendar-off")
add_verb("organisations.leave_ended", _("Back from leave"), _("entered that the holder is back"), icon="calendar-check")
add_verb(
    "organisations.matter_named", _("Matter of the area named"), _("named who answers for the matter"), icon="flag",
    public=True,
)  # fmt: skip
add_verb(
    "organisations.matter_ended", _("Matter of the area ended"), _("ended who answers for the matter"), icon="flag-off",
    public=True,
)  # fmt: skip
add_verb("organisations.duty_ceiling_set", _("Ceiling decided"), _("decided what one post may carry"), icon="scale")
