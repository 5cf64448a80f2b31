"""Codes and their ranges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunlian.places.codes import LENGTHS, ancestor_codes, code_range, code_set_aside, is_code, parent_code

codes = st.sampled_from(LENGTHS).flatmap(lambda length: st.text("0123456789", min_size=length, max_size=length))


@given(codes, codes)
def test_a_range_holds_a_code_exactly_when_it_lies_below(root: str, other: str) -> None:
    low, high = code_range(root)
    assert (low <= other < high) == other.startswith(root)


@given(codes, st.text("0123456789", max_size=6))
def test_a_range_holds_every_continuation(root: str, tail: str) -> None:
    low, high = code_range(root)
    assert low <= root + tail < high


@given(codes)
def test_a_neighbour_is_never_in_the_range(root: str) -> None:
    low, high = code_range(root)
    for neighbour in (int(root) - 1, int(root) + 1):
        text = f"{neighbour:0{len(root)}d}"
        if neighbour >= 0 and len(text) == len(root):
            assert not low <= text < high


@given(codes.filter(lambda code: code.strip("9") != ""))
def test_the_upper_bound_is_digits_so_that_no_collation_moves_it(root: str) -> None:
    assert is_code(code_range(root)[1])


def test_a_code_knows_what_is_above_it() -> None:
    assert parent_code("610902107201") == "610902107"
    assert parent_code("61") == ""
    assert ancestor_codes("610902107201") == ["61", "6109", "610902", "610902107"]


@pytest.mark.parametrize("text", ["", "61a", "６１", "6²", "-61", " 61"])
def test_only_plain_digits_are_a_code(text: str) -> None:
    assert not is_code(text)


def test_a_code_set_aside_is_still_in_the_town_and_in_no_village() -> None:
    aside = code_set_aside("610902107220")
    low, high = code_range("610902107")
    assert low <= aside < high
    village_low, village_high = code_range("610902107220")
    assert not village_low <= aside < village_high
    assert code_range(aside)[0] == aside < code_range(aside)[1]
