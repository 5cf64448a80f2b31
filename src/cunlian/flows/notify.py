"""Telling people: the one who reported hears of every step that concerns them, posts hear when something is late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cunlian.accounts.actors import actor_of
from cunlian.accounts.models import User
from cunlian.cases.models import Case
from cunlian.cases.models.case import Remark
from cunlian.cases.receipts import shown
from cunlian.kernel import clock, messages
from cunlian.kernel.models import Activity, Promise
from cunlian.kernel.promises import rung_reached
from cunlian.kernel.records import model_of
from cunlian.kernel.refusals import Text
from cunlian.kernel.secrets import decrypt
from cunlian.organisations.chain import posts_above
from cunlian.organisations.models import Post
from cunlian.people.models import Person
from cunlian.places.models import District

LANGUAGE = "zh-hans"
PAGES = {"case": "cases", "dispute": "disputes"}
"""Where the desk shows what a promise is about."""


def receipt_text(receipt: str) -> str:
    """A receipt as it is printed and read out: the district's mark, month and number."""
    mark = District.objects.values_list("receipt_mark", flat=True).first() or ""
    return shown(receipt, mark).lstrip("-")


def _day(instant: datetime) -> str:
    """The Shanghai day, in the language now active: 7月9日."""
    return date_format(clock.day_of(instant), "MONTH_DAY_FORMAT")


def _moment(instant: datetime) -> str:
    return f"{_day(instant)} {instant.astimezone(clock.SHANGHAI):%H:%M}"


def listeners(case: Case) -> Iterator[tuple[Person, str]]:
    """Everybody who waits for this case: who reported it, who joined it, who reported what was merged into it."""
    if case.reporter:
        yield case.reporter, case.receipt
    for joined in case.endorsements.select_related("person"):
        if joined.person:
            yield joined.person, joined.receipt
    for other in case.merged.select_related("reporter"):
        if other.reporter:
            yield other.reporter, other.receipt


def _remark(activity: Activity) -> str:
    """The public words of this step, if any."""
    named = (activity.changed.get("remark") or (None, None))[1]
    remark = Remark.objects.filter(pk=named, public=True).first() if named else None
    return remark.text if remark else ""


def _text(case: Case, activity: Activity, receipt: str) -> str:
    number, words, link = receipt_text(receipt), _remark(activity), f"{settings.PUBLIC_URL}/r/{receipt}/"
    holder = str(case.holder) if case.holder else ""
    due = _day(case.promise.due_at) if case.promise else ""
    texts = {
        "cases.reported": _("We have your request, receipt %(number)s. %(holder)s has it and answers by %(due)s."),
        "cases.reported_for": _("Your request was entered for you, receipt %(number)s. %(holder)s answers by %(due)s."),
        "cases.dispatched": _("Your request %(number)s is now with %(holder)s, who answers by %(due)s."),
        "cases.rejected": _("Your request %(number)s was not taken on: %(words)s"),
        "cases.extension_granted": _("Your request %(number)s takes longer, until %(due)s: %(words)s"),
        "cases.answered": _("Answer to your request %(number)s: %(words)s Is it fixed? Tell us: %(link)s"),
        "cases.reopened": _("Your request %(number)s is being handled again by %(holder)s, who answers by %(due)s."),
        "cases.merged": _(
            "Your request %(number)s was joined with the same one of a neighbour. You get the same answer."
        ),
        "promises.moved": _("The day for the answer to your request %(number)s is now %(due)s, by the new holidays."),
    }
    return texts[activity.verb] % {"number": number, "holder": holder, "due": due, "words": words, "link": link}


def _tell_listeners(case: Case, activity: Activity) -> None:
    with translation.override(LANGUAGE):
        for person, receipt in listeners(case):
            if not person.phone:
                continue
            messages.queue(
                key=f"{activity.id}:{person.pk}:{receipt}",
                channel="sms",
                address=decrypt(person.phone),
                subject="",
                body=_text(case, activity, receipt),
                about=case,
            )


def tell_reporter(activity: Activity) -> None:
    """Queue a text message to everybody who waits for the case and left a phone. One per step and person."""
    if case := _case(activity.object_id):
        _tell_listeners(case, activity)


def _case(key: UUID) -> Case | None:
    return Case.objects.select_related("reporter", "holder__organisation", "promise").filter(pk=key).first()


def _promise(activity: Activity) -> tuple[Promise, Post] | None:
    """The promise the row is about and the post that owes it."""
    promise = Promise.objects.filter(pk=activity.object_id).first()
    if promise is None or promise.owner_id is None:
        return None
    owner = Post.objects.select_related("organisation").filter(pk=promise.owner_id).first()
    return (promise, owner) if owner else None


def _sees(user: User, promise: Promise) -> bool:
    """Whether the account may see what the promise is about. Nobody hears of what is withheld from them."""
    records = model_of(promise.about_kind)._default_manager
    actor = actor_of(user, Person.objects.of_user(user.pk))
    return bool(records.visible_to(actor).filter(pk=promise.about_id).exists())  # type: ignore[attr-defined]


def _write(users: Iterable[User], activity: Activity, promise: Promise, subject: Text, body: Text, owner: Post) -> None:
    link = f"{settings.PUBLIC_URL}/desk/{PAGES[promise.about_kind]}/{promise.about_id}/"
    said = {"post": owner, "due": _moment(promise.due_at), "link": link}
    for user in users:
        if user.email:
            messages.queue(f"{activity.id}:{user.pk}", "email", user.email, str(subject), str(body) % said)


def tell_ladder(activity: Activity) -> None:
    """A promise is late: the next post above the owner hears, one rung a time; past the top it is the top again. Where
    nobody there may see the record, as with a complaint, whoever owes it is reminded instead."""
    found = _promise(activity)
    if found is None:
        return
    promise, owner = found
    above = posts_above(owner)
    told = above[min(rung_reached(activity), len(above)) - 1].holder_users() if above else []
    seeing = [user for user in told if _sees(user, promise)]
    with translation.override(LANGUAGE):
        _write(
            seeing or [user for user in owner.holder_users() if _sees(user, promise)], activity, promise,
            _("An answer is late"), _("%(post)s owes an answer since %(due)s. Open it: %(link)s"), owner,
        )  # fmt: skip


def tell_moved(activity: Activity) -> None:
    """A day moved by a new list of holidays: whoever owes hears it, and whoever waits."""
    found = _promise(activity)
    if found is None:
        return
    promise, owner = found
    with translation.override(LANGUAGE):
        _write(
            [user for user in owner.holder_users() if _sees(user, promise)], activity, promise, _("A day has moved"),
            _("%(post)s now owes the answer by %(due)s, by the new list of holidays. Open it: %(link)s"), owner,
        )  # fmt: skip
    case = _case(promise.about_id) if promise.about_kind == Case.KIND else None
    if case:
        _tell_listeners(case, activity)
