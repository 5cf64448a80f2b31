"""What is held about a person because of training, as the person reads it."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from cunlian.kernel.holdings import Held, add_teller, facts
from cunlian.kernel.refusals import Text
from cunlian.talent.models import Attendance, Certificate, CourseCall


def why(by_consent: bool) -> Text:
    return _("You agreed to it") if by_consent else _("You hold or held a post")


def tell_learning(person_id: UUID) -> list[Held]:
    came = Attendance.objects.filter(person=person_id).select_related("session__course", "session__place", "post")
    called = CourseCall.objects.filter(person=person_id).select_related("course")
    given = Certificate.objects.filter(person=person_id).select_related("course")
    told = [
        Held(
            row.KIND, _("Training: %(course)s") % {"course": row.session.course},
            facts(
                (_("Day"), row.session.held_on), (_("Where"), row.session.destination or row.session.venue),
                (_("Hours"), row.session.hours), (_("As"), row.post),
            ),
            row.session.held_on, why(row.by_consent),
        )
        for row in came.order_by("-session__held_on", "pk")
    ]  # fmt: skip
    told += [
        Held(
            row.KIND, _("On the list of a course: %(course)s") % {"course": row.course},
            facts((_("Begins on"), row.course.starts_on)), row.course.starts_on, why(row.by_consent),
        )
        for row in called.order_by("-course__starts_on", "pk")
    ]  # fmt: skip
    return told + [
        Held(
            row.KIND, _("Certificate: %(course)s") % {"course": row.course},
            facts(
                (_("Check code"), row.shown_code), (_("Hours"), row.hours), (_("Issued on"), row.issued_on),
                (_("Taken back on"), row.revoked_on), (_("Reason"), row.revoked_because),
            ),
            row.issued_on, why(row.by_consent),
        )
        for row in given.order_by("-issued_on", "pk")
    ]  # fmt: skip


add_teller("learning.attendance", tell_learning)
