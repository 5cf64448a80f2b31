"""What else the posts of this very account owe, on the workbench: by its day, with its page, never about whom."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from cunlian.desk.home.owed import PAGES
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.promises import KINDS
from cunlian.organisations.actions import arrange_stand_in, end_posting
from cunlian.organisations.models import Leaving, OrganisationKind, PostKind
from cunlian.people.consent import withdraw
from cunlian.people.models import Consent
from cunlian.talent.models import Homecoming, TalentEntry
from cunlian.talent.register.actions import verify_skills
from cunlian.talent.register.sweep import keep_fresh
from cunlian.talent.taking import Told
from tests.desk.conftest import Enter, soup
from tests.organisations.conftest import Hall, hall
from tests.talent.coming_home.conftest import NAME, Home, home
from tests.talent.register.conftest import COLD_STORE, Register, register

__all__ = ["hall", "home", "register"]

ON_LISTS_OF_THEIR_OWN = {
    "cases.answer", "disputes.mediate", "disputes.check_performance", "instructions.sign", "instructions.do",
}  # fmt: skip


def shown(client: Client) -> list[str]:
    return [str(link["href"]) for link in soup(client.get("/desk/")).select("#owed a")]


def badge(client: Client) -> str:
    link = soup(client.get("/desk/places/")).select_one("nav a[href='/desk/'] b")
    return link.text.strip() if link else ""


def page(record: Homecoming | TalentEntry) -> str:
    return reverse("desk:homecoming" if isinstance(record, Homecoming) else "desk:talent_entry", args=[record.pk])


def both(home: Home) -> tuple[Homecoming, Homecoming]:
    """One to be looked in on, one to be talked with, in the order they fall due."""
    look = home.here_since(12)
    return look, home.begin(told=Told("程小红", "13500008888", agreed=True))


def test_a_talk_and_a_look_in_wait_for_the_post_that_goes_along_and_say_no_name(home: Home, enter: Enter) -> None:
    look, talk = both(home)
    client = enter(home.cast.village_cadre)

    assert set(shown(client)) == {page(look), page(talk)}
    part = soup(client.get("/desk/")).select_one("#owed")
    assert part is not None and NAME not in part.text and "Look in on somebody" in part.text
    assert client.get(shown(client)[0]).status_code == 200


def test_nobody_else_owes_them_though_they_may_see_them(home: Home, enter: Enter) -> None:
    both(home)
    for who in ("village_head", "township_staff", "area_staff", "county_leader", "auditor"):
        client = enter(getattr(home.cast, who))
        assert (shown(client), badge(client)) == ([], ""), who
    assert badge(enter(home.cast.village_cadre)) == "2"


def test_whoever_stands_in_owes_them_meanwhile(home: Home, enter: Enter) -> None:
    look, talk = both(home)
    posts, today = home.cast.world.posts, clock.today()
    arrange_stand_in(
        posts["village_cadre"], by=SYSTEM, by_post=posts["village_head"], starts_on=today,
        ends_on=today + timedelta(days=9),
    )  # fmt: skip

    assert set(shown(enter(home.cast.village_head))) == {page(look), page(talk)}


def test_what_is_done_is_owed_no_more_and_what_is_late_says_so(home: Home, enter: Enter) -> None:
    look, talk = both(home)
    home.talk(talk)
    assert shown(enter(home.cast.village_cadre)) == [page(look)]

    with clock.set_to(clock.now() + timedelta(days=40)):
        part = soup(enter(home.cast.village_cadre).get("/desk/")).select_one("#owed .late")
    assert part is not None and part.text == "1 late"


def test_skills_nobody_looked_at_are_owed_by_the_village_until_somebody_did(register: Register, enter: Enter) -> None:
    entry = register.enter()
    for who in ("village_head", "township_staff", "area_staff"):
        assert shown(enter(getattr(register.cast, who))) == [], who
    client = enter(register.cast.village_cadre)
    assert shown(client) == [page(entry)]
    skills = register.skills(COLD_STORE)
    verify_skills(entry, by=register.cast.village_cadre, skills=skills, how="work_seen")
    assert shown(client) == []


def test_an_entry_to_be_confirmed_after_a_year_is_owed_until_the_consent_is_taken_back(
    register: Register, enter: Enter
) -> None:
    entry = register.enter()
    verify_skills(entry, by=SYSTEM, skills=register.skills(COLD_STORE), how="work_seen")
    with clock.set_to(clock.now() + timedelta(days=366)):
        keep_fresh(clock.now())
        assert shown(enter(register.cast.village_cadre)) == [page(entry)]
        withdraw(Consent.objects.get(person=entry.person, purpose__code="talent"), by=SYSTEM)
        assert shown(enter(register.cast.village_cadre)) == []


def test_every_kind_of_promise_stands_on_the_workbench() -> None:
    ours = {code for code in KINDS if not code.startswith("test")}
    assert ours == ON_LISTS_OF_THEIR_OWN | set(PAGES)


def test_audits_of_one_village_are_told_apart_by_their_posts(hall: Hall, enter: Enter) -> None:
    cast = hall.cast
    for kind, name in ((PostKind.DIRECTOR, "程远"), (PostKind.COMMITTEE_MEMBER, "何小梅")):
        held = hall.hold(OrganisationKind.VILLAGERS_COMMITTEE, kind, hall.person(name))
        end_posting(held, by=cast.township_staff)
    part = soup(enter(cast.township_staff).get("/desk/")).select_one("#owed")
    assert part is not None
    told = [" ".join(row.select("td")[1].text.split()) for row in part.select("tbody tr")]
    assert sorted(told) == sorted(str(leaving.posting.post) for leaving in Leaving.objects.all()) and len(told) == 2
