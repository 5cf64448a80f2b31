"""What is held about a person because of mentoring, cultivation and studies, as the person reads it."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cunlian.kernel.holdings import Held, add_teller, facts
from cunlian.talent.learning.holdings import why
from cunlian.talent.models import Cultivation, EducationUpgrade, Mentee, Mentoring


def tell_mentoring(person_id: UUID) -> list[Held]:
    """One's own part of it: who else is mentored stands nowhere here."""
    taught = Mentee.objects.filter(person=person_id).select_related(
        "mentoring__mentor_post", "mentoring__mentor_person"
    )
    led = Mentoring.objects.filter(mentor_person=person_id)
    told = [
        Held(
            row.KIND, _("You are mentored: %(kind)s") % {"kind": row.mentoring.get_mentoring_kind_display()},
            facts(
                (_("Mentor"), row.mentoring.mentor), (_("Goals"), row.mentoring.goals), (_("From"), row.joined_on),
                (_("Until"), row.mentoring.ended_on or row.mentoring.ends_on), (_("Result"), row.mentoring.result),
            ),
            row.joined_on, why(row.by_consent),
        )
        for row in taught.order_by("-joined_on", "pk")
    ]  # fmt: skip
    return told + [
        Held(
            one.KIND, _("You mentor others: %(kind)s") % {"kind": one.get_mentoring_kind_display()},
            facts(
                (_("Goals"), one.goals), (_("From"), one.starts_on), (_("Until"), one.ended_on or one.ends_on),
                (_("Result"), one.result),
            ),
            one.starts_on, why(one.by_consent),
        )
        for one in led.order_by("-starts_on", "pk")
    ]  # fmt: skip


def tell_cultivation(person_id: UUID) -> list[Held]:
    grown = Cultivation.objects.filter(person=person_id).select_related("place")
    studied = EducationUpgrade.objects.filter(person=person_id).select_related("place")
    told = [
        Held(
            row.KIND, _("Cultivated as: %(kind)s") % {"kind": row.get_cultivation_kind_display()},
            facts(
                (_("Village"), row.place), (pgettext("cultivation", "What for"), row.aim),
                (_("Stage"), row.get_state_display()),
                (_("Since"), row.starts_on), (_("Ended on"), row.ended_on),
                (_("Outcome"), row.get_outcome_display() if row.outcome else ""),
            ),
            row.starts_on, why(row.by_consent),
        )
        for row in grown.order_by("-starts_on", "pk")
    ]  # fmt: skip
    return told + [
        Held(
            row.KIND, _("Studies: %(programme)s") % {"programme": row.get_programme_display()},
            facts(
                (_("School"), row.school), (_("State"), row.get_state_display()), (_("From"), row.starts_on),
                (_("Until"), row.ended_on or row.until),
            ),
            row.won_on, why(row.by_consent),
        )
        for row in studied.order_by("-won_on", "pk")
    ]  # fmt: skip


add_teller("mentoring.mentoring", tell_mentoring)
add_teller("mentoring.cultivation", tell_cultivation)
