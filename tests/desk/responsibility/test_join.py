"""An account opened at the desk is joined to whoever holds a post, and the post's role follows."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cunlian.accounts.actions import create_user
from cunlian.accounts.actors import actor_of
from cunlian.accounts.roles import Role
from cunlian.kernel.access import SYSTEM
from cunlian.people.models import Person
from tests.desk.conftest import Desk, Enter, soup

pytestmark = pytest.mark.django_db


def test_the_role_follows_the_account(desk: Desk, enter: Enter) -> None:
    post = desk.post("social_worker")
    person = post.postings.get().person
    Person.objects.filter(pk=person.pk).update(user=None, place=desk.cast.world.village)
    user = create_user(by=SYSTEM, username="shen-xiaoyu", password="willow-bridge-2026")
    url = reverse("desk:post_account", args=[post.pk])
    wrong = enter(desk.cast.county_staff).post(url, {"username": "nobody"})
    assert wrong.status_code == 422, soup(wrong).select_one("main").text
    assert soup(wrong).select_one("[aria-invalid=true]")
    assert enter(desk.cast.county_staff).post(url, {"username": "shen-xiaoyu"}).status_code == 302
    assert Role.SOCIAL_WORKER in actor_of(user).roles


def test_a_grid_worker_joins_nobody(desk: Desk, enter: Enter) -> None:
    url = reverse("desk:post_account", args=[desk.post("social_worker").pk])
    assert enter(desk.cast.grid_worker).get(url).status_code == 403


@pytest.mark.parametrize("lives_here", [True, False])
def test_the_way_there_is_offered_to_whoever_may(desk: Desk, enter: Enter, lives_here: bool) -> None:
    """Asked about the person, as the page itself does: a holder of another county is joined by their own office."""
    post = desk.post("social_worker")
    place = desk.cast.world.village if lives_here else desk.cast.world.strange_place
    Person.objects.filter(postings__post=post).update(place=place)
    client, url = enter(desk.cast.county_staff), reverse("desk:post_account", args=[post.pk])
    offered = url in client.get(reverse("desk:post", args=[post.pk])).content.decode()
    assert offered == lives_here and client.get(url).status_code == (200 if lives_here else 403)
