"""Village profiles and the hollow index: what is missing stays missing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.places.actions.profiles import enter_profile
from cunlian.places.hollow import hollow_index
from cunlian.places.models import Place, VillageProfile
from cunlian.places.models.profile import NUMBERS
from tests.cast import Cast
from tests.places.conftest import DAY

AS_OF = date(2025, 12, 31)


def parts(**numbers: int | None) -> dict[str, int | None]:
    return {part.code: part.value for part in hollow_index(VillageProfile(**numbers)).parts}


def test_a_profile_is_dated_and_names_its_source(village: Place) -> None:
    profile = enter_profile(village, by=SYSTEM, as_of=AS_OF, source="公安户籍年报", registered_population=1200)
    assert (profile.registered_population, profile.resident_population) == (1200, None)


def test_the_same_day_again_corrects_and_logs_both(village: Place) -> None:
    enter_profile(village, by=SYSTEM, as_of=AS_OF, source="年报", households=300, firms=1)
    enter_profile(village, by=SYSTEM, as_of=AS_OF, source="年报更正", households=310)
    profile = VillageProfile.objects.get()
    assert (profile.households, profile.firms) == (310, 1)
    row = Activity.objects.filter(verb="places.profile_entered").order_by("recorded_at").last()
    assert row is not None
    assert row.changed["households"] == [300, 310]


def test_what_cannot_be_is_refused(village: Place, town: Place) -> None:
    for values in ({"households": -1}, {"source": " "}, {"as_of": DAY + timedelta(days=1)}):
        with pytest.raises(Invalid) as refused:
            enter_profile(village, by=SYSTEM, **{"as_of": AS_OF, "source": "年报", **values})  # type: ignore[arg-type]
        assert refused.value.field == next(iter(values))
    with pytest.raises(Invalid):
        enter_profile(town, by=SYSTEM, as_of=AS_OF, source="年报")


def test_a_full_profile_gives_four_parts_and_their_mean() -> None:
    profile = VillageProfile(
        registered_population=1000, resident_population=400, households=300, vacant_houses=90, idle_land=30000,
        firms=1, cooperatives=1, operating_income_fen=10_000_000,
    )  # fmt: skip
    index = hollow_index(profile)
    assert [part.value for part in index.parts] == [60, 30, 50, 70]
    assert (index.value, index.present) == (53, 4)


def test_missing_parts_are_missing_and_not_zero() -> None:
    index = hollow_index(VillageProfile(registered_population=1000, resident_population=200))
    assert [part.value for part in index.parts] == [80, None, None, None]
    assert (index.value, index.present) == (80, 1)


def test_nothing_known_gives_no_index() -> None:
    index = hollow_index(VillageProfile())
    assert (index.value, index.present) == (None, 0)


def test_zero_is_known() -> None:
    assert parts(households=300, vacant_houses=0)["houses"] == 0
    assert parts(operating_income_fen=0)["industry"] == 100
    assert parts(registered_population=0, resident_population=0)["people"] is None
    assert parts(households=0, vacant_houses=3, idle_land=5) == dict.fromkeys(("people", "houses", "land", "industry"))


def test_more_residents_than_registered_is_not_below_zero() -> None:
    assert parts(registered_population=100, resident_population=150)["people"] == 0


numbers = st.fixed_dictionaries({name: st.none() | st.integers(0, 10**7) for name in NUMBERS})


@given(numbers)
def test_every_part_and_the_index_lie_between_0_and_100(values: dict[str, int | None]) -> None:
    index = hollow_index(VillageProfile(**values))
    known = [part.value for part in index.parts if part.value is not None]
    assert all(isinstance(value, int) and 0 <= value <= 100 for value in known)
    assert index.present == len(known)
    if index.value is None:
        assert not known
    else:
        assert min(known) <= index.value <= max(known)


@given(numbers, st.sampled_from(["people", "houses", "land", "industry"]))
def test_more_people_away_or_houses_empty_never_lowers_the_index(values: dict[str, int | None], code: str) -> None:
    before = parts(**values)
    if values["resident_population"]:
        values["resident_population"] -= 1
    for name in ("vacant_houses", "idle_land"):
        if values[name] is not None:
            values[name] += 1  # type: ignore[operator]
    now, then = parts(**values)[code], before[code]
    assert (now is None and then is None) or (now is not None and then is not None and now >= then)


def test_who_may(cast: Cast) -> None:
    village = cast.world.village
    for actor in (cast.neighbour_cadre, cast.grid_worker, cast.auditor, cast.stranger, cast.resident):
        with pytest.raises(Forbidden):
            enter_profile(village, by=actor, as_of=AS_OF, source="年报", households=1)
    for actor in (cast.village_cadre, cast.township_staff, cast.county_staff):
        enter_profile(village, by=actor, as_of=AS_OF, source="年报", households=1)
