"""The moves by program: for each what the key's scopes and its sight let through, and what only some moves do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from cunlian.api.moves import MOVES
from cunlian.cases import actions
from cunlian.cases.models import Case
from cunlian.cases.states import MOVES as TABLE
from cunlian.cases.states import State
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.ids import uuid7
from cunlian.kernel.models import Activity, Message
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.actions import wind_up
from tests.api.conftest import SCOPES, MakeKey, Program
from tests.cases.conftest import Desk

pytestmark = pytest.mark.django_db
S = State
Body = Callable[[Desk], dict[str, Any]]


def _asked(desk: Desk) -> Case:
    case = desk.in_state(S.IN_PROGRESS)
    actions.ask_extension(case, by=desk.keeper(case), working_days=5, text="等料")
    return case


def _paused(desk: Desk) -> Case:
    case = desk.in_state(S.ACCEPTED)
    return actions.pause_case(case, by=desk.keeper(case), reason="weather", text="")


def _in(state: State) -> Callable[[Desk], Case]:
    return lambda desk: desk.in_state(state)


def _due(days: int = 60) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def _english(label: object) -> str:
    with translation.override("en"):
        return str(label)


# move: a case it starts from, what it takes
READY: dict[str, tuple[Callable[[Desk], Case], Body]] = {
    "accept": (_in(S.REPORTED), lambda d: {}),
    "reject": (_in(S.REPORTED), lambda d: {"reason": "unclear", "text": "看不清。"}),
    "dispatch": (_in(S.REPORTED), lambda d: {"to": str(d.post("grid_worker").pk)}),
    "start": (_in(S.ACCEPTED), lambda d: {}),
    "return": (_in(S.DISPATCHED), lambda d: {"text": "不归我们。"}),
    "note_progress": (_in(S.ACCEPTED), lambda d: {"text": "明天去看。"}),
    "ask_extension": (_in(S.ACCEPTED), lambda d: {"working_days": 3, "text": "等料"}),
    "grant_extension": (_asked, lambda d: {}),
    "refuse_extension": (_asked, lambda d: {"text": "可以按时。"}),
    "pause": (_in(S.ACCEPTED), lambda d: {"reason": "weather"}),
    "resume": (_paused, lambda d: {}),
    "answer": (_in(S.ACCEPTED), lambda d: {"text": "修好了。"}),
    "confirm": (_in(S.ANSWERED), lambda d: {}),
    "vouch": (_in(S.ANSWERED), lambda d: {"text": "对门看见亮了。"}),
    "reopen": (_in(S.ANSWERED), lambda d: {"text": "又灭了。"}),
    "merge": (_in(S.REPORTED), lambda d: {"into": str(d.report("同一盏灯。").pk)}),
    "unmerge": (_in(S.MERGED), lambda d: {}),
    "split": (_in(S.REPORTED), lambda d: {"text": "另外水也停了。"}),
    "hand_over": (_in(S.REPORTED), lambda d: {"register_number": "信〔2026〕7", "due_on": _due()}),
    "withdraw": (_in(S.REPORTED), lambda d: {}),
    "comment": (_in(S.REPORTED), lambda d: {"text": "先问问电工。"}),
    "add_words": (_in(S.REPORTED), lambda d: {"text": "昨晚又灭了。"}),
}
OF_HOLDER = {"cases.handle", "cases.return", "cases.ask_extension", "cases.pause"}
SCOPED = {
    "all": lambda scope: set(SCOPES),
    "just this": lambda scope: {"cases.view", scope},
    "not this": lambda scope: set(SCOPES) - {scope},
    "no reading": lambda scope: set(SCOPES) - {"cases.view"},
}


def test_every_move_but_the_one_of_time_is_here() -> None:
    assert set(MOVES) == set(READY) == {move.name for move in TABLE} - {"elapse"}


def test_every_move_says_what_it_takes_and_takes_nothing_else(stranger: Program) -> None:
    described = stranger.get("/openapi.json").json()
    address = described["paths"]["/api/v1/cases/{case_id}/moves/{move}"]["post"]
    fields = set(described["components"]["schemas"]["MoveIn"]["properties"])
    assert address["parameters"][1]["schema"]["enum"] == list(MOVES)
    for name, step in MOVES.items():
        assert f"| {name} | {_english(TABLE[name].label)} | {TABLE[name].permission} |" in address["description"]
        assert set(filter(None, step.takes.split(", "))) <= fields


def _able(key: MakeKey, case: Case, name: str, scopes: set[str] | None = None) -> Program:
    """A program that may do it: work is done as the post that holds the case, the rest at the dispatch desk."""
    of_work = TABLE[name].permission in OF_HOLDER
    return key(scopes=SCOPES if scopes is None else scopes, post=case.holder if of_work else None)


@pytest.mark.parametrize("scopes", list(SCOPED))
@pytest.mark.parametrize("name", list(READY))
def test_each_move_needs_its_scope_and_reading(key: MakeKey, desk: Desk, name: str, scopes: str) -> None:
    case, body = READY[name][0](desk), READY[name][1](desk)
    program, rows = _able(key, case, name, SCOPED[scopes](TABLE[name].permission)), Activity.objects.count()
    allowed = scopes in ("all", "just this")
    said = program.move(case, name, **body)
    assert said.status_code == (200 if allowed else 403), said.content
    assert (Activity.objects.count() > rows) == allowed
    if allowed:
        assert said.json()["state"] == (TABLE[name].to or case.state)


@pytest.mark.parametrize("post", ["none", "another"])
@pytest.mark.parametrize("name", [name for name in READY if TABLE[name].permission in OF_HOLDER])
def test_work_is_done_as_no_post_but_the_one_that_holds_it(key: MakeKey, desk: Desk, name: str, post: str) -> None:
    case, body = READY[name][0](desk), READY[name][1](desk)
    program, rows = key(post=desk.post("lane_leader") if post == "another" else None), Activity.objects.count()
    assert case.holder != desk.post("lane_leader")
    assert program.move(case, name, **body).status_code in ((403, 404) if post == "another" else (403,))
    assert Activity.objects.count() == rows


def test_what_a_key_does_as_a_post_is_recorded_as_the_keys_for_the_post(key: MakeKey, desk: Desk) -> None:
    case = desk.in_state(S.ACCEPTED)
    program = key(post=case.holder)
    program.move(case, "answer", text="修好了。")
    row = Activity.objects.get(object_id=case.pk, verb="cases.answered")
    assert program.key and (row.actor_kind, row.actor_id, row.post_id) == ("service", program.key.pk, case.holder_id)
    assert program.move(case, "confirm").status_code == 403  # whoever did the work never says that it is fixed


def test_a_key_ends_with_its_post(key: MakeKey, desk: Desk) -> None:
    post = desk.post("grid_worker")
    program = key(post=post)
    assert program.get("/cases").status_code == 200
    wind_up(post.place, by=SYSTEM, ends_on=clock.today())
    assert program.get("/cases").status_code == 401
    post.refresh_from_db()
    with pytest.raises(Invalid):
        key(post=post)


@pytest.mark.parametrize("about", ["foreign", "confidential"])
@pytest.mark.parametrize("name", list(READY))
def test_no_move_reaches_what_the_key_does_not_see(key: MakeKey, desk: Desk, name: str, about: str) -> None:
    if about == "foreign":
        case, program = READY[name][0](desk), key(desk.cast.world.other_village)
    else:
        village, post = desk.cast.world.village, desk.post("grid_worker")
        case = actions.report_complaint(by=desk.cast.anonymous, place=village, text="他不理人。", post=post)
        program = key()
    body, rows = READY[name][1](desk), Activity.objects.count()
    said = program.move(case, name, **body)
    assert said.status_code == 404 and said.content == program.move(Case(id=uuid7()), name, **body).content
    assert Activity.objects.count() == rows


@pytest.mark.parametrize("name", list(READY))
def test_what_would_work_is_offered(key: MakeKey, desk: Desk, name: str) -> None:
    case = READY[name][0](desk)
    assert name in _able(key, case, name).get(f"/cases/{case.pk}").json()["actions"]


def test_a_case_is_joined_with_another_and_separated_again(program: Program, desk: Desk) -> None:
    case, into = desk.report(), desk.report("同一件事。")
    assert program.move(case, "merge", into=str(into.pk)).json()["state"] == "merged"
    case.refresh_from_db()
    assert case.merged_into == into
    assert program.move(case, "unmerge").json()["state"] == "reported"


def test_it_is_joined_with_nothing_the_key_does_not_see(key: MakeKey, desk: Desk) -> None:
    program, case = key(desk.cast.world.village), desk.report()
    foreign = desk.report("别村的。", place=desk.cast.world.other_village)
    said = [program.move(case, "merge", **body) for body in ({"into": str(foreign.pk)}, {"into": str(uuid7())}, {})]
    assert {one.content for one in said} == {said[0].content} and said[0].json()["field"] == "into"


def test_the_part_split_off_is_named_and_split_off_once(program: Program, desk: Desk) -> None:
    case, key = desk.report(), str(uuid7())
    said = [program.move(case, "split", id=key, text="另外灯也坏了。", category="0202").json() for _twice in range(2)]
    part = Case.objects.get(split_from=case)
    assert {one["part_id"] for one in said} == {key} == {str(part.pk)}
    assert (part.title, part.category, part.reporter) == ("另外灯也坏了", desk.lamp, case.reporter)
    assert program.move(case, "split", text="还有一样。").json()["part_id"] not in (None, key)


def test_a_part_takes_no_id_that_is_taken(program: Program, desk: Desk) -> None:
    case, other = desk.report(), desk.report("另一件。")
    said = program.move(case, "split", id=str(other.pk), text="另外灯也坏了。")
    assert said.status_code == 409 and other.receipt not in said.content.decode()
    assert program.move(case, "split", text="灯", category="9999").json()["field"] == "category"


def test_the_petition_office_has_it_and_who_waits_is_told(program: Program, desk: Desk) -> None:
    case = desk.report()
    assert program.move(case, "hand_over", register_number="信1").json()["field"] == "due_on"
    assert program.move(case, "hand_over", due_on=_due()).json()["field"] == "register_number"
    assert program.move(case, "hand_over", register_number="信1", due_on=_due(-1)).json()["field"] == "due_on"
    assert program.move(case, "hand_over", register_number="信1", due_on=_due()).json()["title"] == ""
    assert Message.objects.filter(key__startswith=f"handed_over:{case.pk}").exists()


@pytest.mark.parametrize(("name", "channel"), [("withdraw", "phone"), ("add_words", "phone"), ("vouch", "neighbour")])
def test_whose_word_it_was_is_recorded(program: Program, desk: Desk, name: str, channel: str) -> None:
    case = READY[name][0](desk)
    program.move(case, name, **READY[name][1](desk))
    row = Activity.objects.filter(object_id=case.pk).latest("recorded_at")
    assert (row.actor_kind, row.behalf_channel) == ("service", channel)


def test_a_comment_is_for_staff_and_words_added_are_read_by_the_person(program: Program, desk: Desk) -> None:
    case = desk.report()
    program.move(case, "comment", text="先问问电工。")
    program.move(case, "add_words", text="昨晚又灭了。")
    assert set(case.remarks.values_list("text", "public")) == {("先问问电工。", False), ("昨晚又灭了。", True)}


@pytest.mark.parametrize(("said", "granted"), [({}, 5), ({"working_days": 3}, 3)])
def test_time_is_granted_as_asked_or_as_said(program: Program, desk: Desk, said: dict[str, int], granted: int) -> None:
    case = _asked(desk)
    assert case.promise
    before = clock.day_of(case.promise.due_at)
    program.move(case, "grant_extension", **said)
    case = Case.objects.select_related("promise").get(pk=case.pk)
    assert case.promise and clock.working_days_between(before, clock.day_of(case.promise.due_at)) == granted
    assert case.extensions.get().granted is True


def test_no_more_time_is_granted_than_may_be_asked_for(program: Program, desk: Desk) -> None:
    case = _asked(desk)
    assert program.move(case, "grant_extension", working_days=31).json()["field"] == "working_days"
    assert program.move(case, "refuse_extension").json()["field"] == "text"
    program.move(case, "refuse_extension", text="可以按时。")
    assert case.extensions.get().granted is False


def test_the_same_call_again_says_it_once(program: Program, desk: Desk) -> None:
    case, key = desk.report(), str(uuid7())
    said = [program.move(case, "comment", id=key, text="先问问。") for _twice in range(2)]
    assert [one.status_code for one in said] == [200, 200] and case.remarks.count() == 1
    program.move(case, "add_words", id=key, text="又灭了。")
    assert case.remarks.count() == 2


@pytest.mark.parametrize(
    "body", [{"due_on": 0}, {"due_on": "2026-7-1"}, {"due_on": "soon"}, {"working_days": "3"}, {"into": 7}, {"id": "x"}]
)
def test_a_value_that_cannot_be_read_is_named(program: Program, desk: Desk, body: dict[str, Any]) -> None:
    said = program.move(desk.report(), "accept", **body)
    assert (said.status_code, [one["field"] for one in said.json()["fields"]]) == (422, list(body))


@pytest.mark.parametrize("body", [[None], "accept", 1])
def test_a_body_that_is_no_object_moves_nothing(program: Program, desk: Desk, body: Any) -> None:
    case = desk.report()
    assert program.post(f"/cases/{case.pk}/moves/accept", body).status_code == 422
    assert Case.objects.get(pk=case.pk).state == State.REPORTED
