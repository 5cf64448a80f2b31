"""Agreeing, taking it back, and the words that are agreed to."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, evidence, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.ids import new_receipt, read_receipt
from cunlian.kernel.models import Attachment, Evidence
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid, Missing, Text
from cunlian.kernel.secrets import encrypt
from cunlian.people.consent.purposes import purpose_of
from cunlian.people.consent.questions import is_child
from cunlian.people.contact import clean_name
from cunlian.people.looks import check_purpose, look
from cunlian.people.models import Consent, ConsentForm, Person, Purpose, PurposeText

Way = Consent.Way
MOST_COPIES = 20


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
def print_forms(purpose: Purpose, *, by: Actor, copies: int = 1) -> list[ConsentForm]:
    """Blank forms with the words that hold now, each with a number of its own, to be signed on paper."""
    require(by, "people.print_consent_forms", purpose)
    if purpose.by_law or not purpose.runs_on(clock.today()):
        raise Invalid(_("No consent is asked for this purpose."), field="purpose")
    if not 1 <= copies <= MOST_COPIES:
        raise Invalid(_("Print 1 to %(most)s forms at once.") % {"most": MOST_COPIES}, field="copies")
    text, now = purpose.current_text(), clock.now()
    month = f"{clock.today():%y%m}"
    made = [
        ConsentForm.objects.create(number=new_receipt(month), text=text, printed_at=now, by_post_id=by.post_id)
        for _copy in range(copies)
    ]
    log.record(
        by, "people.consent_forms_printed", purpose, changed={"copies": (None, copies), "version": (None, text.version)}
    )
    return made


def _form_of(number: str, purpose: Purpose) -> ConsentForm | None:
    """The printed form with this number, if one is written. Its words must be those that hold, and nobody else's."""
    if not number.strip():
        return None
    form = ConsentForm.objects.select_related("text__purpose").filter(number=read_receipt(number) or "").first()
    wrong: Text = ""
    if form is None:
        wrong = _("There is no form with this number. Please check the digits; they stand beside the code.")
    elif form.text.purpose_id != purpose.pk:
        wrong = _("This form is for another purpose: “%(purpose)s”.") % {"purpose": form.text.purpose}
    elif Consent.objects.filter(form=form).exists():
        wrong = _("This form has been entered already, for this person or another.")
    elif form.text_id != purpose.current_text().pk:
        wrong = _("The words have changed since this form was printed. Print the new one and have it signed.")
    if wrong:
        raise Invalid(wrong, field="form_number")
    return form


@transaction.atomic
def look_at_form(consent: Consent, *, by: Actor, purpose: str) -> tuple[Evidence, bytes]:
    """The signed form, for a purpose the person will read. Missing when the consent was given online."""
    require(by, "people.see_consent_form", consent.person)
    purpose = check_purpose(purpose)
    attachment = Attachment.objects.about(consent).select_related("evidence").first()
    if attachment is None:
        raise Missing(_("No form hangs on this consent."))
    look(consent.person, by, "consent_form", purpose, about=consent)
    log.record(by, "people.consent_form_seen", consent)
    return attachment.evidence, evidence.bytes_of(attachment.evidence)


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
    form_number: str = "",
) -> Consent:
    """The person agrees to the text of ``purpose`` (a code name) that holds now. ``version``: the one they have read;
    Conflict when it is an older one. ``scan``: the signed form, needed on paper and kept sealed; ``form_number``: the number
    printed on it. Agreeing again to the same words changes
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
    form = _form_of(form_number, kept_for)
    before = Consent.objects.open().filter(person=person, purpose=kept_for).first()
    if before and before.text_id == text.pk:
        return before
    now = clock.now()
    if before:
        change(before, withdrawn_at=now)
    consent = Consent.objects.create(
        person=person, purpose=kept_for, text=text, way=way, given_at=now, form=form,
        guardian=encrypt(clean_name(guardian)) if way == Way.GUARDIAN else b"",
    )  # fmt: skip
    if scan:
        evidence.attach(consent, evidence.seal(scan), by)
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
