"""Agreeing, taking it back, and the words that are agreed to."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, evidence, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.models import Evidence
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.kernel.secrets import encrypt
from cunlian.people.consent.purposes import purpose_of
from cunlian.people.consent.questions import is_child
from cunlian.people.contact import clean_name
from cunlian.people.models import Consent, Person, Purpose, PurposeText

Way = Consent.Way


@transaction.atomic
def add_text(purpose: Purpose, *, by: Actor, text: str) -> PurposeText:
    """New words for those who agree from now on. Whoever agreed to earlier ones agreed to those."""
    purpose = lock(purpose)
    require(by, "people.keep_purposes", purpose)
    last = purpose.current_text()
    if len(text.strip()) < 20:
        raise Invalid(_("Say in plain words what is kept, who sees it and until when."), field="text")
    if text.strip() == last.text:
        raise Conflict(_("These are the words that hold already."), field="text")
    added = PurposeText.objects.create(
        purpose=purpose, version=last.version + 1, text=text.strip(), written_at=clock.now()
    )
    log.record(by, "people.purpose_text_added", purpose, changed={"version": (last.version, added.version)})
    return added


def _check_way(person: Person, by: Actor, way: str, scan: Evidence | None, guardian: str) -> None:
    if way not in Way:
        raise Invalid(_("Please choose how the consent was given."), field="way")
    if is_child(person) and way != Way.GUARDIAN:
        raise Invalid(
            _("For a child under fourteen the guardian agrees, on paper."),
            field="way", rule=_("Personal Information Protection Law, Art. 31"),
        )  # fmt: skip
    if way == Way.ONLINE and not by.is_system and by.person_id != person.pk:
        raise Invalid(
            _("Online only the person agrees, from their own account. At the desk, take the form."), field="way"
        )
    if way != Way.ONLINE and scan is None:
        raise Invalid(_("Please add a photo or scan of the signed form."), field="scan")
    if way == Way.GUARDIAN and not guardian.strip():
        raise Invalid(_("Please write the name of the guardian who signed."), field="guardian")


@transaction.atomic
def give(
    person: Person,
    *,
    by: Actor,
    purpose: str,
    way: str,
    scan: Evidence | None = None,
    guardian: str = "",
    version: int | None = None,
) -> Consent:
    """The person agrees to the text of ``purpose`` (a code name) that holds now. ``version``: the one they have read;
    Conflict when it is an older one. ``scan``: the signed form, needed on paper. Agreeing again to the same words changes
    nothing; agreeing to new words replaces the earlier consent."""
    person = lock(person)
    require(by, "people.give_consent", person)
    kept_for = purpose_of(purpose)
    text = kept_for.current_text()
    if kept_for.by_law or not kept_for.runs_on(clock.today()):
        raise Invalid(_("No consent is asked for this purpose."), field="purpose")
    if version is not None and version != text.version:
        raise Conflict(_("The words have changed meanwhile. Please read them again before you agree."), field="purpose")
    _check_way(person, by, way, scan, guardian)
    before = Consent.objects.open().filter(person=person, purpose=kept_for).first()
    if before and before.text_id == text.pk:
        return before
    now = clock.now()
    if before:
        change(before, withdrawn_at=now)
    consent = Consent.objects.create(
        person=person, purpose=kept_for, text=text, way=way, given_at=now,
        guardian=encrypt(clean_name(guardian)) if way == Way.GUARDIAN else b"",
    )  # fmt: skip
    if scan:
        evidence.attach(consent, scan, by)
    changed = {"purpose": (None, kept_for.code), "version": (None, text.version), "way": (None, str(way))}
    log.record(by, "people.consent_given", consent, changed=changed)
    return consent


@transaction.atomic
def withdraw(consent: Consent, *, by: Actor) -> Consent:
    """Taken back, without a reason and without harm. What is kept because of it is hidden from now on and erased by the
    retention job. Taking back twice is quiet."""
    consent = lock(consent)
    require(by, "people.withdraw_consent", consent.person)
    if consent.withdrawn_at:
        return consent
    changed = change(consent, withdrawn_at=clock.now())
    log.record(by, "people.consent_withdrawn", consent, changed=changed)
    return consent
