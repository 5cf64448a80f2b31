"""Partners at the desk: calls, reviews only reviewers see, agreements, results and bases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from cunlian.kernel import clock
from cunlian.talent.models import Application, PartnerCall, Partnership, ResearchResult, TeachingBase
from cunlian.talent.partners.states import ApplicationState, CallState, PartnershipState
from tests.desk.conftest import Enter, soup
from tests.talent.partners.conftest import NAME, OFFER, PHONE, Partners, partners

__all__ = ["partners"]
KEY = "01900000-0000-7000-8000-00000000000"


def _press(client: Any, url: str, **said: object) -> Any:
    form = soup(client.get(url)).select_one("form.form")
    assert form is not None
    key = form.select_one("input[name=key]")
    assert key is not None
    return client.post(url, {"key": key["value"], **said})


def _of(one: Any, move: str = "") -> str:
    name = {PartnerCall: "partner_call", Application: "partner_application", Partnership: "partnership"}[type(one)]
    return reverse(f"desk:{name}_move", args=[one.pk, move]) if move else reverse(f"desk:{name}", args=[one.pk])


def test_a_call_is_drawn_up_changed_reviewed_and_published(partners: Partners, enter: Enter) -> None:
    client, world, day = enter(partners.cast.township_staff), partners.cast.world, clock.today()
    said = {
        "name": "茶叶合伙人", "place": str(world.village.pk), "paper": "恒发〔2026〕8号", "paper_on": day.isoformat(),
        "wanted": "懂茶的人", "offered": "示范田", "open_until": (day + timedelta(days=30)).isoformat(),
    }  # fmt: skip
    refused = client.post(reverse("desk:partner_call_new"), {**said, "key": f"{KEY}1", "open_until": "2020-01-01"})
    assert refused.status_code == 422 and "示范田" in refused.content.decode()
    made = client.post(reverse("desk:partner_call_new"), {**said, "key": f"{KEY}2"})
    call = PartnerCall.objects.get()
    assert made.url == reverse("desk:partner_call", args=[call.pk])  # type: ignore[attr-defined]
    _press(client, reverse("desk:partner_call_change", args=[call.pk]), **{**said, "wanted": "懂茶树栽培的人"})
    assert _press(client, _of(call, "publish")).status_code == 422
    for name in ("village_head", "township_staff"):
        _press(client, _of(call, "name_reviewer"), post=str(world.posts[name].pk))
    _press(client, _of(call, "publish"))
    call.refresh_from_db()
    assert (call.state, call.wanted) == ("open", "懂茶树栽培的人")
    assert enter(partners.cast.stranger).get(_of(call)).status_code == 404
    assert enter(partners.cast.auditor).get(reverse("desk:partner_call_new")).status_code == 403


def test_only_reviewers_find_an_application_and_its_page_masks_who_it_is(partners: Partners, enter: Enter) -> None:
    sent = partners.apply()
    page = enter(partners.cast.village_head).get(_of(sent))
    text = page.content.decode()
    assert OFFER in text and NAME not in text and PHONE not in text and page["Cache-Control"] == "no-store"
    for name in ("village_cadre", "county_staff", "county_leader", "auditor", "administrator", "stranger"):
        client = enter(getattr(partners.cast, name))
        assert client.get(_of(sent)).status_code == 404
        assert sent.receipt[4:] not in client.get(reverse("desk:partner_applications")).content.decode()
    look = reverse("desk:partner_application_reveal", args=[sent.pk])
    assert enter(partners.cast.village_head).post(look, {"purpose": ""}).status_code == 422
    assert PHONE in enter(partners.cast.village_head).post(look, {"purpose": "约谈"}).content.decode()


def test_a_conflict_declared_closes_the_page_for_that_reviewer(partners: Partners, enter: Enter) -> None:
    sent, client = partners.apply(), enter(partners.cast.village_head)
    answer = _press(client, _of(sent, "declare_conflict"), words="是我外甥。")
    assert answer["Location"] == reverse("desk:partner_applications")
    assert client.get(_of(sent)).status_code == 404
    assert "conflict of interest" in enter(partners.cast.township_staff).get(_of(sent)).content.decode()


def test_from_the_words_of_the_reviewers_to_the_agreement_and_its_end(partners: Partners, enter: Enter) -> None:
    sent, client, day = partners.apply(), enter(partners.cast.township_staff), clock.today()
    village = partners.cast.world.village
    _press(enter(partners.cast.village_head), _of(sent, "give_word"), in_favour="yes", words="合适。")
    assert _press(client, _of(sent, "take"), answer="欢迎。").status_code == 422
    _press(client, _of(sent, "give_word"), in_favour="yes", words="可以。")
    _press(client, _of(sent, "take"), answer="欢迎。")
    said = {
        "place": str(village.pk), "paper": "协议1号", "starts_on": day.isoformat(),
        "ends_on": (day + timedelta(days=365)).isoformat(), "touches_assets": "on", "asset_village": str(village.pk),
    }  # fmt: skip
    refused = _press(client, _of(sent, "agree"), **said)
    assert refused.status_code == 422 and "members" in refused.content.decode() and not Partnership.objects.exists()
    _press(client, _of(sent, "agree"), **said, decision_paper="成员大会决议2号", decision_on=day.isoformat())
    one = Partnership.objects.get()
    cadre = enter(partners.cast.village_cadre)
    _press(cadre, _of(one, "name_project"), project="良种示范")
    _press(cadre, _of(one, "note_outcome"), outcome="亩产多两成。")
    page = cadre.get(_of(one)).content.decode()
    assert "成员大会决议2号" in page and "良种示范" in page and NAME not in page
    _press(
        cadre,
        _of(one, "renew"),
        paper="协议2号",
        starts_on=day.isoformat(),
        ends_on=(day + timedelta(days=9)).isoformat(),
    )
    second = Partnership.objects.get(renews=one)
    _press(cadre, _of(second, "end"), ended_on=day.isoformat(), outcome="完成。")
    second.refresh_from_db()
    assert (second.state, second.outcome, second.project) == ("ended", "完成。", "良种示范")


@pytest.mark.parametrize("state", list(ApplicationState), ids=str)
def test_each_button_of_an_application_opens(partners: Partners, enter: Enter, state: ApplicationState) -> None:
    sent, client = partners.application_in(state), enter(partners.cast.township_staff)
    links = [str(a["href"]) for a in soup(client.get(_of(sent))).select(".moves-bar a.btn")]
    assert [client.get(link).status_code for link in links] == [200] * len(links)
    assert bool(links) == (state in {ApplicationState.SENT, ApplicationState.TAKEN})


@pytest.mark.parametrize("state", list(CallState), ids=str)
def test_each_button_of_a_call_opens(partners: Partners, enter: Enter, state: CallState) -> None:
    one, client = partners.call_in(state), enter(partners.cast.township_staff)
    links = [str(a["href"]) for a in soup(client.get(_of(one))).select(".moves-bar a.btn")]
    assert links and [client.get(link).status_code for link in links] == [200] * len(links)


@pytest.mark.parametrize("state", list(PartnershipState), ids=str)
def test_each_button_of_an_agreement_opens(partners: Partners, enter: Enter, state: PartnershipState) -> None:
    one, client = partners.agreement_in(state), enter(partners.cast.village_cadre)
    links = [str(a["href"]) for a in soup(client.get(_of(one))).select(".moves-bar a.btn")]
    assert [client.get(link).status_code for link in links] == [200] * len(links)
    assert bool(links) == (state == PartnershipState.RUNNING)
    for stranger in (partners.cast.neighbour_cadre, partners.cast.stranger):
        assert enter(stranger).get(_of(one)).status_code == 404


def test_an_application_is_entered_for_somebody_and_then_seen_by_reviewers_only(
    partners: Partners, enter: Enter
) -> None:
    call, client = partners.call(), enter(partners.cast.village_cadre)
    url = reverse("desk:partner_application_new", args=[call.pk])
    said = {"key": f"{KEY}3", "channel": "phone", "offer": OFFER, "comes_from": "alone", "name": NAME, "phone": PHONE}
    refused = client.post(url, said)
    assert refused.status_code == 422 and OFFER in refused.content.decode()
    answer = client.post(url, {**said, "agreed": "on"})
    sent = Application.objects.get()
    slip = client.get(answer["Location"]).content.decode()
    assert sent.receipt[4:] in slip and OFFER not in slip and NAME not in slip
    assert client.get(_of(sent)).status_code == 404
    assert enter(partners.cast.village_head).get(answer["Location"]).status_code == 404


def test_results_and_bases_are_entered_and_followed_up(partners: Partners, enter: Enter) -> None:
    client, day = enter(partners.cast.township_staff), clock.today().isoformat()
    where = {"place": str(partners.cast.world.village.pk), "institute": str(partners.institute.pk)}
    _press(client, reverse("desk:result_new"), name="茶树良种", used_by="合作社", taken_up_on=day, **where)
    result = ResearchResult.objects.get()
    _press(client, reverse("desk:result_outcome", args=[result.pk]), outcome="亩产多两成", outcome_on=day)
    assert "亩产多两成" in client.get(reverse("desk:results")).content.decode()
    _press(client, reverse("desk:base_new"), name="实践基地", paper="协议", starts_on=day, **where)
    base = TeachingBase.objects.get()
    assert _press(client, reverse("desk:base_end", args=[base.pk]), ends_on=day).status_code == 422
    late = (clock.today() + timedelta(days=1)).isoformat()
    _press(client, reverse("desk:base_end", args=[base.pk]), ends_on=late)
    base.refresh_from_db()
    assert base.ends_on is not None
    assert enter(partners.cast.auditor).get(reverse("desk:base_new")).status_code == 403


@pytest.mark.parametrize(("query", "found"), [
    ("", 2), ("stands=in_force", 1), ("stands=ended", 1), ("stands=run_out", 0), ("comes_from=alone", 0),
    ("stands=nonsense", 0),
])  # fmt: skip
def test_the_filters_of_agreements(partners: Partners, enter: Enter, query: str, found: int) -> None:
    partners.agreement_in(PartnershipState.ENDED)
    partners.agree()
    page = soup(enter(partners.cast.village_cadre).get(f"{reverse('desk:partnerships')}?{query}"))
    assert len(page.select("tbody tr td.ttl")) == found


@pytest.mark.parametrize("name", ["partner_calls", "partner_applications", "partnerships", "results", "bases"])
def test_many_rows_take_as_many_queries_as_one(
    partners: Partners, enter: Enter, name: str, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    client, url, day = enter(partners.cast.township_staff), reverse(f"desk:{name}"), clock.today()
    where: Any = {"place": partners.cast.world.village, "institute": partners.institute}

    def one_more() -> None:
        partners.agree()
        ResearchResult.objects.create(name="x", used_by="y", taken_up_on=day, **where)
        TeachingBase.objects.create(name="x", paper="y", starts_on=day, **where)

    one_more()
    client.get(url)
    with django_assert_max_num_queries(60) as first:
        client.get(url)
    for _more in range(3):
        one_more()
    with django_assert_num_queries(len(first)):
        client.get(url)
