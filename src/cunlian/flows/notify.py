"""Telling people: the one who reported hears of every step that concerns them, posts hear when something is late. Each in
the language they chose, which is Chinese unless they chose another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cunlian.accounts.actors import actor_of
from cunlian.accounts.models import User
from cunlian.cases.models import Case
from cunlian.cases.models.case import Extension, Remark
from cunlian.cases.receipts import shown
from cunlian.cases.rules import REOPEN_DAYS
from cunlian.kernel import days, messages
from cunlian.kernel.models import Activity, Promise
from cunlian.kernel.promises import rung_reached
from cunlian.kernel.records import model_of
from cunlian.kernel.refusals import Text
from cunlian.kernel.secrets import decrypt
from cunlian.organisations.above import posts_above
from cunlian.organisations.models import Post
from cunlian.people.models import Person
from cunlian.places.models import District

_LATE, _LATE_SINCE = (
    gettext_lazy("An answer is late"),
    gettext_lazy("%(post)s owes an answer since %(due)s. Open it: %(link)s"),
)
_MOVED, _MOVED_TO = (
    gettext_lazy("A day has moved"),
    gettext_lazy("%(post)s now owes the answer by %(due)s, by the new list of holidays. Open it: %(link)s"),
)
_REFUSED, _REFUSED_WHY = (
    gettext_lazy("More time was refused"),
    gettext_lazy("Request %(number)s: the time %(post)s asked for was refused. Read why: %(link)s"),
)
PAGES = {
    "case": "cases",
    "data_request": "data-requests",
    "dispute": "disputes",
    "homecoming": "coming-home",
    "partner_application": "partners/applications",
    "instruction_copy": "instructions/copies",
    "leaving": "units/leavings",
    "mentor_pair": "mentoring",
    "talent_entry": "talent/entries",
    "visit_note": "visits",
}
"""Where the desk shows what a promise is about."""


def receipt_text(receipt: str) -> str:
    """A receipt as it is printed and read out: the district's mark, month and number."""
    mark = District.objects.values_list("receipt_mark", flat=True).first() or ""
    return shown(receipt, mark).lstrip("-")


@dataclass(frozen=True)
class Listener:
    """Somebody who waits for a case and can be told, under a receipt of their own."""

    person_id: UUID
    phone: str
    receipt: str
    language: str


def listeners(case: Case) -> Iterator[Listener]:
    """Everybody to be told: who reported it, who joined it, who reported what was merged into it."""
    joined = case.endorsements.select_related("person__user")
    merged = case.merged.select_related("reporter__user")
    waiting = [(one.person, one) for one in joined] + [(one.reporter, one) for one in merged]
    for person, record in [(case.reporter, case), *waiting]:
        if person and person.can_be_told:
            language = language_of(person.user, record.language)
            yield Listener(person.pk, decrypt(person.phone), record.receipt, language)


def language_of(user: User | None, kept: str = "") -> str:
    """That of the account, else the one kept with the record."""
    return (user.language if user else "") or kept or settings.LANGUAGE_CODE


def _remark(activity: Activity) -> str:
    """The public words of this step, if any."""
    named = (activity.changed.get("remark") or (None, None))[1]
    remark = Remark.objects.filter(pk=named, public=True).first() if named else None
    return remark.text if remark else ""


def _text(case: Case, activity: Activity, receipt: str) -> str:
    number, words, link = receipt_text(receipt), _remark(activity), f"{settings.PUBLIC_URL}/follow/?receipt={receipt}"
    holder = str(case.holder) if case.holder else ""
    due = days.day(case.promise.due_at)
    texts = {
        "cases.reported": _("We have your request, receipt %(number)s. %(holder)s has it and answers by %(due)s."),
        "cases.reported_for": _("Your request was entered for you, receipt %(number)s. %(holder)s answers by %(due)s."),
        "cases.dispatched": _("Your request %(number)s is now with %(holder)s, who answers by %(due)s."),
        "cases.rejected": _("Your request %(number)s was not taken on: %(words)s"),
        "cases.extension_granted": _("Your request %(number)s takes longer, until %(due)s: %(words)s"),
        "cases.answered": _("Answer to your request %(number)s: %(words)s Is it fixed? Tell us: %(link)s"),
        "cases.vouched": _(
            "A neighbour says that it is fixed, request %(number)s. If it is not, say so within %(days)s days: %(link)s"
        ),
        "cases.elapsed": _(
            "Nobody told us whether it is fixed, so request %(number)s is closed as “no reply”. If it is not fixed, say so "
            "within %(days)s days: %(link)s"
        ),
        "cases.reopened": _("Your request %(number)s is being handled again by %(holder)s, who answers by %(due)s."),
        "cases.merged": _(
            "Your request %(number)s was joined with the same one of a neighbour. You get the same answer."
        ),
        "cases.unmerged": _(
            "Your request %(number)s is handled by itself again. %(holder)s has it and answers by %(due)s."
        ),
        "promises.moved": _("The day for the answer to your request %(number)s is now %(due)s, by the new holidays."),
    }
    said = {"number": number, "holder": holder, "due": due, "words": words, "link": link, "days": REOPEN_DAYS}
    return texts[activity.verb] % said


