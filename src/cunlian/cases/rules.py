"""Who may do what with a case. The conditions here and the table in states.py together give the buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import STAFF, Role
from cunlian.cases import holdings  # noqa: F401  (registers what is told of requests and how it goes)
from cunlian.cases.messages import PAUSE_REASONS, WORK
from cunlian.cases.querysets import OFFICES, READERS
from cunlian.cases.states import CLOSED, MOVES, State
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, add_permission, may
from cunlian.kernel.models import Activity
from cunlian.kernel.moves import Move
from cunlian.kernel.promises import add_promise_kind
from cunlian.organisations.models import Posting
from cunlian.people.models import Person
from cunlian.places.models import Level, on
from cunlian.places.modules import add_module

if TYPE_CHECKING:
    from cunlian.cases.models import Case, SavedFilter

FIELD = (Role.GRID_WORKER, Role.LANE_LEADER, Role.SOCIAL_WORKER, Role.VILLAGE_CADRE, Role.MEDIATOR)
WORKERS = FIELD + OFFICES
REOPEN_DAYS = 30
ANSWER = "cases.answer"
MODULE = "cases"
# Whose word it is, beside the ways staff hear of it: of somebody else of the village, or of whoever writes for them.
NEIGHBOUR, PROXY = "neighbour", "proxy"

add_module(MODULE, _("Requests"))

# Late: the post above hears the moment it is late, the next one after three working days, then after five.
add_promise_kind(ANSWER, _("Answer to a request"), ladder=(0, 3, 5), pause_reasons=PAUSE_REASONS)


def holds(actor: Actor, case: Case) -> bool:
    """One of the actor's posts holds the case."""
    return case.holder_id in actor.post_ids


def steers(actor: Actor, case: Case) -> bool:
    """Holds it, or keeps the dispatch desk over its place. Nobody but the holder touches a confidential case."""
    return holds(actor, case) or (not case.confidential and actor.holds([Role.DISPATCHER], case.territory_code))


def works_at(actor: Actor, case: Case) -> bool:
    """Holds it, or works in its territory."""
    return holds(actor, case) or (not case.confidential and actor.holds(WORKERS, case.territory_code))


def is_own(actor: Actor, case: Case) -> bool:
    """The person who reported it, by account or by receipt."""
    return case.pk in actor.proofs or (actor.person_id is not None and actor.person_id == case.reporter_id)


def speaks_for_person(actor: Actor, case: Case) -> bool:
    """The person themselves, or staff who did not handle it and pass on what the person said (recorded as such).

    Whoever did the work never says that it is fixed."""
    if is_own(actor, case):
        return True
    return (
        actor.behalf is not None
        and not case.confidential
        and not holds(actor, case)
        and actor.holds(WORKERS, case.territory_code)
    )


def handled(actor: Actor, case: Case) -> bool:
    """They did the work, whatever door they come by now: one of their posts holds the case, the person has the post that
    holds it, or the log names their account for starting, for a word about progress or for the answer."""
    if holds(actor, case):
        return True
    if actor.kind != "user":
        return False
    if actor.user_id and Activity.objects.filter(object_id=case.pk, verb__in=WORK, actor_id=actor.user_id).exists():
        return True
    if actor.person_id is None or case.holder_id is None:
        return False
    return Posting.objects.filter(on(clock.today()), post_id=case.holder_id, person_id=actor.person_id).exists()


def _may_confirm(actor: Actor, case: Case) -> bool:
    return speaks_for_person(actor, case) and not handled(actor, case)


def is_public_matter(case: Case) -> bool:
    """Anybody who goes there sees whether it is fixed: a lamp, a road, a drain."""
    return not case.confidential and case.category is not None and case.category.is_public_matter


def is_neighbour(actor: Actor, case: Case) -> bool:
    """A resident who may have looked at what was answered, beside the one who reported: they joined it before the answer,
    reported what was joined into it, or have an account and live in its village. Staff at work pass on what a neighbour
    says and are none."""
    if case.answered_at is None or actor.kind == "service" or actor.holds(STAFF) or is_own(actor, case):
        return False
    return _joined(actor, case) or _lives_there(actor, case)


