"""What happened to units, posts and duties, for the timeline."""

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.log import add_verb

add_verb("organisations.founded", _("Unit founded"), _("founded the unit"), icon="building-community", public=True)
add_verb("organisations.post_created", _("Post created"), _("created the post"), icon="id-badge", public=True)
add_verb("organisations.appointed", _("Appointed"), _("appointed somebody to the post"), icon="user-check", public=True)
add_verb("organisations.posting_ended", _("Posting ended"), _("ended the posting"), icon="user-minus", public=True)
add_verb("organisations.duty_assigned", _("Duty assigned"), _("assigned the duty"), icon="map-pin", public=True)
add_verb("organisations.duty_ended", _("Duty ended"), _("ended the duty"), icon="map-pin-off", public=True)
add_verb("organisations.stand_in_arranged", _("Stand-in arranged"), _("arranged a stand-in"), icon="users", public=True)
add_verb(
    "organisations.stand_in_ended", _("Stand-in ended"), _("ended the standing in"), icon="users-minus", public=True
)
add_verb("organisations.wound_up", _("Offices ended"), _("ended the units and posts of the place"), icon="building-off")
add_verb("organisations.account_joined", _("Account joined"), _("joined an account to the holder"), icon="link")
add_verb("organisations.gap_found", _("Gap found"), _("found that nobody answers here"), icon="alert-triangle")
add_verb("organisations.gap_closed", _("Gap closed"), _("found that somebody answers here again"), icon="check")
add_verb("organisations.unit_joined", _("Unit joined"), _("made the unit a member"), icon="link", public=True)
add_verb("organisations.unit_left", _("Unit left"), _("ended the membership of the unit"), icon="unlink", public=True)
add_verb("organisations.lead_named", _("Lead named"), _("named the post that leads the unit"), icon="star", public=True)
add_verb("organisations.lead_ended", _("Lead ended"), _("ended the lead of the unit"), icon="star-off", public=True)
add_verb(
    "organisations.secretary_filed",
    _("Filed with the county"),
    _("filed the secretary with the county"),
    icon="file-check",
)
add_verb("organisations.number_declared", _("Number declared"), _("declared the number"), icon="clipboard-data")
add_verb("organisations.handed_over", _("Handed over"), _("handed over what the post carries"), icon="arrows-exchange")
add_verb("organisations.audit_settled", _("Audit settled"), _("entered the result of the audit"), icon="file-check")
