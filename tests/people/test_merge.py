"""Two files of one person become one: everything that pointed at one points at the other, and both histories stay."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cunlian.accounts.models import RoleGrant
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Look
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.organisations.actions import appoint, create_post
from cunlian.organisations.models import Posting
from cunlian.people import actions
from cunlian.people.consent import give
from cunlian.people.contact import full_contact
from cunlian.people.duplicates import STAYS, alike, references
from cunlian.people.models import Consent, Household, Membership, Person, PersonMerge
from tests.cases.conftest import Desk, desk, district  # noqa: F401  (fixtures)
from tests.cast import Cast, World, build_world

PHONE = "13509150007"


def twin(cast: Cast, **values: Any) -> Person:
    return actions.register_person(
        by=SYSTEM, place=cast.world.village, name="张桂兰", birth_year=1956, gender="female", **values
    )


def seated(world: World, person: Person) -> Posting:
    unit = world.units["committee"]
    post = create_post(by=SYSTEM, organisation=unit, title="社工", role="social_worker", place=world.village)
    return appoint(post, by=SYSTEM, person=person)


def test_every_foreign_key_to_a_person_moves_or_is_the_history_of_the_file() -> None:
    """Walks the tables: a key is history only if its table is this package's own and it is named in STAYS."""
    found = {name for name, _model, _field in references()}
    assert STAYS <= found
    assert all(name.startswith("people.") for name in STAYS)
    assert {"cases.Case.reporter", "organisations.Posting.person", "people.Consent.person"} <= found - STAYS


def test_after_a_merge_nothing_but_its_history_points_at_the_file_that_went(desk: Desk) -> None:  # noqa: F811
    cast = desk.cast
    kept, gone = cast.world.persons["resident"], twin(cast, phone=PHONE)
    for _name, model, field in references():
        assert not model._base_manager.filter(**{field: gone.pk}).exists() or f"{model._meta.label}.{field}" in STAYS
    case = desk.report(by=SYSTEM, person=gone, told=None)
    give(gone, by=SYSTEM, purpose="talent", way="online")
    seated(cast.world, gone)
    actions.reveal_contact(gone, by=SYSTEM, purpose="核对身份")
    actions.merge_persons(gone, by=cast.village_cadre, into=kept)
    left = [name for name, model, field in references() if model._base_manager.filter(**{field: gone.pk}).exists()]
    assert set(left) <= STAYS
    case.refresh_from_db()
    assert case.reporter == kept
    assert Consent.objects.get(person=kept).purpose.code == "talent"
    assert Look.objects.get().person_id == kept.pk
    merge = PersonMerge.objects.get()
    assert merge.moved["cases.Case.reporter"] == [str(case.pk)] and merge.kept == kept


def test_the_posts_that_came_along_carry_their_roles_to_the_account_kept(cast: Cast) -> None:
    kept, gone = cast.world.persons["resident"], twin(cast)
    post = seated(cast.world, gone).post
    actions.merge_persons(gone, by=SYSTEM, into=kept)
    assert RoleGrant.objects.filter(user=cast.world.users["resident"], post_id=post.pk, role="social_worker").exists()


def test_what_cannot_be_had_twice_stays_with_the_file_that_went(cast: Cast) -> None:
    kept, gone = cast.world.persons["resident"], twin(cast)
    for person in (kept, gone):
        give(person, by=SYSTEM, purpose="talent", way="online")
    actions.merge_persons(gone, by=SYSTEM, into=kept)
    assert [Consent.objects.filter(person=person).count() for person in (kept, gone)] == [1, 1]


def test_what_was_missing_is_filled_in_and_what_was_known_is_kept(cast: Cast) -> None:
    kept, gone = cast.world.persons["resident"], twin(cast, phone=PHONE, id_number="610902560615002")
    actions.merge_persons(gone, by=SYSTEM, into=kept)
    kept.refresh_from_db()
    assert full_contact(kept).phone == "13912342716" and full_contact(kept).id_number == "610902560615002"
    assert kept.versions.get().id_digest == ""


def test_the_register_of_an_earlier_day_still_has_both(cast: Cast) -> None:
    world, before = cast.world, clock.today() - timedelta(days=9)
    household = Household.objects.get()
    gone = twin(cast, household=household, day=before, relation="other")
    kept = world.persons["resident"]
    actions.merge_persons(gone, by=SYSTEM, into=kept)
    both = {person.pk for person in (kept, gone)}
    seen = {day: {row.person_id for row in Membership.objects.in_register(cast.village_cadre, day)} & both
            for day in (before, clock.today())}  # fmt: skip
    assert seen == {before: both, clock.today(): {kept.pk}}