def _joined(actor: Actor, case: Case) -> bool:
    def mine(person: str) -> Q:
        return Q(pk__in=actor.proofs) | (Q(**{person: actor.person_id}) if actor.person_id else Q(pk__in=()))

    joined = case.endorsements.filter(mine("person"), joined_at__lt=case.answered_at)
    return joined.exists() or case.merged.filter(mine("reporter")).exists()


def _lives_there(actor: Actor, case: Case) -> bool:
    if actor.person_id is None:
        return False
    village = (case.place.parent if case.place.level == Level.GRID else None) or case.place
    return Person.objects.living_file().filter(pk=actor.person_id, place__code=village.code).exists()


def _may_vouch(actor: Actor, case: Case) -> bool:
    if not is_public_matter(case) or handled(actor, case):
        return False
    return actor.holds(WORKERS, case.territory_code) or is_neighbour(actor, case)


def _may_decide_extension(actor: Actor, case: Case) -> bool:
    """Somebody above the one who asked: the post that passed it on, or the dispatch desk. Never the holder."""
    if holds(actor, case) or not any(extension.granted is None for extension in case.extensions.all()):
        return False
    return case.passed_by_id in actor.post_ids or (not case.confidential and actor.holds(OFFICES, case.territory_code))


def _may_ask_extension(actor: Actor, case: Case) -> bool:
    return holds(actor, case) and not any(extension.granted is None for extension in case.extensions.all())


def _may_pause(actor: Actor, case: Case) -> bool:
    return holds(actor, case)


def _may_reopen(actor: Actor, case: Case) -> bool:
    """Within the window, or within a month of a closing. A neighbour says it of a public matter, unless the person has said
    that it is fixed."""
    if not speaks_for_person(actor, case):
        said = case.state == State.CONFIRMED
        if said or not is_public_matter(case) or not is_neighbour(actor, case):
            return False
    if case.state in CLOSED:
        return case.ended_at is not None and (clock.now() - case.ended_at).days < REOPEN_DAYS
    return True


def _may_attach(actor: Actor, case: Case) -> bool:
    if is_own(actor, case) or holds(actor, case):
        return True
    return not case.confidential and actor.holds(WORKERS, case.territory_code)


def _speaks_about_pictures(actor: Actor, case: Case) -> bool:
    """The person who sent them, or staff who pass on what the person said; those who handled it too: a no costs nothing."""
    return is_own(actor, case) or (actor.behalf is not None and actor.holds(WORKERS, case.territory_code))


def _is_own_filter(actor: Actor, saved: SavedFilter | None) -> bool:
    return actor.user_id is not None and (saved is None or saved.user_id == actor.user_id)


_NOT_HOLDER = _("This request is with another post. Ask the dispatch desk if it should come to you.")
_NOT_PERSON = _("Whoever handled it cannot say that it is fixed: the person, a neighbour or a colleague must.")

