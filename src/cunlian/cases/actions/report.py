"""Taking a request in. A resident's word is always taken, by whatever door it comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from cunlian.cases import routing
from cunlian.cases.actions.holders import hand_to
from cunlian.cases.actions.words import Kind, named, say
from cunlian.cases.models import Case, Category, Endorsement, Level, Remark
from cunlian.cases.models.case import Source
from cunlian.cases.promises import promise_answer
from cunlian.cases.rules import MODULE, PROXY
from cunlian.cases.states import ENDED, MOVES
from cunlian.kernel import clock, evidence, log
from cunlian.kernel.access import SYSTEM, Actor, require
from cunlian.kernel.ids import new_receipt, uuid7
from cunlian.kernel.models import Activity, Evidence
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.above import meant_by
from cunlian.organisations.models import Organisation, Post
from cunlian.people.actions import meet_person, note_reporter
from cunlian.people.models import Household, Person
from cunlian.places.models import District, Place, require_module
from cunlian.places.models import Level as Rank


@dataclass(frozen=True)
class Told:
    """What somebody says about themselves when they report, all of it optional. ``language``: the one they chose for the
    site, where no account keeps it. ``agreed``: they let somebody else leave their name and phone."""

    name: str = ""
    phone: str = ""
    contact_note: str = ""
    language: str = ""
    agreed: bool = False


Change = Mapping[str, tuple[object, object]]
_ENTERED = ("cases.reported", "cases.reported_for")


def _permission(by: Actor) -> str:
    """Anybody may write, for themself or for a neighbour; entering what one was told as staff is another permission."""
    return "cases.report" if by.behalf is None or by.behalf.channel == PROXY else "cases.report_for"


def _check_agreed(by: Actor, told: Told | None) -> Change:
    """Who writes for a neighbour leaves that one's name and phone only with their consent; what the log says of it."""
    if by.behalf is None or by.behalf.channel != PROXY or told is None or not (told.name.strip() or told.phone.strip()):
        return {}
    if not told.agreed:
        raise Invalid(
            _(
                "Please ask them first. It goes without name and phone as well: receipt and check code are enough to follow it."
            ),
            field="agreed",
        )
    return {"agreed": (None, True)}


def _month() -> str:
    return f"{clock.today():%y%m}"


def unused_receipt() -> str:
    """A receipt number nobody holds. A million fit in a month, so a second draw is rare."""
    while True:
        receipt = new_receipt(_month())
        taken = Case.objects.filter(receipt=receipt).exists() or Endorsement.objects.filter(receipt=receipt).exists()
        if not taken:
            return receipt


def _check_place(place: Place) -> None:
    inside = Place.objects.current().within(District.current().root)
    if place.level < Rank.VILLAGE or not inside.filter(pk=place.pk).exists():
        raise Invalid(
            _("“%(place)s” is not a village or community of this district. Choose one from the list.")
            % {"place": place},
            field="place",
        )


def _replayed(key: UUID, by: Actor, text: str) -> Case | None:
    """The case with this key: a replay to its maker, a plain refusal to anybody else. Residents without an account are
    told apart by their words alone."""
    known = Case.objects.filter(pk=key).first()
    if known is None:
        return None
    entered = Activity.objects.filter(object_kind=Case.KIND, object_id=key, verb__in=_ENTERED)
    if known.text != text or not entered.filter(actor_kind=by.kind, actor_id=by.user_id).exists():
        raise Conflict(_("This form was sent before with other words. Open a new form to report something else."))
    return known


def _person(told: Told | None, person: Person | None, place: Place, withheld: bool = False) -> Person | None:
    """Who reports: the person given, or whoever name and phone belong to. Nobody when nothing is said."""
    if person is not None and person.withheld and not withheld:
        return meet_person(person, by=SYSTEM, place=_village_of(place))
    if person is not None or told is None or not (told.name.strip() or told.phone.strip()):
        return person
    return note_reporter(by=SYSTEM, place=_village_of(place), name=told.name, phone=told.phone, withheld=withheld)


def _village_of(place: Place) -> Place:
    return place.parent if place.level == Rank.GRID and place.parent else place


def title_of(text: str) -> str:
    """The first sentence, at most forty characters: what lists show until somebody writes a better one."""
    first = text.strip().splitlines()[0] if text.strip() else ""
    for stop in "。！？!?；;":
        first = first.split(stop)[0]
    return first if len(first) <= 40 else f"{first[:39]}…"


@transaction.atomic
def report_case(
    *,
    by: Actor,
    place: Place,
    text: str,
    title: str = "",
    category: Category | None = None,
    level: str = Level.NORMAL,
    source: str = Source.ONLINE,
    place_text: str = "",
    household: Household | None = None,
    told: Told | None = None,
    person: Person | None = None,
    photos: Sequence[File[bytes] | Evidence] = (),
    keep_position: bool = False,
    key: UUID | None = None,
) -> Case:
    """A new case with its receipt, its holder and its deadline. ``key`` made by the form makes a second press harmless;
    ``keep_position``: the person wants the place where they were taken to stay in the photos.

    Raises Invalid for a place outside the district, without words, or for a file that is no photo."""
    require(by, _permission(by), place)
    if not text.strip():
        raise Invalid(_("Please write what happened, in your own words."), field="text")
    agreed = _check_agreed(by, told)
    _check_place(place)
    require_module(place, MODULE)
    key = key or uuid7()
    if known := _replayed(key, by, text):
        return known
    case = Case(
        id=key, receipt=unused_receipt(), place=place, place_text=place_text, household=household, category=category,
        level=level, source=source, title=title or title_of(text), text=text, reporter=_person(told, person, place),
        contact_note=told.contact_note if told else "",
        language=told.language if told else "", reported_at=clock.now(),
    )  # fmt: skip
    case = _enter(case, routing.route(place, category), by, changed=agreed)
    _attach(case, photos, by, keep_position)
    return case


