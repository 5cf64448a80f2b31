"""The county decides how many instructions a village may be given."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.instructions.models import InstructionRule
from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.models import Post
from cunlian.places.models import Place

LONGEST = {"most_open": 60, "most_a_month": 60, "sign_days": 10}


@transaction.atomic
def set_rule(
    *, by: Actor, root: Place, most_open: int, most_a_month: int, sign_days: int, paper: str,
    may_exceed: Iterable[Post] = (),
) -> InstructionRule:  # fmt: skip
    """Other limits for what is sent from now on; what is out already stays."""
    root = lock(root)
    require(by, "instructions.set_rule", root)
    for name, number in (("most_open", most_open), ("most_a_month", most_a_month), ("sign_days", sign_days)):
        if not 1 <= number <= LONGEST[name]:
            raise Invalid(_("Write a number from 1 to %(most)s.") % {"most": LONGEST[name]}, field=name)
    if not paper.strip():
        raise Invalid(_("Name the paper that decides it, with its number or its day."), field="paper")
    rule = InstructionRule.objects.create(
        root=root, most_open=most_open, most_a_month=most_a_month, sign_days=sign_days, paper=paper.strip(),
        post_id=by.post_id, decided_at=clock.now(),
    )  # fmt: skip
    posts = list(may_exceed)
    rule.may_exceed.set(posts)
    told = {"most_open": most_open, "most_a_month": most_a_month, "sign_days": sign_days, "may_exceed": posts}
    log.record(by, "instructions.rule_set", rule, changed={name: (None, value) for name, value in told.items()})
    return rule