# A program reads only with this scope; which cases, ``visible_to`` says for programs and people alike.
add_permission("cases.view", _("see requests"), *sorted(READERS))
add_permission("cases.report", _("report"), everyone=True)
add_permission("cases.report_burden", _("say what burdens you"), *STAFF)
add_permission("cases.report_for", _("enter for somebody else"), *WORKERS)
add_permission("cases.accept", _("take on"), *WORKERS, anywhere=True, where=steers, reason=_NOT_HOLDER)
add_permission("cases.reject", _("not take on"), *WORKERS, anywhere=True, where=steers, reason=_NOT_HOLDER)
add_permission("cases.dispatch", _("pass on"), *WORKERS, anywhere=True, where=steers, reason=_NOT_HOLDER)
add_permission("cases.handle", _("handle"), *WORKERS, anywhere=True, where=holds, reason=_NOT_HOLDER)
add_permission("cases.return", _("send back as not ours"), *WORKERS, anywhere=True, where=holds, reason=_NOT_HOLDER)
add_permission(
    "cases.ask_extension", _("ask for more time"), *WORKERS, anywhere=True, where=_may_ask_extension, reason=_NOT_HOLDER
)
add_permission(
    "cases.grant_extension",
    _("decide on more time"),
    *WORKERS,
    anywhere=True,
    where=_may_decide_extension,
    reason=_(
        "More time is decided by the post that passed the request on, or the dispatch desk, once it is asked for."
    ),
)
add_permission("cases.pause", _("pause the clock"), *WORKERS, anywhere=True, where=_may_pause, reason=_NOT_HOLDER)
add_permission("cases.confirm", _("say that it is fixed"), everyone=True, where=_may_confirm, reason=_NOT_PERSON)
add_permission(
    "cases.vouch",
    _("confirm as a neighbour"),
    everyone=True,
    where=_may_vouch,
    reason=_(
        "Only public matters can be confirmed by a neighbour: somebody of the village with an account, or who joined the "
        "request. Never by or through whoever handled it."
    ),
)
add_permission("cases.elapse", _("close when the window has passed"))
add_permission(
    "cases.reopen",
    _("ask to do it again"),
    everyone=True,
    where=_may_reopen,
    reason=_("This can be asked by the person within a month of closing. After that, please report it anew."),
)
add_permission("cases.merge", _("join and split"), *WORKERS, anywhere=True, where=steers, reason=_NOT_HOLDER)
add_permission(
    "cases.hand_over", _("hand to the petition office"), *OFFICES, Role.VILLAGE_CADRE, anywhere=True, where=steers
)
add_permission("cases.record_petition_result", _("enter what the petition office decided"), *OFFICES)
add_permission("cases.withdraw", _("withdraw"), everyone=True, where=speaks_for_person, reason=_NOT_PERSON)
add_permission("cases.comment", _("add an internal note"), *WORKERS, anywhere=True, where=works_at)
add_permission("cases.add_words", _("add a word"), everyone=True, where=speaks_for_person)
add_permission(
    "cases.attach",
    _("add photos and papers"),
    everyone=True,
    where=_may_attach,
    reason=_("Photos and papers are added by the person who reported and by staff of the place."),
)
add_permission(
    "cases.show_pictures",
    _("show pictures to everybody"),
    *OFFICES,
    Role.VILLAGE_CADRE,
    where=lambda actor, case: case is None or not case.confidential,
    reason=_("Pictures are chosen by the village's cadres and the offices above it."),
)
add_permission("cases.refuse_pictures", _("refuse to have pictures shown"), everyone=True, where=_speaks_about_pictures)
add_permission(
    "cases.reveal_contact", _("see name and phone"), *WORKERS, anywhere=True, where=steers, reason=_NOT_HOLDER
)
add_permission("cases.manage_items", _("keep the item list"), Role.COUNTY_STAFF, Role.ADMINISTRATOR)
add_permission("cases.manage_templates", _("keep the reply templates"), *OFFICES)

add_permission(
    "cases.keep_filters",
    _("keep one's own filters"),
    everyone=True,
    where=_is_own_filter,
    reason=_("Log in to keep a filter. Everybody keeps and removes their own."),
)


def _fits(case: Case, move: Move) -> bool:
    """What depends on the record beyond its state: a clock that stands cannot be paused."""
    paused = case.promise.state == "paused"
    return not ((move.name == "pause" and paused) or (move.name == "resume" and not paused))


def available_moves(case: Case, by: Actor) -> list[Move]:
    """The moves this actor could make now: the table, the rules and the record. Feeds buttons and API."""
    return [
        move for move in MOVES.starting_from(State(case.state)) if _fits(case, move) and may(by, move.permission, case)
    ]


# What a program may be given: to read, to report, and the moves but the one that only time makes.
PROGRAM_SCOPES = tuple(sorted({"cases.view", "cases.report", *(m.permission for m in MOVES if m.name != "elapse")}))
