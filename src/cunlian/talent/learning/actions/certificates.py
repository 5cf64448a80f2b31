"""Certificates: issued to all who attended enough, printed for their holder, taken back for a reason."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.models import Look
from cunlian.kernel.records import change, lock, ref
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.people.models import Person
from cunlian.talent.models import Attendance, Certificate, Course

# Without letters and digits that are taken for one another. 31 ** 12 codes: nobody guesses one.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12


def _new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _n in range(LENGTH))


def earned(course: Course) -> dict[Person, int]:
    """Hours by person, of those who attended enough and hold no valid certificate of the course."""
    if course.certificate_hours is None:
        return {}
    rows = Attendance.objects.held().named().filter(session__course=course).order_by()
    hours = dict(rows.values_list("person").annotate(n=Sum("session__hours")).filter(n__gte=course.certificate_hours))
    have = Certificate.objects.filter(course=course, revoked_on=None).values("person")
    persons = Person.objects.living_file().filter(pk__in=hours).exclude(pk__in=have).order_by("pk")
    return {person: hours[person.pk] for person in persons}


@transaction.atomic
def issue_certificates(course: Course, *, by: Actor) -> list[Certificate]:
    """One for each person who attended the hours the course asks for and has none yet."""
    course = lock(course)
    require(by, "learning.certify", course)
    if course.certificate_hours is None:
        raise Conflict(_("This course gives no certificate. Correct it and say how many hours make one."))
    found = earned(course)
    if not found:
        raise Conflict(_("Nobody who has no certificate yet has attended enough hours."))
    agreed = set(Attendance.objects.filter(session__course=course, by_consent=True).values_list("person_id", flat=True))
    made = Certificate.objects.bulk_create(
        Certificate(
            course=course, person=person, code=_new_code(), hours=hours, issued_on=clock.today(),
            by_consent=person.pk in agreed,
        )
        for person, hours in found.items()
    )  # fmt: skip
    log.record(by, "learning.certificates_issued", course, changed={"certificates": (0, len(made))})
    return made


@transaction.atomic
def revoke_certificate(certificate: Certificate, *, by: Actor, reason: str) -> Certificate:
    """Issued by mistake: whoever checks its code reads that it is not valid."""
    certificate = lock(certificate)
    require(by, "learning.certify", certificate)
    if certificate.revoked_on:
        raise Conflict(_("It is taken back already."))
    if not reason.strip():
        raise Invalid(_("Write why it is taken back. Its holder reads this."), field="reason")
    change(certificate, revoked_on=clock.today(), revoked_because=reason.strip())
    log.record(by, "learning.certificate_revoked", certificate)
    return certificate


@transaction.atomic
def print_certificate(certificate: Certificate, *, by: Actor) -> Certificate:
    """Staff print it for its holder. The full name stands on it, so this is a look the holder can read of."""
    require(by, "learning.hand_out", certificate)
    kind, key = ref(certificate)
    Look.objects.create(
        person_id=certificate.person_id, actor_id=by.user_id, post_id=by.post_id, fields="name",
        purpose=str(_("Certificate printed: %(course)s") % {"course": certificate.course})[:200], about_kind=kind,
        about_id=key, happened_at=clock.now(),
    )  # fmt: skip
    log.record(by, "learning.certificate_printed", certificate)
    return certificate
