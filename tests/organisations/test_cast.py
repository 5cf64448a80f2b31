"""The cast itself: its grants are what the actions would have written."""

from django.db.models import F

from cunlian.accounts.models import RoleGrant
from cunlian.organisations.carried import carry_roles
from tests.cast import Cast


def rows() -> list[tuple[object, ...]]:
    fields = ("user", "role", "place", "area", "source_kind", "source_id", "post_id", "starts_on", "ends_on")
    return sorted(RoleGrant.objects.values_list(*fields), key=str)


def test_cast_carries_what_its_posts_carry(cast: Cast) -> None:
    before = rows()
    for post in cast.world.posts.values():
        carry_roles(post)
    assert rows() == before


def test_every_actor_has_one_grant_of_their_role_and_post(cast: Cast) -> None:
    for name, actor in cast.by_role().items():
        assert actor.holds([name]), name
    assert cast.grid_worker.post_id == cast.world.posts["grid_worker"].pk
    assert cast.area_staff.holds(["area_staff"], cast.world.village.code)
    assert not cast.area_staff.holds(["area_staff"], cast.world.township.code)
    assert RoleGrant.objects.exclude(source_kind="").filter(post_id=F("post_id")).count() == len(cast.world.posts)