def _tell_listeners(case: Case, activity: Activity) -> None:
    for one in listeners(case):
        with translation.override(one.language):
            body = _text(case, activity, one.receipt)
        messages.queue(f"{activity.id}:{one.person_id}:{one.receipt}", "sms", one.phone, "", body, about=case)


def tell_reporter(activity: Activity) -> None:
    """Queue a text message to everybody who waits for the case and left a phone. One per step and person."""
    if case := _case(activity.object_id):
        _tell_listeners(case, activity)


def _case(key: UUID) -> Case | None:
    return Case.objects.select_related("reporter__user", "holder__organisation", "promise").filter(pk=key).first()


def _promise(activity: Activity) -> tuple[Promise, Post] | None:
    """The promise the row is about and the post that owes it."""
    promise = Promise.objects.filter(pk=activity.object_id).first()
    if promise is None or promise.owner_id is None:
        return None
    owner = Post.objects.select_related("organisation").filter(pk=promise.owner_id).first()
    return (promise, owner) if owner else None


def holders_seeing(post: Post, kind: str, key: UUID) -> list[User]:
    """Who holds the post and may see the record. Nobody hears of what is withheld from them."""
    records = model_of(kind)._default_manager
    found = []
    for user in post.holder_users():
        actor = actor_of(user, Person.objects.of_user(user.pk))
        if records.visible_to(actor).filter(pk=key).exists():  # type: ignore[attr-defined]
            found.append(user)
    return found


def write_to(users: Iterable[User], activity: Activity, subject: Text, body: Text, page: str, **said: Any) -> None:
    """``said``: what the text names; moments are written in the language of each."""
    for user in users:
        if not user.email:
            continue
        with translation.override(language_of(user)):
            told = {name: days.moment(value) if isinstance(value, datetime) else value for name, value in said.items()}
            text = str(body) % {"link": f"{settings.PUBLIC_URL}/desk/{page}/", **told}
            messages.queue(f"{activity.id}:{user.pk}", "email", user.email, str(subject), text)


def _page(promise: Promise) -> str:
    return f"{PAGES[promise.about_kind]}/{promise.about_id}"


def tell_ladder(activity: Activity) -> None:
    """A promise is late: the next post above the owner hears, one rung a time; past the top it is the top again. Where
    nobody there may see the record, as with a complaint, whoever owes it is reminded instead."""
    found = _promise(activity)
    if found is None:
        return
    promise, owner = found
    above = posts_above(owner)
    seeing = partial(holders_seeing, kind=promise.about_kind, key=promise.about_id)
    told = seeing(above[min(rung_reached(activity), len(above)) - 1]) if above else []
    write_to(told or seeing(owner), activity, _LATE, _LATE_SINCE, _page(promise), post=owner, due=promise.due_at)


def tell_moved(activity: Activity) -> None:
    """A day moved by a new list of holidays: whoever owes hears it, and whoever waits."""
    found = _promise(activity)
    if found is None:
        return
    promise, owner = found
    users = holders_seeing(owner, promise.about_kind, promise.about_id)
    write_to(users, activity, _MOVED, _MOVED_TO, _page(promise), post=owner, due=promise.due_at)
    case = _case(promise.about_id) if promise.about_kind == Case.KIND else None
    if case:
        _tell_listeners(case, activity)


def tell_asker(activity: Activity) -> None:
    """More time was refused: whoever holds the post that asked hears it. Why stands with the request, for staff alone."""
    asked = Extension.objects.filter(case_id=activity.object_id, granted=False, decided_at__lte=activity.happened_at)
    extension = asked.select_related("case", "asked_by__organisation").order_by("-decided_at").first()
    if extension is None or extension.asked_by is None:
        return
    users, case = holders_seeing(extension.asked_by, Case.KIND, extension.case_id), extension.case
    number = receipt_text(case.receipt)
    write_to(users, activity, _REFUSED, _REFUSED_WHY, f"cases/{case.pk}", post=extension.asked_by, number=number)
