"""What people and consents hold about a person, as the person reads it, and how it goes."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from cunlian.kernel import clock, evidence
from cunlian.kernel.erasure import add_eraser
from cunlian.kernel.holdings import Held, add_teller, facts
from cunlian.kernel.models import Attachment
from cunlian.people.consent.questions import holds
from cunlian.people.contact import birth_date_of, full_contact
from cunlian.people.models import (
    Absence,
    Circumstance,
    Consent,
    DataRequest,
    Membership,
    Person,
    PersonVersion,
)


def tell_person(person_id: UUID) -> list[Held]:
    person = Person.objects.living_file().select_related("place", "household", "user").filter(pk=person_id).first()
    if person is None:
        return []
    contact = full_contact(person)
    values = facts(
        (_("Name"), contact.name), (_("Gender"), person.get_gender_display() if person.gender else ""),
        (_("Born"), birth_date_of(person) or person.birth_year), (_("Phone"), contact.phone),
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


def tell_register(person_id: UUID) -> list[Held]:
    """The days before today: where the person belonged, where they were, what stood in the file."""
    basis = _("Register of households; nothing of it is rewritten")
    living = Membership.objects.filter(person_id=person_id).select_related("household__place").order_by("-starts_on")
    told = [
        Held(
            row.KIND, _("Member of household %(number)s") % {"number": row.household.number},
            facts(
                (_("Village"), row.household.place), (_("Relation"), row.get_relation_display() if row.relation else ""),
                (_("From"), row.starts_on), (_("Until"), row.ends_on),
            ),
            row.starts_on, basis,
        )
        for row in living
    ]  # fmt: skip
    return told + _absences(person_id) + _versions(person_id, basis)


def _absences(person_id: UUID) -> list[Held]:
    person = Person.objects.filter(pk=person_id).first()
    agreed = person is not None and holds(person, "contact_away")
    return [
        Held(
            row.KIND, _("Living elsewhere"),
            facts(
                (_("Where"), row.whereabouts), (_("Work"), row.get_work_display() if row.work else ""),
                (_("Back in"), row.get_back_in_display() if agreed and row.back_in else ""),
                (_("To be asked about"), row.ask_about if agreed else ""), (_("From"), row.starts_on),
                (_("Until"), row.ends_on),
            ),
            row.starts_on, _("Register of households"),
        )
        for row in Absence.objects.filter(person_id=person_id).order_by("-starts_on")
    ]  # fmt: skip


def _versions(person_id: UUID, basis: str) -> list[Held]:
    return [
        Held(
            row.KIND, _("What stood in your file before"),
            facts(
                (_("Name"), row.name), (_("Gender"), row.get_gender_display() if row.gender else ""),
                (_("Year of birth"), row.birth_year), (_("Phone"), row.masked_phone),
                (_("Identity number"), row.masked_id_number), (_("From"), row.starts_on), (_("Until"), row.ends_on),
            ),
            row.starts_on, basis,
        )
        for row in PersonVersion.objects.filter(person_id=person_id).order_by("-ends_on")
    ]  # fmt: skip


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
            facts((_("In words"), row.told.words), (_("For the purpose"), row.purpose), (_("Kept until"), row.ends_on)),
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
add_teller("people.register", tell_register)
add_teller("people.consents", tell_consents)
add_teller("people.circumstances", tell_circumstances)
add_teller("people.requests", tell_requests)
add_eraser("people.consents", forget_consents)
