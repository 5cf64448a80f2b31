"""Who is told what by itself: once, in words that say it, and nobody from whom it is withheld."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.urls import resolve

from cunlian.accounts.models import User
from cunlian.cases import actions
from cunlian.cases.actions import Told
from cunlian.cases.models import Case
from cunlian.cases.states import State
from cunlian.flows.notify import PAGES, receipt_text
from cunlian.flows.petitions import hand_over_to_petitions
from cunlian.flows.wiring import REACTIONS
from cunlian.kernel import clock, outbox, promises
from cunlian.kernel.ids import uuid7
from cunlian.kernel.models import Activity, Message, OutboxEntry, Promise, PromisePause
from cunlian.kernel.records import Record
from cunlian.kernel.refusals import Invalid
from cunlian.kernel.secrets import decrypt
from cunlian.organisations.above import posts_above
from cunlian.organisations.models import Post
from tests.cases.conftest import PHONE, Desk, desk, district

__all__ = ["desk", "district"]
pytestmark = pytest.mark.django_db
NEIGHBOUR = "13800001111"
MORNING = clock.at(date(2026, 7, 1), 9)


def react() -> None:
    """What the worker does, until nothing waits; every reaction must go through."""
    outbox.run_due(clock.now() + timedelta(days=400))
    assert not OutboxEntry.objects.exclude(state=OutboxEntry.State.DONE).exists()


def told(verb: str = "") -> list[tuple[str, str]]:
    """(address, text) of what is queued, of one verb if it is named."""
    rows = Activity.objects.filter(verb=verb).values_list("id", flat=True) if verb else []
    keys = tuple(str(row) for row in rows)
    queued = [m for m in Message.objects.order_by("key") if not verb or m.key.startswith(keys or ("-",))]
    return [(decrypt(bytes(message.address)), message.body) for message in queued]


@pytest.fixture(autouse=True)
def addresses(desk: Desk) -> None:
    for user in User.objects.all():
        user.email = f"{user.username}@example.org"
        user.save(update_fields=["email"])


STEPS: dict[str, Callable[[Desk], Case]] = {
    "cases.reported": lambda desk: desk.report(),
    "cases.reported_for": lambda desk: desk.report(by=desk.cast.grid_worker.for_("phone"), place=desk.cast.world.grid),
    "cases.dispatched": lambda desk: desk.in_state(State.DISPATCHED),
    "cases.rejected": lambda desk: desk.in_state(State.REJECTED),
    "cases.extension_granted": lambda desk: _extended(desk),
    "cases.answered": lambda desk: desk.in_state(State.ANSWERED),
    "cases.vouched": lambda desk: desk.in_state(State.VOUCHED),
    "cases.elapsed": lambda desk: desk.in_state(State.ELAPSED),
    "cases.reopened": lambda desk: _reopened(desk),
    "cases.merged": lambda desk: desk.in_state(State.MERGED),
    "cases.unmerged": lambda desk: _unmerged(desk),
}


def _extended(desk: Desk) -> Case:
    case = desk.in_state(State.IN_PROGRESS)
    actions.ask_extension(case, by=desk.keeper(case), working_days=3, text="等配件。")
    return actions.decide_extension(case, by=desk.cast.dispatcher, granted=True)


def _unmerged(desk: Desk) -> Case:
    case = desk.in_state(State.MERGED)
    return actions.unmerge_case(case, by=desk.cast.dispatcher)


def _reopened(desk: Desk) -> Case:
    case = desk.in_state(State.ANSWERED)
    return actions.reopen_case(case, by=desk.person(case), text="又灭了。")


def test_every_wired_step_of_a_case_is_tried_here() -> None:
    assert set(STEPS) == {verb for verb, name, _function in REACTIONS if name == "tell_reporter"}


@pytest.mark.parametrize("verb", STEPS)
def test_each_step_tells_the_one_who_reported_once_with_the_receipt(desk: Desk, verb: str) -> None:
    case = STEPS[verb](desk)
    react()
    ((address, text),) = told(verb)
    assert address == PHONE and receipt_text(case.receipt) in text
    assert "%(" not in text and "None" not in text


@pytest.mark.parametrize("verb", STEPS)
def test_running_a_reaction_twice_tells_nobody_twice(desk: Desk, verb: str) -> None:
    STEPS[verb](desk)
    react()
    before = told()
    OutboxEntry.objects.update(state=OutboxEntry.State.WAITING, attempts=0)
    react()
    assert told() == before
    for row in Activity.objects.filter(verb=verb):
        for wired, _name, function in REACTIONS:
            if wired == verb:
                function(row)
    assert told() == before


@pytest.mark.parametrize("given", [None, Told("张桂兰", "")])
def test_without_a_phone_nothing_is_queued(desk: Desk, given: Told | None) -> None:
    case = desk.report(told=given)
    actions.reject_case(case, by=desk.keeper(case), reason="unclear", text="看不清。")
    react()
    assert told() == []


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("cases.answered", "灯换好了，昨晚试亮正常。"),
        ("cases.rejected", "看不清，也联系不上。"),
        ("cases.extension_granted", "等配件。"),
    ],
)  # fmt: skip
def test_the_words_written_for_the_person_reach_them(desk: Desk, verb: str, words: str) -> None:
    STEPS[verb](desk)
    react()
    assert words in told(verb)[0][1]


def test_the_answer_asks_whether_it_is_fixed_with_an_address(desk: Desk) -> None:
    case = desk.in_state(State.ANSWERED)
    react()
    assert f"/follow/?receipt={case.receipt}" in told("cases.answered")[0][1]


def test_whoever_joined_hears_the_answer_under_a_receipt_of_their_own(desk: Desk) -> None:
    case = desk.report(category=desk.lamp)
    joined = actions.join_case(case, by=desk.cast.anonymous, told=Told("李国庆", NEIGHBOUR))
    head = desk.keeper(case)
    actions.accept_case(case, by=head)
    actions.answer_case(case, by=head, text="换好了。")
    react()
    heard = dict(told("cases.answered"))
    assert set(heard) == {PHONE, NEIGHBOUR}
    assert receipt_text(joined.receipt) in heard[NEIGHBOUR] and receipt_text(case.receipt) not in heard[NEIGHBOUR]


def test_whoever_was_merged_hears_the_answer_too(desk: Desk) -> None:
    case, same = desk.report(category=desk.lamp), desk.report("也是路灯。", told=Told("李国庆", NEIGHBOUR))
    actions.merge_case(same, by=desk.keeper(same), into=case)
    head = desk.keeper(case)
    actions.accept_case(case, by=head)
    actions.answer_case(case, by=head, text="换好了。")
    react()
    assert {address for address, _text in told("cases.answered")} == {PHONE, NEIGHBOUR}


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_days_are_those_of_shanghai_on_any_machine(desk: Desk, monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    with clock.set_to(MORNING):
        case = desk.report(category=desk.lamp)
        assert case.promise
        case.promise.due_at = clock.at(date(2026, 7, 14), 1)  # still 13 July in UTC
        case.promise.save(update_fields=["due_at"])
    with monkeypatch.context() as machine:
        machine.setenv("TZ", zone)
        time.tzset()
        react()
    time.tzset()
    assert "7月14日" in told("cases.reported")[0][1]


def _late(desk: Desk) -> Case:
    with clock.set_to(MORNING):
        case = desk.report(place=desk.cast.world.grid)
    assert case.holder == desk.post("grid_worker")
    return case


def _holders(post: Post) -> set[str]:
    return {user.email for user in post.holder_users()}


def test_a_late_answer_is_told_one_rung_at_a_time(desk: Desk) -> None:
    case = _late(desk)
    ladder = posts_above(desk.post("grid_worker"))
    heard = []
    for days in (30, 60, 90):
        promises.climb(MORNING + timedelta(days=days), limit=1)
        react()
        row = Activity.objects.filter(verb="promises.late").order_by("recorded_at").last()
        assert row
        heard.append({decrypt(bytes(m.address)) for m in Message.objects.filter(key__startswith=str(row.pk))})
    assert heard == [_holders(post) for post in (ladder[0], ladder[1], ladder[min(2, len(ladder) - 1)])]
    assert all(str(case.pk) in text for _address, text in told("promises.late"))
    assert "7月10日 17:30" in told("promises.late")[0][1]


def test_a_worker_that_was_away_still_tells_each_rung_to_its_own(desk: Desk) -> None:
    _late(desk)
    for days in (30, 60):
        promises.climb(MORNING + timedelta(days=days), limit=1)
    react()
    ladder = posts_above(desk.post("grid_worker"))
    assert {address for address, _text in told("promises.late")} == _holders(ladder[0]) | _holders(ladder[1])


@pytest.mark.parametrize("about", ["grid_worker", "village_cadre", "village_head", "township_staff"])
def test_a_late_complaint_is_told_to_nobody_but_who_owes_the_answer(desk: Desk, about: str) -> None:
    with clock.set_to(MORNING):
        case = actions.report_complaint(
            by=desk.cast.anonymous, place=desk.cast.world.village, text="他不理人。", post=desk.post(about),
            told=Told("张桂兰", PHONE),
        )  # fmt: skip
    for days in (30, 60, 90):
        promises.climb(MORNING + timedelta(days=days), limit=1)
    react()
    assert case.holder and case.holder != desk.post(about)
    heard = {address for address, _text in told()}
    assert heard == {PHONE} | _holders(case.holder)
    assert f"{about}@example.org" not in heard


def test_a_day_that_moves_is_told_to_who_owes_and_who_waits(desk: Desk) -> None:
    with clock.set_to(clock.at(date(2031, 9, 25), 9)):
        case = desk.report(category=desk.lamp)
        assert case.promise and case.promise.provisional
        free = [(date(2031, 10, 1) + timedelta(days=n), False) for n in range(7)]
        assert promises.import_calendar(free, "国办发明电〔2030〕1号") == 1
        react()
        case.refresh_from_db()
        heard = dict(told("promises.moved"))
        assert case.holder and set(heard) == {PHONE} | _holders(case.holder)
        day = clock.day_of(case.promise.due_at)
        assert all(f"{day.month}月{day.day}日" in text for text in heard.values())
        assert receipt_text(case.receipt) in heard[PHONE]
        OutboxEntry.objects.update(state=OutboxEntry.State.WAITING, attempts=0)
        react()
        assert dict(told("promises.moved")) == heard and len(told("promises.moved")) == len(heard)


def test_staff_without_an_address_are_passed_over(desk: Desk) -> None:
    _late(desk)
    User.objects.update(email="")
    promises.climb(MORNING + timedelta(days=30), limit=1)
    react()
    assert told("promises.late") == []


def test_whoever_waited_hears_that_it_is_with_the_petition_office_although_the_case_forgets_them(desk: Desk) -> None:
    case = desk.report(category=desk.lamp)
    joined = actions.join_case(case, by=desk.cast.anonymous, told=Told("李国庆", NEIGHBOUR))
    react()
    day = clock.today() + timedelta(days=60)
    hand_over_to_petitions(case, by=desk.keeper(case), register_number="信〔2026〕12", due_on=day)
    react()
    texts = {m.key: m.body for m in Message.objects.filter(key__startswith="handed_over:")}
    assert len(texts) == 2 and all("信访" in text for text in texts.values())
    for receipt in (case.receipt, joined.receipt):
        assert sum(receipt_text(receipt) in text for text in texts.values()) == 1
    assert Case.objects.get(pk=case.pk).reporter is None


def test_a_handing_over_that_is_refused_tells_nobody(desk: Desk) -> None:
    case = desk.report(category=desk.lamp)
    with pytest.raises(Invalid):
        hand_over_to_petitions(case, by=desk.keeper(case), register_number=" ", due_on=clock.today())
    assert not Message.objects.filter(key__startswith="handed_over:").exists()


# --- in the language of whoever reads it ---


@pytest.mark.parametrize("verb", STEPS)
def test_messages_are_chinese_unless_somebody_chose_another_language(desk: Desk, verb: str) -> None:
    STEPS[verb](desk)
    react()
    ((_address, text),) = told(verb)
    assert "请" in text or "您" in text or "诉求" in text


def test_each_reads_the_language_they_chose(desk: Desk) -> None:
    case = desk.report(category=desk.lamp, told=Told("Jane", PHONE, language="en"))
    actions.join_case(case, by=desk.cast.anonymous, told=Told("李国庆", NEIGHBOUR))
    react()
    assert "We have your request" in dict(told("cases.reported"))[PHONE]
    head = desk.keeper(case)
    actions.accept_case(case, by=head)
    actions.answer_case(case, by=head, text="换好了。")
    react()
    heard = dict(told("cases.answered"))
    assert "Answer to your request" in heard[PHONE] and "答复" in heard[NEIGHBOUR]


def test_the_language_of_the_account_goes_before_the_one_kept_with_the_case(desk: Desk) -> None:
    resident = desk.cast.world.persons["resident"]
    User.objects.filter(pk=resident.user_id).update(language="en")
    desk.report(told=None, person=resident)
    react()
    assert "We have your request" in told("cases.reported")[0][1]


def test_staff_read_theirs_too(desk: Desk) -> None:
    _late(desk)
    User.objects.update(language="en")
    promises.climb(MORNING + timedelta(days=30), limit=1)
    react()
    assert all("owes an answer since 10 July" in text for _address, text in told("promises.late"))


def test_of_who_was_handed_over_to_the_petition_office_no_language_stays(desk: Desk) -> None:
    case = desk.report(category=desk.lamp, told=Told("Jane", PHONE, language="en"))
    day = clock.today() + timedelta(days=60)
    hand_over_to_petitions(case, by=desk.keeper(case), register_number="信〔2026〕12", due_on=day)
    assert "petition office" in Message.objects.get(key__startswith="handed_over:").body
    assert Case.objects.get(pk=case.pk).language == ""


# --- more time refused ---


def _refused(desk: Desk) -> Case:
    case = desk.in_state(State.IN_PROGRESS)
    actions.ask_extension(case, by=desk.keeper(case), working_days=3, text="等配件。")
    return actions.decide_extension(case, by=desk.cast.dispatcher, granted=False, text="配件镇里有，先来领。")


def test_refused_time_is_told_to_who_asked_and_to_nobody_else(desk: Desk) -> None:
    case = _refused(desk)
    react()
    asked = case.extensions.get().asked_by
    assert asked
    heard = told("cases.extension_refused")
    assert {address for address, _text in heard} == _holders(asked)
    assert all(receipt_text(case.receipt) in text and str(case.pk) in text for _address, text in heard)
    assert all("配件" not in text for _address, text in heard), "why is read with the request, not in a mail"


def test_refused_time_is_not_told_of_what_is_withheld_by_now(desk: Desk) -> None:
    case = _refused(desk)
    Case.objects.filter(pk=case.pk).update(confidential=True, holder=desk.post("county_leader"))
    react()
    assert told("cases.extension_refused") == []


def test_whatever_is_promised_has_a_page_for_whoever_hears_that_it_is_late() -> None:
    about = {
        model.KIND
        for model in apps.get_models()
        if issubclass(model, Record)
        and model is not PromisePause
        and any(field.related_model is Promise for field in model._meta.concrete_fields)
    }
    assert {"case", "mentor_pair", "visit_note"} <= about <= set(PAGES)
    assert all(resolve(f"/desk/{page}/{uuid7()}/") for page in PAGES.values())
