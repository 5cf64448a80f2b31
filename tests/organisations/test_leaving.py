"""Leaving a post: what it carries is handed over, and some posts are audited."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cunlian.kernel import clock, promises
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import PromiseState
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.organisations import actions
from cunlian.organisations.actions.leaving import AUDIT
from cunlian.organisations.handover import sheet_of
from cunlian.organisations.models import Duty, Lead, Leaving, OrganisationKind, Posting, PostKind
from tests.cast import Cast
from tests.organisations.conftest import Hall
from tests.organisations.test_appoint import verb_of

K, P = OrganisationKind, PostKind


def leave(cast: Cast, posting: Posting) -> Leaving:
    actions.end_posting(posting, by=cast.township_staff)
    return Leaving.objects.get(posting=posting)


def next_holder(cast: Cast, leaving: Leaving) -> Posting:
    return actions.appoint(leaving.posting.post, by=SYSTEM, person=cast.world.persons["social_worker"])


def test_the_sheet_tells_duties_leads_and_promises(cast: Cast, hall: Hall) -> None:
    post = cast.world.posts["village_head"]
    coop = hall.unit(K.COOPERATIVE, cast.world.village)
    lead = actions.name_lead(coop, by=SYSTEM, post=post, led_as="secretary")
    promises.make(AUDIT, about=lead, owner_id=post.pk, working_days=3)

    kinds = [line.kind for line in sheet_of(post)]
    assert kinds.count(Duty.KIND) == Duty.objects.filter(post=post).count() == 1
    assert kinds.count(Lead.KIND) == 1  # led and owed about it: told once
    assert sheet_of(cast.world.posts["mediator"]) == []


def test_a_posting_that_ends_opens_the_hand_over_and_the_next_one_takes_it(cast: Cast) -> None:
    post = cast.world.posts["village_head"]
    leaving = leave(cast, Posting.objects.get(post=post))
    after = next_holder(cast, leaving)
    done = actions.hand_over(leaving, by=cast.township_staff, to_posting=after)

    assert done.handed_on == clock.today() and len(done.sheet) == len(sheet_of(post)) > 0
    assert verb_of(done) == "organisations.handed_over"
    with pytest.raises(Invalid):
        actions.hand_over(leaving, by=cast.township_staff, to_posting=after)


def test_it_goes_to_who_holds_the_post_or_stands_in_for_it_and_to_nobody_else(cast: Cast) -> None:
    post, today = cast.world.posts["village_head"], clock.today()
    leaving = leave(cast, Posting.objects.get(post=post))
    other = Posting.objects.get(post=cast.world.posts["village_cadre"])
    with pytest.raises(Invalid):
        actions.hand_over(leaving, by=cast.township_staff, to_posting=other)
    actions.arrange_stand_in(
        post, by=SYSTEM, by_post=other.post, starts_on=today, ends_on=today + timedelta(days=9), reason="空缺"
    )
    assert actions.hand_over(leaving, by=cast.township_staff, to_posting=other).to_posting == other


def test_nobody_hands_over_to_themself_and_strangers_not_at_all(cast: Cast) -> None:
    leaving = leave(cast, Posting.objects.get(post=cast.world.posts["village_head"]))
    with pytest.raises(Invalid):
        actions.hand_over(leaving, by=cast.township_staff, to_posting=leaving.posting)
    for actor in (cast.stranger, cast.grid_worker):
        with pytest.raises(Forbidden):
            actions.hand_over(leaving, by=actor, to_posting=next_holder(cast, leaving))
        actions.end_posting(Posting.objects.get(post=leaving.posting.post, ends_on=None), by=SYSTEM)


@pytest.mark.parametrize(
    ("kind", "post_kind", "audited"),
    [
        (K.VILLAGERS_COMMITTEE, P.COMMITTEE_MEMBER, True),
        (K.PARTY_BRANCH, P.SECRETARY, True),
        (K.COLLECTIVE, P.DIRECTOR, True),
        (K.PARTY_BRANCH, P.COMMITTEE_MEMBER, False),
        (K.SUPERVISION_COMMITTEE, P.DIRECTOR, False),
        (K.VILLAGERS_COMMITTEE, P.OTHER, False),
    ],
)
def test_who_answered_for_money_is_audited(cast: Cast, hall: Hall, kind: str, post_kind: str, audited: bool) -> None:
    leaving = leave(cast, hall.hold(kind, post_kind, hall.person("程远")))

    assert (leaving.audit is not None) is audited
    if leaving.audit:
        assert leaving.audit.owner_id == cast.township_staff.post_id


def test_the_paper_of_the_result_keeps_the_promise(cast: Cast, hall: Hall) -> None:
    leaving = leave(cast, hall.hold(K.VILLAGERS_COMMITTEE, P.DIRECTOR, hall.person("程远")))
    today = clock.today()
    with pytest.raises(Forbidden):
        actions.settle_audit(leaving, by=cast.village_cadre, audited_on=today, audit_paper="审〔2026〕5号")
    with pytest.raises(Invalid):
        actions.settle_audit(leaving, by=cast.township_staff, audited_on=today, audit_paper=" ")
    with pytest.raises(Invalid):
        later = today + timedelta(days=1)
        actions.settle_audit(leaving, by=cast.township_staff, audited_on=later, audit_paper="审〔2026〕5号")
    done = actions.settle_audit(leaving, by=cast.township_staff, audited_on=today, audit_paper="审〔2026〕5号")

    assert done.audit and done.audit.__class__.objects.get(pk=done.audit_id).state == PromiseState.KEPT
    assert verb_of(done) == "organisations.audit_settled"
    with pytest.raises(Invalid):
        actions.settle_audit(leaving, by=cast.township_staff, audited_on=today, audit_paper="审〔2026〕6号")


def test_a_post_without_an_audit_has_none_to_settle(cast: Cast) -> None:
    leaving = leave(cast, Posting.objects.get(post=cast.world.posts["grid_worker"]))
    with pytest.raises(Invalid):
        actions.settle_audit(leaving, by=cast.township_staff, audited_on=clock.today(), audit_paper="x")


def test_strangers_see_no_leaving(cast: Cast) -> None:
    leave(cast, Posting.objects.get(post=cast.world.posts["village_head"]))

    assert Leaving.objects.visible_to(cast.village_cadre).exists()
    assert not Leaving.objects.visible_to(cast.stranger).exists()


def test_a_post_that_carries_nothing_is_handed_over_too(cast: Cast) -> None:
    leaving = leave(cast, Posting.objects.get(post=cast.world.posts["mediator"]))
    after = next_holder(cast, leaving)
    done = actions.hand_over(leaving, by=cast.township_staff, to_posting=after)

    assert done.sheet == [] and done.handed_on == clock.today()
