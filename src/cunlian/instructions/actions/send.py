"""Giving an instruction: to whoever does the work, past whoever stands between."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.instructions.actions.words import named, say
from cunlian.instructions.completeness import Order, missing
from cunlian.instructions.limits import SIGN_DAYS, Load, beyond, loads_at, rule_of, village_code
from cunlian.instructions.models import Copy, Informed, Instruction, InstructionRule
from cunlian.instructions.promises import promise_doing, promise_signature
from cunlian.instructions.receivers import Receiver, resolve
from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.ids import uuid7
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.organisations.models import Post
from cunlian.places.models import District, Place, VillageProfile

MOST = 120
"""Receivers of one instruction."""


@dataclass(frozen=True)
class _Sending:
    """What one press sends. ``over``: codes of villages it takes beyond the county's limit, and ``reason`` why."""

    instruction: Instruction
    by: Actor
    rule: InstructionRule | None
    over: frozenset[str]
    reason: str


def _check_receivers(receivers: list[Receiver]) -> None:
    for receiver in receivers:
        if receiver.fault:
            raise Invalid(receiver.fault, field="places")
    if len(receivers) > MOST:
        raise Invalid(_("Up to %(most)s receivers at once. Choose fewer.") % {"most": MOST}, field="places")


def over_limit(receivers: list[Receiver], giver: Post, rule: InstructionRule | None) -> frozenset[str]:
    """Codes of the villages this would take beyond the county's limit."""
    more = Counter(village_code(receiver.place) for receiver in receivers)
    loads = loads_at([receiver.place for receiver in receivers], (), giver)
    return frozenset(code for code, n in more.items() if code and beyond(rule, loads.get(code, Load()), n))


def _check_limit(over: frozenset[str], giver: Post, rule: InstructionRule | None, reason: str) -> None:
    if rule is None or not over:
        return
    names = ", ".join(Place.objects.filter(code__in=over).order_by("code").values_list("short_name", flat=True))
    said = {"names": names, "open": rule.most_open, "month": rule.most_a_month}
    posts = list(rule.may_exceed.select_related("organisation").order_by("pk"))
    if giver not in posts:
        who = ", ".join(map(str, posts)) or "—"
        limit = _(
            "%(names)s: the county allows %(open)s open instructions at a village and %(month)s a month. "
            "Wait, or ask one of those who may send more: %(who)s."
        )
        raise Forbidden(limit % {**said, "who": who}, field="places", rule=rule.paper)
    if not reason.strip():
        raise Invalid(
            _("%(names)s: this is more than %(open)s open or %(month)s a month. Say why it must be.") % said,
            field="exceed_reason",
        )


def _giver_of(by: Actor) -> Post:
    posts = Post.objects.select_related("organisation", "place")
    found = posts.filter(pk=by.post_id).first() if by.post_id else None
    if found is None:
        raise Invalid(_("An instruction is given by a post, and you hold none today. Ask your office to appoint you."))
    return found


def _write(sending: _Sending, receiver: Receiver, profile: VillageProfile | None) -> None:
    """One receiver's copy with what is owed, who is informed, and its row of the log."""
    over = village_code(receiver.place) in sending.over
    copy = Copy.objects.create(  # type: ignore[misc]  # a receiver without a post has a fault
        instruction=sending.instruction, place=receiver.place, area=receiver.area, post=receiver.post, profile=profile,
        exceeded=over, skipped=len(receiver.between), sent_at=sending.instruction.sent_at,
    )  # fmt: skip
    days = sending.rule.sign_days if sending.rule else SIGN_DAYS
    change(copy, promise=promise_doing(copy), sign_promise=promise_signature(copy, days))
    Informed.objects.bulk_create(Informed(copy=copy, post=post, told_at=copy.sent_at) for post in receiver.between)
    words = say(copy, sending.by, sending.reason) if over else None
    changed = {"post": (None, copy.post_id), "exceeded": (False, over)}
    log.record(sending.by, "instructions.sent", copy, changed=changed | named(words))


def profiles_of(receivers: list[Receiver]) -> dict[str, VillageProfile]:
    """What the register knows of each receiver's village: its latest profile, by village code. One query."""
    codes = {code for receiver in receivers if (code := village_code(receiver.place))}
    rows = VillageProfile.objects.filter(place__code__in=codes).select_related("place").order_by("as_of", "pk")
    return {row.place.code: row for row in rows}


def _replayed(key: UUID, order: Order, giver: Post) -> Instruction | None:
    known = Instruction.objects.filter(pk=key).first()
    if known and (known.title != order.title.strip() or known.giver_id != giver.pk):
        raise Conflict(_("This form was sent before with other words. Open a new form for another instruction."))
    return known


@transaction.atomic
def send_instruction(order: Order, *, by: Actor, exceed_reason: str = "", key: UUID | None = None) -> Instruction:
    """Give ``order`` from the actor's post: a copy to each receiver, a word to whoever stands between. Invalid, with the
    field, for the first thing that is missing. ``key`` made by the form makes a second press harmless."""
    require(by, "instructions.send")
    giver, key = _giver_of(by), key or uuid7()
    rule = rule_of(lock(District.current()).root)  # one at a time, so that two cannot both be the last below the limit
    if known := _replayed(key, order, giver):
        return known
    for field, sentence in missing(order).items():
        raise Invalid(sentence, field=field)
    receivers = resolve(giver, by, order.places, order.posts, clock.today(), order.areas)
    _check_receivers(receivers)
    over = over_limit(receivers, giver, rule)
    _check_limit(over, giver, rule, exceed_reason)
    instruction = Instruction.objects.create(  # type: ignore[misc]  # ``missing`` has seen to the days
        id=key, title=order.title.strip(), text=order.text.strip(), origin_kind=order.origin_kind,
        origin=order.origin.strip(), origin_on=order.origin_on, basis=order.basis.strip(), measure=order.measure,
        giver=giver, place=giver.place, asked=order.asked.strip(), return_kind=order.return_kind,
        unit=order.unit.strip(), due_on=order.due_on, ends_on=order.ends_on, sent_at=clock.now(),
    )  # fmt: skip
    sending, profiles = _Sending(instruction, by, rule, over, exceed_reason), profiles_of(receivers)
    with log.batch():
        for receiver in receivers:
            _write(sending, receiver, profiles.get(village_code(receiver.place)))
    return instruction
