"""A call for partners from its paper to the renewal: who reads what, who decides, and over whose assets nobody else does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cunlian.kernel import clock, figures, threads
from cunlian.kernel.access import ANONYMOUS, SYSTEM
from cunlian.kernel.holdings import tell
from cunlian.kernel.models import Activity, Look
from cunlian.kernel.refusals import Conflict, Forbidden, IllegalMove, Invalid
from cunlian.people.actions import erase_person
from cunlian.talent.models import Application, PartnerCall, Partnership, ResearchResult
from cunlian.talent.partners import actions
from cunlian.talent.partners.sweep import forget_over
from cunlian.talent.taking import Told
from tests.talent.partners.conftest import NAME, OFFER, PHONE, Partners
from tests.traces import find_traces


def test_a_call_is_published_with_two_reviewers_and_changed_only_before(partners: Partners) -> None:
    call = partners.draft()
    with pytest.raises(Invalid, match="two reviewers"):
        actions.publish(call, by=partners.cast.township_staff)
    words: dict[str, Any] = {
        name: getattr(call, name) for name in ("name", "paper", "paper_on", "offered", "open_until")
    }
    actions.correct_call(call, by=partners.cast.township_staff, wanted="懂茶的人", **words)
    published = partners.call()
    assert PartnerCall.objects.taking().get() == published
    with pytest.raises(Conflict):
        actions.correct_call(published, by=partners.cast.township_staff, wanted="别的人", **words)


def test_a_call_needs_its_paper_what_is_wanted_and_offered_and_a_day(partners: Partners) -> None:
    for lack in ({"paper": " "}, {"wanted": ""}, {"offered": ""}, {"name": ""},
                 {"open_until": clock.today() - timedelta(days=1)}):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            partners.draft(**lack)
        assert refused.value.field == next(iter(lack))


def test_anybody_applies_without_an_account_until_its_last_day(partners: Partners) -> None:
    call = partners.call()
    sent = partners.apply(call)
    assert len(sent.receipt) == 11 and sent.promise is not None
    assert sent.promise.owner_id == partners.cast.world.posts["village_head"].pk
    with clock.set_to(clock.at(call.open_until + timedelta(days=1), 9)), pytest.raises(Invalid, match="closed"):
        partners.apply(call)
    with pytest.raises(Invalid, match="closed"):
        partners.apply(partners.draft())
    assert (
        actions.apply(
            call, by=ANONYMOUS, offer=OFFER, comes_from="alone", told=Told(NAME, PHONE, agreed=True), key=sent.pk
        )
        == sent
    )


def test_only_the_reviewers_see_an_application(partners: Partners) -> None:
    sent = partners.apply()
    everybody = ("village_head", "township_staff", "village_cadre", "township_head", "area_staff", "county_staff",
                 "county_leader", "auditor", "administrator", "dispatcher", "stranger", "resident")  # fmt: skip
    seen = {name for name in everybody if Application.objects.visible_to(getattr(partners.cast, name)).exists()}
    assert seen == {"village_head", "township_staff"}
    assert Application.objects.visible_to(partners.person(sent)).get() == sent
    assert actions.reveal_applicant(sent, by=partners.cast.village_head, purpose="约面谈").phone == PHONE
    assert Look.objects.count() == 1
    with pytest.raises(Forbidden):
        actions.reveal_applicant(sent, by=partners.cast.county_staff, purpose="看看")


def test_a_reviewer_declares_a_conflict_themself_and_sees_it_no_more(partners: Partners) -> None:
    sent, head = partners.apply(), partners.cast.village_head
    actions.declare_conflict(sent, by=head, words="是我外甥。")
    assert not Application.objects.visible_to(head).exists()
    sent = partners.again(sent)
    assert sent.promise.owner_id == partners.cast.world.posts["township_staff"].pk  # type: ignore[union-attr]
    with pytest.raises(Forbidden):
        actions.give_word(sent, by=head, in_favour=True, words="好。")
    actions.give_word(sent, by=partners.cast.township_staff, in_favour=True, words="好。")
    with pytest.raises(Invalid, match="two reviewers"):
        partners.take(sent)
    actions.name_reviewer(sent.call, by=SYSTEM, post=partners.cast.world.posts["county_staff"])
    actions.give_word(sent, by=partners.cast.county_staff, in_favour=True, words="好。")
    assert partners.take(sent).state == "taken"


def test_nobody_reviews_their_own_application(partners: Partners) -> None:
    person = partners.cast.world.persons["village_head"]
    sent = partners.apply(person=person)
    with pytest.raises(Forbidden):
        actions.give_word(sent, by=partners.cast.village_head, in_favour=True, words="我最合适。")


def test_it_is_taken_when_more_are_for_it_and_each_speaks_once(partners: Partners) -> None:
    sent = partners.reviewed(partners.apply(), words=(True, False))
    with pytest.raises(Invalid, match="more reviewers"):
        partners.take(sent)
    with pytest.raises(Conflict):
        actions.give_word(sent, by=partners.cast.village_head, in_favour=True, words="再说一次。")
    with pytest.raises(Invalid):
        actions.decline(sent, by=partners.cast.village_head, answer=" ")
    declined = actions.decline(sent, by=partners.cast.village_head, answer="今年只要一名。")
    assert partners.again(declined).promise.state == "kept"  # type: ignore[union-attr]


def test_an_agreement_over_collective_assets_names_the_members_own_decision(partners: Partners) -> None:
    taken = partners.take(partners.reviewed(partners.apply()))
    village, day = partners.cast.world.village, clock.today()
    own = {
        "touches_assets": True,
        "asset_village": village,
        "decision_paper": "成员大会决议〔2026〕2号",
        "decision_on": day,
    }
    for lack, field in (
        ({"asset_village": None}, "asset_village"),
        ({"asset_village": partners.cast.world.other_village}, "asset_village"),
        ({"asset_village": partners.cast.world.township}, "asset_village"),
        ({"decision_paper": " "}, "decision_paper"),
        ({"decision_on": None}, "decision_on"),
        ({"decision_on": day + timedelta(days=1)}, "decision_on"),
    ):
        with pytest.raises(Invalid) as refused:
            partners.agree(taken, **(own | lack))
        assert refused.value.field == field
    assert not Partnership.objects.exists() and partners.again(taken).state == "taken"
    agreement = partners.agree(taken, **own)
    assert (agreement.asset_village, agreement.decision_on) == (village, day)
    with pytest.raises(IntegrityError), transaction.atomic():
        Partnership.objects.filter(pk=agreement.pk).update(decision_paper="")


def test_what_is_renewed_is_decided_anew_and_hangs_on_one_thread(partners: Partners) -> None:
    village, day, by = partners.cast.world.village, clock.today(), partners.cast.village_cadre
    own = {"touches_assets": True, "asset_village": village, "decision_paper": "决议2号", "decision_on": day}
    first = partners.agree(**own)
    actions.name_project(first, by=by, project="茶树良种示范")
    with pytest.raises(Invalid) as refused:
        actions.renew(first, by=by, terms=partners.terms(touches_assets=True, asset_village=village))
    assert refused.value.field == "decision_paper"
    second = actions.renew(first, by=by, terms=partners.terms(paper="协议〔2027〕1号", **own))
    first.refresh_from_db()
    assert (first.state, second.project, second.person) == ("renewed", "茶树良种示范", first.person)
    kinds = [(step.ref.kind, step.relation) for step in threads.chain(first)]
    assert kinds == [("partner_call", "agreed"), ("partnership", ""), ("partnership", "renewed")]


def test_days_and_places_of_an_agreement_are_checked(partners: Partners) -> None:
    taken, day = partners.take(partners.reviewed(partners.apply())), clock.today()
    with pytest.raises(Invalid):
        partners.agree(taken, ends_on=day)
    with pytest.raises(Invalid):
        actions.agree(
            taken, by=partners.cast.township_staff, terms=partners.terms(), place=partners.cast.world.other_village
        )
    one = partners.agree(taken)
    with pytest.raises(Invalid):
        actions.end(one, by=partners.cast.village_cadre, ended_on=day + timedelta(days=1), outcome="完成。")


def test_agreements_are_read_in_their_territory_and_by_who_watches_over_assets(partners: Partners) -> None:
    partners.agree()
    names = ("village_cadre", "village_supervisor", "township_staff", "county_leader", "auditor", "grid_worker",
             "neighbour_cadre", "stranger", "resident", "administrator")  # fmt: skip
    seen = {name for name in names if Partnership.objects.visible_to(getattr(partners.cast, name)).exists()}
    assert seen == {"village_cadre", "village_supervisor", "township_staff", "county_leader", "auditor"}


def test_withdrawn_or_not_taken_it_is_forgotten(partners: Partners) -> None:
    sent = partners.apply()
    actions.withdraw(sent, by=partners.person(sent))
    assert (partners.again(sent).person, partners.again(sent).offer) == (None, "")
    declined = actions.decline(
        partners.reviewed(partners.apply(), words=(False,)), by=partners.cast.village_head, answer="名额已满。"
    )
    assert forget_over(clock.now() + timedelta(days=180)) == 0
    assert forget_over(clock.now() + timedelta(days=184)) == 1
    assert (partners.again(declined).person, partners.again(declined).answer) == (None, "")
    with pytest.raises(Conflict):
        actions.forget_application(declined, by=SYSTEM)


def test_the_person_is_told_and_erased_and_the_agreement_stays(partners: Partners) -> None:
    agreement = partners.agree()
    assert agreement.person is not None and OFFER in str(tell(agreement.person.pk))
    erase_person(agreement.person, by=SYSTEM)
    agreement.refresh_from_db()
    assert find_traces(NAME, PHONE) == set() and (agreement.person, agreement.paper) == (None, "协议〔2026〕1号")


def test_the_log_holds_no_words(partners: Partners) -> None:
    partners.agree()
    text = str(list(Activity.objects.filter(verb__startswith="partners.").values_list("changed", flat=True)))
    assert not [secret for secret in (NAME, OFFER, "合适。", "欢迎，请来签协议。") if secret in text]


def test_results_taken_up_and_teaching_bases(partners: Partners) -> None:
    by, village, day = partners.cast.village_cadre, partners.cast.world.village, clock.today()
    said: dict[str, Any] = {"place": village, "name": "茶树良种", "used_by": "柳湾茶叶合作社", "taken_up_on": day}
    with pytest.raises(Invalid) as refused:
        actions.take_up_result(by=by, institute=partners.cast.world.units["committee"], **said)
    assert refused.value.field == "institute"
    result = actions.take_up_result(by=by, institute=partners.institute, **said)
    with pytest.raises(Invalid):
        actions.note_result(result, by=by, outcome="亩产多两成", outcome_on=day + timedelta(days=1))
    actions.note_result(result, by=by, outcome="亩产多两成", outcome_on=day)
    assert ResearchResult.objects.get().outcome == "亩产多两成"
    base = actions.found_base(
        by=by, place=village, institute=partners.institute, name="实践基地", paper="协议", starts_on=day
    )
    with pytest.raises(Invalid):
        actions.end_base(base, by=by, ends_on=day)
    actions.end_base(base, by=by, ends_on=day + timedelta(days=30))
    with pytest.raises(Conflict):
        actions.end_base(base, by=by, ends_on=day + timedelta(days=60))
    with pytest.raises(Forbidden):
        actions.take_up_result(by=partners.cast.neighbour_cadre, institute=partners.institute, **said)


def test_partners_are_counted_as_persons_with_an_agreement_in_force(partners: Partners) -> None:
    first = partners.agree()
    partners.agree(partners.take(partners.reviewed(partners.apply())))  # the same person a second time
    alone = partners.apply(comes_from="alone", institute=None, told=Told("乙", "13500005555", agreed=True))
    partners.agree(partners.take(partners.reviewed(alone)))
    over = partners.apply(told=Told("丙", "13500005554", agreed=True))
    actions.end(
        partners.agree(partners.take(partners.reviewed(over))), by=SYSTEM, ended_on=clock.today(), outcome="完成。"
    )
    later = partners.apply(told=Told("丁", "13500005553", agreed=True))
    partners.agree(partners.take(partners.reviewed(later)), starts_on=clock.today() + timedelta(days=5))

    def count(code: str, name: str = "township_staff") -> int | None:
        return figures.compute(f"partners.{code}", getattr(partners.cast, name)).value

    assert first.person is not None
    assert (count("rural_partner_count"), count("partner_count"), count("calls_open")) == (1, 2, 5)
    assert count("rural_partner_count", "stranger") == 0
    assert figures.INDICATORS["partners.rural_partner_count"].claims == ("E20",)


def test_a_move_from_elsewhere_is_refused_in_a_sentence(partners: Partners) -> None:
    with pytest.raises(IllegalMove, match="is now"):
        partners.agree(partners.apply())
