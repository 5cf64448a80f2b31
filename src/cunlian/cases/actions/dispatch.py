"""Taking on, passing on, sending back: who has the case."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.cases import routing
from cunlian.cases.actions.holders import hand_to
from cunlian.cases.actions.words import Kind, named, say, say_if_any
from cunlian.cases.messages import REJECT_REASONS
from cunlian.cases.models import Case, Category
from cunlian.cases.states import MOVES
from cunlian.kernel import clock, log, promises
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.chain import present
from cunlian.organisations.models import Post


@transaction.atomic
def accept_case(case: Case, *, by: Actor) -> Case:
    """The post that holds it takes it on; a dispatch desk that takes it on holds it from now."""
    case = lock(case)
    require(by, "cases.accept", case)
    holder_id = case.holder_id if case.holder_id in by.post_ids else by.post_id or case.holder_id
    changed = MOVES.apply(case, "accept", accepted_at=clock.now(), holder_id=holder_id)
    promises.transfer(case.promise_id, holder_id)
    log.record(by, "cases.accepted", case, changed=changed)
    return case


@transaction.atomic
def reject_case(case: Case, *, by: Actor, reason: str, text: str) -> Case:
    """Not taken on, for a listed reason, with words the person reads and a way on."""
    case = lock(case)
    require(by, "cases.reject", case)
    if reason not in REJECT_REASONS:
        raise Invalid(_("Choose one of the listed reasons."), field="reason")
    changed = MOVES.apply(case, "reject", ended_at=clock.now())
    words = say(case, by, Kind.ANSWER, text, public=True)
    promises.release(case.promise_id, reason)
    log.record(by, "cases.rejected", case, changed=changed | named(words))
    return case


@transaction.atomic
def dispatch_case(case: Case, *, by: Actor, to: Post, text: str = "") -> Case:
    """Pass it to the post that will do the work. Matters of power never go to a grid or village, a complaint never to the
    one complained of."""
    case = lock(case)
    require(by, "cases.dispatch", case)
    if not routing.may_hold(to, case.category):
        raise Invalid(
            _(
                "“%(what)s” needs a licence, a penalty or coercion. By law it goes to the department that holds the power."
            )
            % {"what": case.category},
            field="to",
            rule=_("Luzhou grid regulation, Art. 15"),
        )
    if not routing.receivers(case, [to]):
        raise Invalid(_("This post cannot be given this request. Choose another."), field="to")
    if to.pk == case.holder_id:
        raise Invalid(_("This post has it already. Choose another."), field="to")
    passed_by = case.holder_id if case.holder_id in by.post_ids else by.post_id
    changed = MOVES.apply(case, "dispatch", holder=to, passed_by_id=passed_by)
    words = say_if_any(case, by, Kind.REASON, text, public=True)
    promises.transfer(case.promise_id, to.pk)
    log.record(by, "cases.dispatched", case, changed=changed | named(words))
    return case


@transaction.atomic
def return_case(case: Case, *, by: Actor, text: str) -> Case:
    """Not ours: back to whoever passed it on, else (nobody did, or nobody is there) to the dispatch desk, with the reason
    (滨州网格条例 Art. 11)."""
    case = lock(case)
    require(by, "cases.return", case)
    back_to = case.passed_by_id
    if back_to is None or not present([back_to], clock.today()):
        back_to = hand_to(routing.back_from(case)) or back_to
    changed = MOVES.apply(case, "return", holder_id=back_to, passed_by_id=case.holder_id)
    words = say(case, by, Kind.REASON, text, public=False)
    promises.transfer(case.promise_id, back_to)
    log.record(by, "cases.returned", case, changed=changed | named(words))
    return case


@transaction.atomic
def categorise_case(case: Case, *, by: Actor, category: Category, level: str) -> Case:
    """Set category and level. The deadline keeps its start: what was promised to the person does not move later."""
    case = lock(case)
    require(by, "cases.accept", case)
    if case.holder and not routing.may_hold(case.holder, category):
        changed = change(case, category=category, level=level, holder_id=hand_to(routing.back_from(case)))
    else:
        changed = change(case, category=category, level=level)
    if "holder_id" in changed:
        promises.transfer(case.promise_id, case.holder_id)
    log.record(by, "cases.categorised", case, changed=changed)
    return case
