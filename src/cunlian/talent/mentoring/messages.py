"""What happened to plans, cultivation, mentoring and studies, for the timeline."""

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.log import add_verb

for _code, _label, _sentence, _icon in (
    ("plan_drawn", _("Plan drawn up"), _("drew up a plan for reserve cadres"), "list-check"),
    ("plan_corrected", _("Plan corrected"), _("corrected the plan"), "pencil"),
    ("plan_approved", _("Plan in force"), _("put the plan in force"), "check"),
    ("plan_closed", _("Plan closed"), _("closed the plan"), "circle-check"),
    ("cultivation_proposed", _("Proposed"), _("proposed somebody for cultivation"), "user-plus"),
    ("taken_in", _("Taken into cultivation"), _("took somebody into cultivation"), "seedling"),
    ("called_ready", _("Ready"), _("entered that somebody is ready"), "user-check"),
    ("cultivation_ended", _("Outcome entered"), _("entered what came of the cultivation"), "flag"),
    ("mentoring_begun", _("Mentoring begun"), _("began a mentoring"), "users"),
    ("mentee_added", _("Mentee added"), _("added a mentee"), "user-plus"),
    ("meeting_due", _("Meeting due"), _("found that a meeting is due"), "clock"),
    ("rhythm_agreed", _("Rhythm agreed"), _("entered how often they meet"), "calendar"),
    ("rhythm_set", _("Usual rhythm set"), _("decided how often mentor and mentees usually meet"), "calendar"),
    ("meeting_noted", _("Meeting noted"), _("noted a meeting"), "messages"),
    ("mentoring_completed", _("Mentoring completed"), _("completed the mentoring"), "circle-check"),
    ("mentoring_broken_off", _("Mentoring broken off"), _("broke the mentoring off"), "circle-x"),
    ("won_over", _("Won over to study"), _("entered that somebody was won over to study"), "school"),
    ("enrolled", _("Enrolled"), _("entered an enrolment"), "school"),
    ("graduated", _("Graduated"), _("entered a graduation"), "certificate"),
    ("study_left", _("Left the studies"), _("entered that somebody left the studies"), "circle-x"),
):
    add_verb(f"mentoring.{_code}", _label, _sentence, icon=_icon)
