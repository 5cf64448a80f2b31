"""Founding units and creating the posts in them."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import BY_HAND, Role
from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.models import PARTY_KINDS, Organisation, OrganisationKind, Post, PostKind, SetUpOn
from cunlian.places.models import Area, Place

# The law keeps licences, penalties and coercion from villages, grids and firms (泸州网格条例 Art. 15).
WITH_POWER = frozenset(
    {OrganisationKind.COUNTY_DEPARTMENT, OrganisationKind.TOWNSHIP_OFFICE, OrganisationKind.PETITION_OFFICE}
)


def _check_ground(kind: str, place: Place, area: Area | None, set_up_on: str, set_up_name: str) -> None:
    """What a unit is set up on fits its kind, and the area is one of its place."""
    if area and not area.territory_code.startswith(place.code):
        raise Invalid(_("This area lies outside the territory of the unit."), field="area")
    if set_up_on not in SetUpOn.values:
        raise Invalid(_("Please choose what it is set up on."), field="set_up_on")
    if not set_up_on:
        return
    if kind not in PARTY_KINDS:
        raise Invalid(_("Only a Party organisation is set up on a chain, a team or a grid."), field="set_up_on")
    if set_up_on == SetUpOn.AREA and area is None:
        raise Invalid(_("Please choose the area it is set up for."), field="area")
    if set_up_on in (SetUpOn.INDUSTRY_CHAIN, SetUpOn.TEAM) and not set_up_name.strip():
        raise Invalid(_("Please write which chain or team it is set up on."), field="set_up_name")


@transaction.atomic
def found_organisation(
    *,
    by: Actor,
    name: str,
    organisation_kind: str,
    place: Place,
    parent: Organisation | None = None,
    phone: str = "",
    holds_power: bool = False,
    area: Area | None = None,
    set_up_on: str = "",
    set_up_name: str = "",
    starts_on: date | None = None,
) -> Organisation:
    """A unit that works for ``place``, with an ``area`` as home or not. Only offices of town and county can hold
    licensing, penalty or coercive power."""
    require(by, "organisations.found", place)
    if not name.strip():
        raise Invalid(_("Please write the unit's name."), field="name")
    if organisation_kind not in OrganisationKind.values:
        raise Invalid(_("Please choose what kind of unit it is."), field="organisation_kind")
    if holds_power and organisation_kind not in WITH_POWER:
        raise Invalid(
            _("Licences, penalties and coercion stay with departments; a village, grid or team cannot hold them."),
            field="holds_power",
            rule=_("Luzhou grid regulation, Art. 15"),
        )
    _check_ground(organisation_kind, place, area, set_up_on, set_up_name)
    organisation = Organisation.objects.create(
        name=name.strip(), organisation_kind=organisation_kind, place=place, parent=parent, phone=phone.strip(),
        holds_power=holds_power, area=area, set_up_on=set_up_on, set_up_name=set_up_name.strip(),
        starts_on=starts_on or clock.today(),
    )  # fmt: skip
    log.record(by, "organisations.founded", organisation)
    return organisation


@transaction.atomic
def create_post(
    *,
    by: Actor,
    organisation: Organisation,
    title: str,
    role: str,
    place: Place | None = None,
    area: Area | None = None,
    rank: int = 5,
    post_kind: str = "",
    reports_to: Post | None = None,
    starts_on: date | None = None,
) -> Post:
    """A seat in a unit that carries ``role`` over ``place`` (the unit's own by default), or over an area's villages."""
    place = place or organisation.place
    post = Post(
        organisation=organisation, title=title.strip(), role=role, place=place, area=area, rank=rank, post_kind=post_kind,
        reports_to=reports_to, starts_on=starts_on or clock.today(),
    )  # fmt: skip
    require(by, "organisations.create_post", post)
    if not post.title:
        raise Invalid(_("Please write the post's title."), field="title")
    if role in BY_HAND or role == Role.RESIDENT or role not in Role.values:
        raise Invalid(_("A post cannot carry this role. Administrators and auditors are named by hand."), field="role")
    if post_kind not in PostKind.values:
        raise Invalid(_("Please choose what kind of post it is."), field="post_kind")
    if not place.code.startswith(organisation.place.code):
        raise Invalid(_("A post lies within the territory of its unit."), field="place")
    if area and not area.territory_code.startswith(organisation.place.code):
        raise Invalid(_("This area lies outside the territory of the unit."), field="area")
    post.save(force_insert=True)
    log.record(by, "organisations.post_created", post, changed={"role": (None, role)})
    return post
