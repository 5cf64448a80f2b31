"""What happened to proposals of who takes what, for the timeline."""

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.log import add_verb

add_verb("organisations.assignment_begun", _("Proposal begun"), _("began a proposal of who takes what"), icon="pencil")
add_verb("organisations.assignment_ordered", _("Proposal ordered"), _("had it worked out"), icon="player-play")
add_verb("organisations.assignment_worked", _("Proposal worked out"), _("worked out who takes what"), icon="route")
add_verb("organisations.assignment_ruled", _("Pair decided"), _("decided about a pair by hand"), icon="hand-move")
add_verb("organisations.ceiling_set", _("Ceiling set"), _("set how much a post takes"), icon="arrow-bar-to-up")
add_verb(
    "organisations.assignment_confirmed", _("Proposal confirmed"), _("confirmed who takes what"), icon="circle-check"
)
add_verb("organisations.assignment_dropped", _("Proposal dropped"), _("dropped the proposal"), icon="circle-x")
