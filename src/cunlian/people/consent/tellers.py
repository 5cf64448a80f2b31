"""What people and consents hold about a person, as the person reads it, and how it goes."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from cunlian.kernel import clock, evidence
from cunlian.kernel.erasure import add_eraser
from cunlian.kernel.holdings import Held, add_teller, facts
from cunlian.kernel.models import Attachment
from cunlian.people.contact import full_contact
from cunlian.people.models import Circumstance, Consent, DataRequest, Person


def tell_person(person_id: UUID) -> list[Held]:
    person = Person.objects.living_file().select_related("place", "household", "user").filter(pk=person_id).first()
    if person is None:
        return []
    contact = full_contact(person)
    values = facts(
        (_("Name"), contact.name), (_("Gender"), person.get_gender_display() if person.gender else ""),
        (_("Year of birth"), person.birth_year), (_("Phone"), contact.phone),
        (_("Identity number"), contact.id_number), (_("Village"), person.place),
        (_("Lives elsewhere now"), _("Yes") if person.is_away else ""),
    )  # fmt: skip
    told = [Held(person.KIND, _("Your file"), values, basis=_("Needed to answer you and to serve the household"))]
    if home := person.household:
        values = facts((_("Household number"), home.number), (_("Address"), home.address), (_("Since"), home.starts_on))
        told.append(Held(home.KIND, _("Your household"), values, home.starts_on, _("Register of households")))
    if user := person.user:
        values = facts((_("Opened"), user.created_at), (_("Language"), user.language))
        told.append(
            Held(user.KIND, _("Your account"), values, clock.day_of(user.created_at), _("So that you can log in"))
        )
    return told


def tell_consents(person_id: UUID) -> list[Held]:
    rows = Consent.objects.for_list().filter(person_id=person_id)
    return [
        Held(
            row.KIND, _("Consent: %(purpose)s") % {"purpose": row.purpose},
            facts(
                (_("How"), row.get_way_display()), (_("Text"), _("version %(number)s") % {"number": row.text.version}),
                (_("Given"), row.given_at), (_("Taken back"), row.withdrawn_at), (_("Guardian"), row.guardian_name),
            ),
            clock.day_of(row.given_at), _("Proof that you were asked"),
        )
        for row in rows
    ]  # fmt: skip


def tell_circumstances(person_id: UUID) -> list[Held]:
    """Those in force: what lost its basis is shown to nobody any more."""
    rows = Circumstance.objects.in_force().for_list().filter(person_id=person_id)
    return [
        Held(
            row.KIND, row.told.kind.label,
            facts((_("In words"), row.told.words), (_("For"), row.purpose), (_("Kept until"), row.ends_on)),
            clock.day_of(row.noted_at), row.purpose.law or row.purpose.get_basis_display(),
        )
        for row in rows
    ]  # fmt: skip


def tell_requests(person_id: UUID) -> list[Held]:
    rows = DataRequest.objects.for_list().filter(person_id=person_id)
    return [
        Held(
            row.KIND, str(row),
            facts(
                (_("State"), row.get_state_display()), (_("Your words"), row.said), (_("Answer"), row.answered),
                (_("Asked"), row.asked_at), (_("Answered"), row.ended_at),
            ),
            clock.day_of(row.asked_at), _("Proof of what you asked and what was answered"),
        )
        for row in rows
    ]  # fmt: skip


def forget_consents(person_id: UUID) -> int:
    """That a consent was asked and taken back stays as proof without a name; its form, and who signed it, goes."""
    given = Consent.objects.filter(person_id=person_id)
    forms = list(Attachment.objects.filter(about_id__in=given.values("pk"), about_kind=Consent.KIND))
    for form in forms:
        evidence.detach(form)
    touched = given.exclude(guardian=b"").update(guardian=b"")
    touched += given.filter(withdrawn_at=None).update(withdrawn_at=clock.now())
    touched += Circumstance.objects.filter(person_id=person_id).delete()[0]
    touched += DataRequest.objects.filter(person_id=person_id).exclude(words=b"", answer=b"").update(
        words=b"", answer=b""
    )  # fmt: skip
    return touched + len(forms)


add_teller("people.person", tell_person)
add_teller("people.consents", tell_consents)
add_teller("people.circumstances", tell_circumstances)
add_teller("people.requests", tell_requests)
add_eraser("people.consents", forget_consents)