def test_a_member_merged_into_a_file_without_household_takes_it_there(cast: Cast) -> None:
    household = Household.objects.get()
    first, second = twin(cast), twin(cast, household=household, relation="spouse")
    actions.merge_persons(second, by=SYSTEM, into=first)
    first.refresh_from_db()
    assert first.household == household and first.memberships.get().relation == "spouse"


def test_different_identity_numbers_two_accounts_or_a_closed_file_are_refused(cast: Cast) -> None:
    kept = cast.world.persons["resident"]
    one, two = twin(cast, id_number="610902560615002"), twin(cast, id_number="610902560616002")
    with pytest.raises(Invalid):
        actions.merge_persons(one, by=SYSTEM, into=two)
    with pytest.raises(Conflict):
        actions.merge_persons(cast.world.persons["grid_worker"], by=SYSTEM, into=kept)
    with pytest.raises(Invalid):
        actions.merge_persons(kept, by=SYSTEM, into=kept)
    actions.merge_persons(one, by=SYSTEM, into=kept)
    with pytest.raises(Conflict):
        actions.merge_persons(one, by=SYSTEM, into=two)


@pytest.mark.parametrize("name", ["grid_worker", "neighbour_cadre", "dispatcher", "resident", "administrator"])
def test_who_keeps_one_grid_or_another_village_merges_nobody(cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        actions.merge_persons(twin(cast), by=getattr(cast, name), into=cast.world.persons["resident"])


def test_finder_names_same_number_and_same_name_year_and_village(cast: Cast) -> None:
    kept, gone = cast.world.persons["resident"], twin(cast)
    pairs = alike(cast.village_cadre)
    assert [({pair.first, pair.second}, pair.sure) for pair in pairs] == [({kept, gone}, False)]
    digest = "d" * 64
    Person.objects.filter(pk__in=[kept.pk, gone.pk]).update(id_digest=digest)
    assert [pair.sure for pair in alike(cast.village_cadre)] == [True]
    assert alike(cast.neighbour_cadre) == [] and alike(cast.administrator) == []


def test_finder_is_silent_about_other_days_of_birth_and_about_who_was_kept_apart(cast: Cast) -> None:
    one = twin(cast, birth_date=date(1956, 1, 2))
    two = twin(cast, birth_date=date(1956, 3, 4))
    kept = cast.world.persons["resident"]
    assert {frozenset((pair.first, pair.second)) for pair in alike(SYSTEM)} == {
        frozenset((kept, one)),
        frozenset((kept, two)),
    }
    for other in (one, two):
        actions.keep_apart(kept, by=cast.village_cadre, other=other)
    assert alike(SYSTEM) == []
    actions.keep_apart(kept, by=cast.village_cadre, other=one)


def test_erasing_the_file_kept_erases_the_one_that_went(cast: Cast) -> None:
    kept, gone = cast.world.persons["resident"], twin(cast, phone=PHONE)
    actions.merge_persons(gone, by=SYSTEM, into=kept)
    actions.erase_person(kept, by=cast.township_staff)
    gone.refresh_from_db()
    assert (gone.name, gone.phone_digest, gone.erased_at is not None) == ("", "", True)
    assert not Membership.objects.filter(person=kept).exists() and not PersonMerge.objects.exists()


class MergeLaws(TestCase):
    def setUp(self) -> None:
        self.world = build_world()

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=6))
    def test_in_whatever_order_files_are_merged_whoever_holds_a_post_holds_it_still(
        self, pairs: list[tuple[int, int]]
    ) -> None:
        files = [actions.register_person(by=SYSTEM, place=self.world.village, name=f"甲{n}") for n in range(5)]
        seats = [seated(self.world, one) for one in files]
        root = list(range(5))
        for one, two in pairs:
            try:
                actions.merge_persons(files[one], by=SYSTEM, into=files[two])
            except (Invalid, Conflict):
                continue
            root = [two if owner == one else owner for owner in root]
        for seat, owner in zip(seats, root, strict=True):
            seat.refresh_from_db()
            assert seat.person_id == files[owner].pk
        assert Person.objects.filter(pk__in=[one.pk for one in files]).present().count() == len(set(root))
