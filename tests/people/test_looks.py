"""Every look at a full name and phone is written down, and the person sees it."""

import pytest

from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity, Look
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.people import actions
from cunlian.people.contact import looks_at
from tests.cast import RESIDENT_PHONE, Cast


def test_look_gives_the_values_and_is_written_down(cast: Cast) -> None:
    person = cast.world.persons["resident"]
    contact = actions.reveal_contact(person, by=cast.grid_worker, purpose="回访水渠的事", about=cast.world.household)
    assert (contact.name, contact.phone) == ("张桂兰", RESIDENT_PHONE)
    look = Look.objects.get(person_id=person.pk)
    assert (look.post_id, look.about_id) == (cast.world.posts["grid_worker"].pk, cast.world.household.pk)
    row = Activity.objects.get(verb="people.contact_revealed")
    assert RESIDENT_PHONE not in str(row.changed) and "回访" not in str(row.changed)


def test_person_sees_who_looked_and_why_newest_first(cast: Cast) -> None:
    person = cast.world.persons["resident"]
    for actor, purpose in ((cast.grid_worker, "第一次回访"), (cast.dispatcher, "电话回访核实")):
        actions.reveal_contact(person, by=actor, purpose=purpose)
    assert [(line.post_id, line.purpose) for line in looks_at(person)] == [
        (cast.world.posts["dispatcher"].pk, "电话回访核实"), (cast.world.posts["grid_worker"].pk, "第一次回访"),
    ]  # fmt: skip


def test_look_without_a_purpose_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.reveal_contact(cast.world.persons["resident"], by=cast.grid_worker, purpose="  看 ")
    assert not Look.objects.exists()


@pytest.mark.parametrize("name", ["neighbour_worker", "administrator", "village_supervisor", "stranger", "resident"])
def test_others_may_not_look(cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        actions.reveal_contact(cast.world.persons["resident"], by=getattr(cast, name), purpose="想看看是谁")
    assert not Look.objects.exists()


def test_erased_person_leaves_posts_and_looks_without_identity(cast: Cast) -> None:
    world = cast.world
    person, user = world.persons["grid_worker"], world.users["grid_worker"]
    actions.reveal_contact(world.persons["grid_worker"], by=SYSTEM, purpose="查一下电话")
    actions.erase_person(person, by=SYSTEM)
    person.refresh_from_db()
    user.refresh_from_db()
    assert (person.name, bytes(person.phone), person.user_id, user.is_active) == ("", b"", None, False)
    assert "grid_worker" not in (user.username, user.display_name) and not user.has_usable_password()
    assert person.postings.count() == 1
    assert [line.purpose for line in looks_at(person)] == [""]
    assert Activity.objects.get(verb="people.person_erased").changed["name"] is None


def test_erasing_twice_is_quiet_and_an_administrator_may_not(cast: Cast) -> None:
    person = cast.world.persons["resident"]
    with pytest.raises(Forbidden):
        actions.erase_person(person, by=cast.administrator)
    actions.erase_person(person, by=cast.township_staff)
    actions.erase_person(person, by=SYSTEM)
    assert Activity.objects.filter(verb="people.person_erased").count() == 1
