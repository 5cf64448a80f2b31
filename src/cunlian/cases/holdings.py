"""What requests hold about a person, and how it goes: the record of a matter stays in the archive, masked."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from cunlian.accounts.models import User
from cunlian.cases.models import Case, Endorsement, Extension, Petition, Remark, SavedFilter, Showing
from cunlian.cases.receipts import shown
from cunlian.kernel import clock, evidence
from cunlian.kernel.erasure import add_eraser
from cunlian.kernel.holdings import Held, add_teller, facts
from cunlian.kernel.models import Attachment, Message
from cunlian.people.consent.masking import mask_of
from cunlian.places.models import District


def tell_cases(person_id: UUID) -> list[Held]:
    """What the person reported or joined. Complaints of others about them are not theirs to read."""
    basis = _("So that the matter is handled; afterwards the district's archive")
    own = Case.objects.filter(reporter_id=person_id).select_related("place").order_by("-reported_at")
    joined = Endorsement.objects.filter(person_id=person_id).select_related("case__place").order_by("-joined_at")
    mark = District.objects.values_list("receipt_mark", flat=True).first() or ""
    told = [
        Held(
            case.KIND, _("Request %(number)s") % {"number": shown(case.receipt, mark).lstrip("-")},
            facts(
                (_("In short"), case.title), (_("In your words"), case.text), (_("Where"), case.place),
                (_("Exactly"), case.place_text), (_("How to reach you"), case.contact_note),
                (_("State"), case.get_state_display()), (_("Reported on"), case.reported_at),
            ),
            clock.day_of(case.reported_at), basis,
        )
        for case in own
    ]  # fmt: skip
    return told + [
        Held(
            one.KIND, _("You joined request %(number)s") % {"number": shown(one.receipt, mark).lstrip("-")},
            facts((_("In your words"), one.words), (_("Where"), one.case.place), (_("Joined"), one.joined_at)),
            clock.day_of(one.joined_at), basis,
        )
        for one in joined
    ]  # fmt: skip


def forget_cases(person_id: UUID) -> int:
    """Who reported leaves the case; the words that stay for the archive lose name, phone and identity number. Photos the
    person sent and messages to them go."""
    mask = mask_of(person_id)
    joined = Endorsement.objects.filter(person_id=person_id)
    own = Case.objects.filter(reporter_id=person_id)
    told = list(
        Case.objects.filter(
            Q(reporter_id=person_id) | Q(about_person_id=person_id) | Q(endorsements__in=joined)
        ).distinct()
    )
    keys = [case.pk for case in told]
    touched = mask.hide_in(told, "title", "text", "place_text", "contact_note")
    touched += mask.hide_in(Remark.objects.filter(case__in=keys), "text")
    touched += mask.hide_in(Extension.objects.filter(case__in=keys), "reason")
    touched += mask.hide_in(Petition.objects.filter(case__in=keys), "result")
    touched += mask.hide_in(Attachment.objects.filter(about_id__in=keys), "caption")
    touched += mask.hide_in(Showing.objects.filter(case__in=keys), "words")
    sent = Attachment.objects.filter(about_id__in=own.values("pk"), by_post_id=None)
    for photo in (photos := list(sent)):
        evidence.detach(photo)
    touched += len(photos) + joined.update(person=None, words="", language="")
    touched += own.update(reporter=None, household=None, contact_note="", language="")
    touched += Case.objects.filter(about_person_id=person_id).update(about_person=None)
    touched += SavedFilter.objects.filter(user__person=person_id).delete()[0]
    touched += mask.hide_in(Message.objects.filter(about_id__in=keys), "subject", "body")
    return touched + _forget_messages(person_id)


def _forget_messages(person_id: UUID) -> int:
    """A message to somebody has the key of their file or account in its own (flows.notify)."""
    to_them = Q(key__contains=str(person_id))
    for user_id in User.objects.filter(person=person_id).values_list("pk", flat=True):
        to_them |= Q(key__contains=str(user_id))
    found = Message.objects.filter(to_them)
    unsent = found.exclude(state=Message.State.SENT).delete()[0]
    return unsent + found.exclude(address=b"").update(address=b"", subject="", body="")


add_teller("cases", tell_cases)
add_eraser("cases", forget_cases)
