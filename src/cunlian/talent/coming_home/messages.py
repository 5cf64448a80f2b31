"""What happens on a path home and around gatherings, as labels and sentences. Public: the person reads the step."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.log import add_verb

for code, label, sentence, icon, public in (
    ("begun", _("Interest told"), _("told the interest"), "home", True),
    ("begun_for", _("Interest entered"), _("entered the interest for the person"), "home", True),
    ("talked", pgettext_lazy("path home", "Talked"), _("noted a talk"), "message", True),
    ("support_asked", _("Support asked for"), _("asked for support"), "coin", True),
    ("support_decided", _("Support decided"), _("entered what was decided on the support"), "file-check", True),
    ("need_raised", _("Land, a house or a job asked for"), _("asked for land, a house or a job"), "link", True),
    ("arrived", _("Here"), _("entered the firm founded or the post taken"), "home-check", True),
    ("care_due", _("Look in due"), _("found that a look in is due"), "clock", False),
    ("looked_in", _("Looked in"), _("looked in: still here"), "check", True),
    ("stayed", _("Stayed two years"), _("looked in after two years: still here"), "checks", True),
    ("left", _("Went away again"), _("entered that the person went away again"), "arrow-back", True),
    ("reassigned", _("Another post goes along"), _("gave it to another post"), "arrow-forward-up", True),
    ("stopped", pgettext_lazy("path home", "Stopped"), _("stopped it, with a reason"), "circle-x", True),
    ("taken_back", pgettext_lazy("path home", "Taken back"), _("took it back"), "arrow-back", True),
    ("forgotten", _("Words erased"), _("erased what was said, as the rule says"), "eraser", False),
    ("gathering_held", _("Gathering entered"), _("entered a gathering of those away"), "users-group", False),
    ("gathering_corrected", _("Gathering corrected"), _("corrected a gathering"), "edit", False),
):
    add_verb(f"coming_home.{code}", label, sentence, icon=icon, public=public)
