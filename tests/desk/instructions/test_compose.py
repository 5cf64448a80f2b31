"""Giving an instruction by pages alone: what is missing, what the receivers carry, then it goes, once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cunlian.instructions import actions
from cunlian.instructions.models import Copy, Instruction
from cunlian.instructions.states import State
from cunlian.kernel import clock
from cunlian.kernel.models import Activity
from cunlian.places.models import VillageProfile
from tests.desk.conftest import Enter, soup
from tests.desk.instructions.conftest import Chain, entry, hidden_of

pytestmark = pytest.mark.django_db


def _new() -> str:
    return reverse("desk:instruction_new")


def test_each_missing_thing_has_its_sentence_beside_its_field_and_nothing_is_lost(chain: Chain, enter: Enter) -> None:
    answer: Any = enter(chain.cast.county_leader).post(_new(), {"title": "查清闲置房", "asked": "闲置房的间数"})
    page = soup(answer)
    assert answer.status_code == 422 and not Instruction.objects.exists()
    wrong = {str(field.select_one("[name]")["name"]) for field in page.select(".field.wrong")}  # type: ignore[index]
    assert wrong == {"origin_kind", "origin", "origin_on", "basis", "places", "return_kind", "due_on", "ends_on"}
    assert page.select_one("input[name=title]")["value"] == "查清闲置房"  # type: ignore[index]


def test_the_giver_sees_what_they_carry_with_a_link_behind_each_number(chain: Chain, enter: Enter) -> None:
    for _n in range(3):
        chain.send()
    chain.send(by=chain.cast.township_head)
    VillageProfile.objects.create(
        place=chain.cast.world.village, as_of=clock.today(), source="年报", households=310, entered_at=clock.now()
    )
    client = enter(chain.cast.county_leader)
    page = soup(client.post(_new(), entry(chain))).select_one("#preview")
    assert page is not None and Instruction.objects.count() == 4
    links = {link.text: str(link["href"]) for link in page.select("a.fig")}
    assert list(links) == ["4 open", "3 of them yours"]
    for text, href in links.items():
        assert len(soup(client.get(href)).select("td.ttl")) == int(text.split()[0])
    assert "村民委员会" in page.text and "片区长" in page.text and "310" in page.text


def test_the_second_press_sends_it_once(chain: Chain, enter: Enter) -> None:
    client = enter(chain.cast.county_leader)
    empty = hidden_of(client.get(_new()))
    hidden = hidden_of(client.post(_new(), entry(chain, **empty)))
    for _twice in range(2):
        answer: Any = client.post(_new(), entry(chain, **hidden))
        assert answer.status_code == 302
    copy = Copy.objects.get()
    assert str(copy.instruction_id) in answer["Location"]
    assert [link.text for link in soup(client.get(answer["Location"])).select("td.ttl a")] == ["查清闲置房"]


def test_what_sends_stands_with_what_they_carry_and_the_form_below_only_looks_again(chain: Chain, enter: Enter) -> None:
    client = enter(chain.cast.county_leader)
    answer = client.post(_new(), entry(chain))
    page = soup(answer)
    assert page.select_one("#preview button[form=order]") and page.select_one("form#order button[name=look]")
    looked = client.post(_new(), entry(chain, **hidden_of(answer), look="1"))
    assert looked.status_code == 200 and not Instruction.objects.exists()


def test_other_receivers_are_looked_at_first(chain: Chain, enter: Enter) -> None:
    client = enter(chain.cast.county_leader)
    hidden = hidden_of(client.post(_new(), entry(chain)))
    other = entry(chain, places=[str(chain.cast.world.other_village.pk)])
    answer: Any = client.post(_new(), {**other, **hidden})
    assert answer.status_code == 200 and not Instruction.objects.exists()
    assert soup(answer).select_one("#preview")


def test_beyond_the_limit_only_named_posts_send_and_say_why(chain: Chain, enter: Enter) -> None:
    said: Any = {"most_open": 1, "most_a_month": 1, "sign_days": 2, "paper": "区减负办〔2026〕3号"}
    actions.set_rule(
        by=chain.cast.county_staff, root=chain.cast.world.county,
        may_exceed=[chain.cast.world.posts["county_leader"]], **said,
    )  # fmt: skip
    chain.send()
    town, leader = enter(chain.cast.township_head), enter(chain.cast.county_leader)
    shown = soup(town.post(_new(), entry(chain)))
    assert "more than the county allows" in shown.text and not shown.select_one("[name=exceed_reason]")
    answer: Any = town.post(_new(), entry(chain, **hidden_of(town.post(_new(), entry(chain)))))
    assert answer.status_code == 422 and "分管副区长" in soup(answer).text
    page: Any = leader.post(_new(), entry(chain))
    hidden = hidden_of(page)
    assert soup(page).select_one("[name=exceed_reason]")
    again: Any = leader.post(_new(), entry(chain, **hidden))
    assert again.status_code == 422 and soup(again).select_one("#preview [class*=note-warn]")
    assert leader.post(_new(), entry(chain, **hidden, exceed_reason="汛情。")).status_code == 302
    assert Activity.objects.filter(verb="instructions.sent").count() == 2


def test_a_post_above_gets_it_too(chain: Chain, enter: Enter) -> None:
    client, post = enter(chain.cast.county_leader), chain.cast.world.posts["township_staff"]
    said = entry(chain, places=[], posts=[str(post.pk)])
    client.post(_new(), {**said, **hidden_of(client.post(_new(), said))})
    assert Copy.objects.get().post == post


@pytest.mark.parametrize("who", ["village_cadre", "grid_worker", "auditor", "administrator"])
def test_others_find_no_form(chain: Chain, enter: Enter, who: str) -> None:
    client = enter(getattr(chain.cast, who))
    assert client.get(_new()).status_code == 403
    assert _new() not in client.get(reverse("desk:instructions")).content.decode()


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "'; DROP TABLE x; --", "𠮷野家🎋"])
def test_any_words_are_kept_as_words(chain: Chain, enter: Enter, text: str) -> None:
    client = enter(chain.cast.county_leader)
    said = entry(chain, title=text, asked=text)
    client.post(_new(), {**said, **hidden_of(client.post(_new(), said))})
    copy = Copy.objects.get()
    page = client.get(reverse("desk:instruction_copy", args=[copy.pk]))
    assert "<script>alert(1)" not in page.content.decode()
    assert soup(page).select_one("h1").text == text  # type: ignore[union-attr]
    assert copy.state == State.SENT


def test_an_area_or_all_its_villages_as_the_giver_chooses(chain: Chain, enter: Enter) -> None:
    client, area = enter(chain.cast.county_leader), str(chain.cast.world.area.pk)
    for said, posts in (
        (entry(chain, places=[], areas=[area]), {"area_staff"}),
        (entry(chain, places=[], area_villages=[area]), {"village_cadre", "neighbour_cadre"}),
    ):
        shown = client.post(_new(), said)
        client.post(_new(), {**said, **hidden_of(shown)})
        copies = Copy.objects.filter(instruction=Instruction.objects.latest("sent_at"))
        assert {copy.post for copy in copies} == {chain.cast.world.posts[name] for name in posts}
        assert all(str(copy.area or copy.place) in soup(shown).select_one("#preview").text for copy in copies)  # type: ignore[union-attr]
    listed = soup(client.get(reverse("desk:instructions"))).select_one("tbody")
    assert listed and "柳桥片区" in listed.text


def test_the_preview_of_many_takes_as_many_queries_as_of_one(chain: Chain, enter: Enter) -> None:
    world, client = chain.cast.world, enter(chain.cast.county_leader)
    counts = []
    for places in ([world.village], [world.village, world.other_village]):
        said = entry(chain, places=[str(place.pk) for place in places])
        client.post(_new(), said)
        with CaptureQueriesContext(connection) as queries:
            assert len(soup(client.post(_new(), said)).select("#preview li b")) == len(places)
        counts.append(len(queries))
    assert counts[0] == counts[1]
