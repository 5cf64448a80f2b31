"""Identity numbers: what is one, what it says, and that a wrong one is told by which of its parts is wrong."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.kernel.secrets import blind
from cunlian.people.actions import correct_person, register_person
from cunlian.people.contact import birth_date_of, clean_id_number
from cunlian.people.identity import check_digit, read_identity
from cunlian.people.models import Person, PersonVersion
from tests.cast import Cast

DAYS = st.dates(date(1900, 1, 1), date(2026, 7, 1))
PLACES = st.integers(110000, 659999)
ORDERS = st.integers(0, 999)


def number(place: int, born: date, order: int) -> str:
    body = f"{place}{born:%Y%m%d}{order:03d}"
    return body + check_digit(body)


@given(PLACES, DAYS, ORDERS)
def test_a_right_number_says_day_and_gender(place: int, born: date, order: int) -> None:
    identity = read_identity(number(place, born, order))
    assert (identity.born, identity.gender, identity.is_old) == (born, "male" if order % 2 else "female", False)
    assert identity.number == identity.whole == clean_id_number(identity.number.lower())


@given(PLACES, DAYS, ORDERS, st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_wrong_place_is_always_found(place: int, born: date, order: int, where: int, digit: str) -> None:
    right = number(place, born, order)
    wrong = right[:where] + digit + right[where + 1 :]
    if wrong != right:
        with pytest.raises(Invalid):
            read_identity(wrong)


@given(PLACES, DAYS, ORDERS, st.integers(0, 15))
def test_two_neighbours_changed_are_always_found(place: int, born: date, order: int, where: int) -> None:
    right = number(place, born, order)
    wrong = right[:where] + right[where + 1] + right[where] + right[where + 2 :]
    if wrong != right:
        with pytest.raises(Invalid):
            read_identity(wrong)


@given(PLACES, st.dates(date(1900, 1, 1), date(1999, 12, 31)), ORDERS)
def test_an_old_number_is_the_same_person_as_the_new_one(place: int, born: date, order: int) -> None:
    old = read_identity(f"{place}{born:%y%m%d}{order:03d}")
    assert old.is_old and len(old.number) == 15
    assert old.whole == number(place, born, order) and old.born == born


@given(st.text(max_size=30))
def test_any_other_text_is_refused_with_a_sentence(text: str) -> None:
    try:
        identity = read_identity(text)
    except Invalid as refusal:
        assert refusal.field == "id_number" and str(refusal)
    else:
        assert identity.whole[17] == check_digit(identity.whole[:17])


@pytest.mark.parametrize("born", ["19560230", "19561301", "19560600", "18000101", "29990101"])
def test_a_day_that_does_not_exist_is_refused(born: str) -> None:
    body = f"610902{born}002"
    with pytest.raises(Invalid, match="day of birth"):
        read_identity(body + check_digit(body))


def test_full_width_digits_spaces_and_small_x_are_read() -> None:
    body = next(f"61090219560615{n:03d}" for n in range(100) if check_digit(f"61090219560615{n:03d}") == "X")
    told = "".join(chr(ord(char) + 0xFEE0) if char.isdigit() else char for char in body) + " x "
    assert read_identity(told).number == body + "X"


def test_birth_and_gender_come_from_the_number_and_only_the_year_is_in_the_clear(cast: Cast) -> None:
    person = register_person(
        by=cast.village_cadre, place=cast.world.village, name="吴秀英", id_number=number(610902, date(1956, 6, 15), 2)
    )
    assert (person.birth_year, person.gender, birth_date_of(person)) == (1956, "female", date(1956, 6, 15))
    stored = Person.objects.values().get(pk=person.pk)
    assert not [
        name for name, value in stored.items() if "0615" in str(value) or b"06-15" in bytes(str(value), "utf-8")
    ]


def test_an_old_number_is_kept_and_said_and_found_by_the_new_one(cast: Cast) -> None:
    person = register_person(
        by=cast.village_cadre, place=cast.world.village, name="吴秀英", id_number="610902560615002"
    )
    assert person.has_old_id_number and person.masked_id_number == "610902********2"
    assert person.id_digest == blind(number(610902, date(1956, 6, 15), 2))
    with pytest.raises(Conflict):
        register_person(
            by=cast.village_cadre, place=cast.world.village, name="吴秀英",
            id_number=number(610902, date(1956, 6, 15), 2),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"birth_year": 1957}, "birth_year"),
        ({"birth_date": date(1956, 6, 16)}, "birth_date"),
        ({"gender": "male"}, "gender"),
        ({"birth_date": date(1956, 6, 15), "birth_year": 1955}, "birth_date"),
    ],
)
def test_what_contradicts_the_number_is_refused(cast: Cast, values: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        register_person(
            by=cast.village_cadre, place=cast.world.village, name="吴秀英",
            id_number=number(610902, date(1956, 6, 15), 2), **values,  # type: ignore[arg-type]
        )  # fmt: skip
    assert caught.value.field == field


def test_a_birth_to_come_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid):
        register_person(
            by=SYSTEM, place=cast.world.village, name="吴秀英", birth_date=clock.today() + timedelta(days=1)
        )


def test_correcting_keeps_what_stood_there_and_what_was_not_touched(cast: Cast) -> None:
    person = register_person(
        by=SYSTEM, place=cast.world.village, name="吴秀英", birth_date=date(1956, 6, 15), gender="female"
    )
    correct_person(person, by=cast.village_cadre, gender="male")
    person.refresh_from_db()
    assert (person.gender, birth_date_of(person), person.birth_year) == ("male", date(1956, 6, 15), 1956)
    correct_person(person, by=cast.village_cadre, birth_year=1958)
    person.refresh_from_db()
    assert (person.birth_year, birth_date_of(person)) == (1958, None)
    told = [(row.gender, row.birth_year) for row in PersonVersion.objects.filter(person=person).order_by("pk")]
    assert told == [("female", 1956), ("male", 1956)]
