"""A death that is recorded ends what a post went along with the person in; the post hears so, and no phone rings."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cunlian.accounts.models import User
from cunlian.flows.leaving import note_death
from cunlian.kernel import clock, outbox
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Message, OutboxEntry, Promise
from cunlian.kernel.secrets import decrypt
from cunlian.organisations.models import Post
from cunlian.talent.coming_home import actions as home_actions
from cunlian.talent.coming_home.states import ENDED, OPEN, State
from cunlian.talent.mentoring.states import MentoringState, Stage, StudyState
from cunlian.talent.mentoring.sweep import call_meetings
from cunlian.talent.models import Homecoming
from tests.talent.coming_home.conftest import Desk, Home, desk, district, home
from tests.talent.mentoring.conftest import Garden, garden

__all__ = ["Desk", "desk", "district", "garden", "home"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def addresses(home: Home) -> None:
    for user in User.objects.all():
        user.email = f"{user.username}@example.org"
        user.save(update_fields=["email"])


def dies(path: Homecoming) -> Homecoming:
    assert path.person
    note_death(path.person, by=SYSTEM)
    path.refresh_from_db()
    return path


def told() -> set[tuple[str, str]]:
    """By which way and to whom everything queued goes."""
    outbox.run_due(clock.now() + timedelta(days=400))
    assert not OutboxEntry.objects.exclude(state=OutboxEntry.State.DONE).exists()
    return {(one.channel, decrypt(bytes(one.address))) for one in Message.objects.all()}


def holding(post: Post | None) -> set[tuple[str, str]]:
    assert post
    found = {("email", user.email) for user in post.holder_users()}
    assert found
    return found


@pytest.mark.parametrize("state", sorted(OPEN))
def test_a_path_home_ends_at_any_step_and_only_the_post_that_went_along_is_told(home: Home, state: State) -> None:
    path = home.in_state(state)
    told()
    Message.objects.all().delete()
    path = dies(path)
    assert (path.state, path.stop_reason, path.next_care_on) == (State.STOPPED, "died", None)
    assert not Promise.objects.open().filter(about_id=path.pk).exists()
    assert told() == holding(path.holder)


def test_what_had_ended_stays_as_it_ended(home: Home) -> None:
    path = home.in_state(State.LEFT)
    assert path.state in ENDED and dies(path).state == State.LEFT


def test_stopped_by_hand_for_it_tells_nobody(home: Home) -> None:
    path = home.in_state(State.TALKED)
    told()
    Message.objects.all().delete()
    home_actions.stop(path, by=home.cast.village_cadre, reason="died")
    assert told() == set()


def test_what_was_on_its_way_to_their_phone_is_not_sent_any_more(home: Home) -> None:
    path = home.decide(home.ask(home.talk(home.begin()))).homecoming
    dies(path)
    assert {way for way, _address in told()} == {"email"}


def test_a_mentoring_ends_with_the_mentor_and_with_the_only_mentee(garden: Garden) -> None:
    mentor, mentee = garden.school.farmer("李守成"), garden.school.farmer()
    led, alone = garden.mentoring(mentor_person=mentor), garden.mentoring(mentee, every_months=1)
    call_meetings(clock.now())
    for person in (mentor, mentee):
        note_death(person, by=SYSTEM)
    for one in (led, alone):
        one.refresh_from_db()
        assert (one.state, one.ended_on, one.meet_next_on) == (MentoringState.BROKEN_OFF, clock.today(), None)
    assert alone.promise and alone.promise.release_reason == "died"
    posts = garden.cast.world.posts
    assert told() == holding(posts["village_cadre"]) | holding(posts["township_head"])


def test_it_goes_on_while_somebody_else_is_mentored(garden: Garden) -> None:
    first, second = garden.school.farmer("李守成"), garden.school.farmer()
    one = garden.mentoring(first, second)
    note_death(first, by=SYSTEM)
    one.refresh_from_db()
    assert one.state == MentoringState.RUNNING
    note_death(second, by=SYSTEM)
    one.refresh_from_db()
    assert one.state == MentoringState.BROKEN_OFF


def test_nobody_grows_or_studies_on(garden: Garden) -> None:
    person = garden.school.farmer()
    row, study = garden.grow(person), garden.enrolled(person)
    note_death(person, by=SYSTEM)
    for one in (row, study):
        one.refresh_from_db()
    assert (row.state, row.outcome, study.state) == (Stage.ENDED, "stopped", StudyState.LEFT)
