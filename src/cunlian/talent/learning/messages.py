"""What happened to courses, sessions and certificates, for the timeline."""

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.log import add_verb

for _code, _label, _sentence, _icon in (
    ("course_planned", _("Course planned"), _("planned a course"), "calendar-plus"),
    ("course_corrected", _("Course corrected"), _("corrected a course"), "pencil"),
    ("called", _("Put on the list"), _("put somebody on the course's list"), "user-plus"),
    ("uncalled", _("Taken off the list"), _("took somebody off the course's list"), "user-minus"),
    ("course_opened", _("Course opened"), _("opened the course"), "player-play"),
    ("course_reopened", _("Course opened again"), _("opened the course again"), "rotate"),
    ("course_closed", _("Course closed"), _("closed the course"), "circle-check"),
    ("course_cancelled", _("Course cancelled"), _("cancelled the course"), "circle-x"),
    ("session_added", _("Session planned"), _("planned a session"), "calendar-plus"),
    ("session_held", _("Session held"), _("entered that the session took place"), "check"),
    ("session_dropped", _("Session cancelled"), _("cancelled the session"), "circle-x"),
    ("attendance_entered", _("Attendance entered"), _("entered who came"), "user-check"),
    ("attendance_struck", _("Attendance taken out"), _("took an attendance out"), "user-minus"),
    ("attendance_declared", _("Number declared"), _("declared how many came"), "hash"),
    ("lessons_written", _("Lessons written down"), _("wrote down what was learned"), "note"),
    ("certificates_issued", _("Certificates issued"), _("issued certificates"), "certificate"),
    ("certificate_revoked", _("Certificate taken back"), _("took a certificate back"), "certificate-off"),
    ("certificate_printed", _("Certificate printed"), _("printed a certificate"), "printer"),
):
    add_verb(f"learning.{_code}", _label, _sentence, icon=_icon)