def _attach(case: Case, photos: Sequence[File[bytes] | Evidence], by: Actor, keep_position: bool) -> None:
    """Hang what the person sent on the case: as theirs, also when staff enter it for them."""
    sender = replace(by, post_id=None) if by.behalf else by
    for photo in photos:
        if isinstance(photo, Evidence):
            evidence.attach(case, photo, sender)
        else:
            evidence.attach(case, evidence.store(photo, keep_position), sender, position_kept=keep_position)


def _enter(case: Case, found: routing.Route, by: Actor, *, changed: Change | None = None) -> Case:
    case.holder = found.post
    try:
        with transaction.atomic():
            case.promise = promise_answer(case, hand_to(found))
            case.save(force_insert=True)
    except IntegrityError:
        if known := _replayed(case.pk, by, case.text):
            return known
        raise
    log.record(by, "cases.reported" if by.behalf is None else "cases.reported_for", case, changed=changed)
    return case


@transaction.atomic
def report_complaint(
    *,
    by: Actor,
    place: Place,
    text: str,
    post: Post | None = None,
    organisation: Organisation | None = None,
    told: Told | None = None,
    person: Person | None = None,
    source: str = Source.ONLINE,
    key: UUID | None = None,
) -> Case:
    """A complaint about the service of a post or a unit. It goes past them and their direct reports to the next up, and
    only that post ever sees it (信访条例 Art. 30; architecture.md, What a number may not tell). It is taken where requests
    are switched off too: that way must never be closed."""
    require(by, _permission(by), place)
    if not text.strip():
        raise Invalid(_("Please write what happened, in your own words."), field="text")
    if (post is None) == (organisation is None):
        raise Invalid(_("Please say which post or which office it is about."), field="about")
    _check_place(place)
    key = key or uuid7()
    if known := _replayed(key, by, text):
        return known
    holder = routing.route_complaint(place, post=post, organisation=organisation)
    if holder is None:
        raise Invalid(_("Nobody in this district stands above this post. Please turn to the city's petition office."))
    meant = meant_by(post, clock.today()) if post else []
    case = Case(
        id=key, receipt=unused_receipt(), place=place, title=title_of(text), text=text, source=source, confidential=True,
        about_post=post, about_organisation=organisation, about_person_id=meant[0] if meant else None,
        reporter=_person(told, person, place, withheld=True), contact_note=told.contact_note if told else "",
        language=told.language if told else "", reported_at=clock.now(),
    )  # fmt: skip
    return _enter(case, routing.Route(holder), by)


@transaction.atomic
def join_case(
    case: Case,
    *,
    by: Actor,
    told: Told | None = None,
    person: Person | None = None,
    words: str = "",
    photos: Sequence[Evidence] = (),
    key: UUID | None = None,
) -> Endorsement:
    """Somebody with the same request joins this one instead of making a second; they get a receipt of their own. ``key``
    made by the form makes a second press harmless. ``photos`` are what staff were sent with it: for staff alone, for whoever
    reported it first reads nothing of those who joined."""
    case = lock(case)
    require(by, _permission(by), case)
    key = key or uuid7()
    if known := case.endorsements.filter(pk=key).first():
        return known
    agreed = _check_agreed(by, told)
    if case.confidential or case.state in ENDED:
        raise Invalid(_("This request is finished. Please report it as a new one."))
    joined = Endorsement.objects.create(
        id=key,
        case=case,
        person=_person(told, person, case.place),
        receipt=unused_receipt(),
        words=words,
        language=told.language if told else "",
        joined_at=clock.now(),
    )
    for photo in photos:
        evidence.attach(case, photo, by)
    log.record(by, "cases.joined", case, changed=agreed)
    return joined


@transaction.atomic
def add_words(case: Case, *, by: Actor, text: str) -> Remark:
    """The person adds something to what they said, while somebody works on it and reads it."""
    case = lock(case)
    require(by, "cases.add_words", case)
    MOVES.check(case, "add_words")
    remark = say(case, by, Kind.ADDED, text, public=True)
    log.record(by, "cases.words_added", case, changed=named(remark))
    return remark


@transaction.atomic
def report_burden(*, by: Actor, page: str, text: str, key: UUID | None = None) -> Case:
    """“This burdens me”: staff tell the county's office what costs them time for nothing. It goes to the post with the
    duty for it, never to a superior, and runs on the same clock as any request (国办函〔2026〕12号: complaint function)."""
    require(by, "cases.report_burden")
    if not text.strip():
        raise Invalid(_("Please write what burdens you and what would help."), field="text")
    district = District.current()
    office = routing.burden_office(district.root, by.person_id)
    if office.post is None:
        raise Invalid(_("No office has the duty for this yet. An administrator enters it under posts and duties."))
    key = key or uuid7()
    if known := _replayed(key, by, text):
        return known
    case = Case(
        id=key, receipt=unused_receipt(), place=district.root, place_text=page[:200], title=title_of(text), text=text,
        source=Source.STAFF, confidential=True, reporter_id=by.person_id, reported_at=clock.now(),
    )  # fmt: skip
    return _enter(case, office, by)
