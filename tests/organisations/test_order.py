"""Units stand by the number in their name, on every database."""

from __future__ import annotations

import pytest

from cunlian.kernel.access import SYSTEM
from cunlian.kernel.records import change
from cunlian.organisations.actions import found_organisation
from cunlian.organisations.models import Organisation, OrganisationKind, Post
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NUMBERS = ("一", "二", "三", "七", "九", "十", "十一", "十九", "二十", "二十三", "三十", "九十九")


def test_units_are_listed_by_the_number_in_their_name(cast: Cast) -> None:
    names = [f"柳湾村第{number}党小组" for number in NUMBERS]
    for name in sorted(names):
        found_organisation(
            by=SYSTEM, name=name, organisation_kind=OrganisationKind.PARTY_GROUP, place=cast.world.village
        )
    listed = Organisation.objects.filter(name__in=names).for_list()
    assert [unit.name for unit in listed] == names != sorted(names)


def test_a_unit_that_is_renamed_moves_with_its_posts(cast: Cast) -> None:
    units = cast.world.units
    change(units["committee"], name="第七工作组")
    change(units["supervision"], name="第三工作组")
    found = Post.objects.filter(organisation__in=[units["committee"], units["supervision"]], place=cast.world.village)
    names = [post.organisation.name for post in found.for_list()]
    assert names == sorted(names, key=["第三工作组", "第七工作组"].index) and len(set(names)) == 2
