"""Many passed on at once: each whole or not at all, each told apart, one batch in the log."""

from __future__ import annotations

from cunlian.cases.models import Case
from cunlian.cases.states import State
from cunlian.kernel.ids import uuid7
from cunlian.kernel.models import Activity
from tests.desk.conftest import Desk, Enter, soup

URL = "/desk/cases/pass-on/"


def test_ticked_ones_are_passed_on_and_the_refused_stay_whole(desk: Desk, enter: Enter) -> None:
    fine, second = desk.report("路灯不亮。", category=desk.lamp), desk.report("又一盏。", category=desk.lamp)
    powers = desk.report("违建。", category=desk.unlawful)
    before = Case.objects.get(pk=powers.pk).holder_id
    client = enter(desk.cast.dispatcher)
    to = str(desk.post("township_staff").pk)
    keys = [str(case.pk) for case in (fine, second, powers)]

    assert soup(client.get(URL, {"case": keys})).select_one(f'option[value="{desk.post("grid_worker").pk}"]')
    answer = client.post(URL, {"case": keys, "to": str(desk.post("grid_worker").pk), "text": "请处理"})

    page = soup(answer)
    assert [Case.objects.get(pk=case.pk).state for case in (fine, second)] == [State.DISPATCHED] * 2
    assert Case.objects.get(pk=powers.pk).holder_id == before
    assert not Case.objects.get(pk=powers.pk).remarks.exists()
    assert len(page.select("tbody tr")) == 3
    assert "By law it goes to the department" in page.select_one("tbody .late").parent.text  # type: ignore[union-attr]
    batches = set(Activity.objects.filter(verb="cases.dispatched").values_list("batch_id", flat=True))
    assert len(batches) == 1 and batches != {None}
    assert to  # offered posts are near the places; this one stays untouched


def test_foreign_cases_are_left_out_as_if_they_were_not_there(desk: Desk, enter: Enter) -> None:
    case = desk.report("柳湾的事。")

    page = soup(enter(desk.cast.neighbour_cadre).get(URL, {"case": [str(case.pk), "nonsense"]}))

    assert "柳湾的事" not in page.text


def test_who_may_not_pass_it_on_is_told_so(desk: Desk, enter: Enter) -> None:
    case = desk.report("路灯不亮。", category=desk.lamp)

    to = str(desk.post("grid_worker").pk)
    page = soup(enter(desk.cast.social_worker).post(URL, {"case": [str(case.pk)], "to": to}))

    assert "is with another post" in page.text
    assert Case.objects.get(pk=case.pk).state == State.REPORTED


def test_pressing_twice_passes_on_once(desk: Desk, enter: Enter) -> None:
    case = desk.report("路灯不亮。", category=desk.lamp)
    client, key = enter(desk.cast.dispatcher), uuid7().hex
    form = {"case": [str(case.pk)], "to": str(desk.post("grid_worker").pk), "key": key}

    answers = [client.post(URL, form) for _press in range(2)]

    assert {answer.status_code for answer in answers} == {200}
    assert Activity.objects.filter(verb="cases.dispatched").count() == 1
    assert "1 request was passed on" in answers[1].content.decode()


def test_without_a_post_nothing_moves(desk: Desk, enter: Enter) -> None:
    case = desk.report("路灯不亮。")

    answer = enter(desk.cast.dispatcher).post(URL, {"case": [str(case.pk)], "to": ""})

    assert answer.status_code == 422 and Case.objects.get(pk=case.pk).state == State.REPORTED
