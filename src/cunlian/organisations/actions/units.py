"""Founding units and creating the posts in them."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import BY_HAND, Role
from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.models import Organisation, OrganisationKind, Post
from cunlian.places.models import Area, Place

# The law keeps licences, penalties and coercion from villages and grids (泸州网格条例 Art. 15).
WITHOUT_POWER = frozenset(
    {
        OrganisationKind.VILLAGERS_COMMITTEE,
        OrganisationKind.SUPERVISION_COMMITTEE,
        OrganisationKind.MEDIATION_COMMITTEE,
        OrganisationKind.PARTY_BRANCH,
        OrganisationKind.GRID_CENTRE,
        OrganisationKind.ENTERPRISE,
        OrganisationKind.TEAM,
    }
)


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
    starts_on: date | None = None,
) -> Organisation:
    """A unit that works for ``place``. Villages, grids and teams can never hold licensing, penalty or coercive
    power."""
    require(by, "organisations.found", place)
    if not name.strip():
        raise Invalid(_("Please write the unit's name."), field="name")
    if organisation_kind not in OrganisationKind.values:
        raise Invalid(_("Please choose what kind of unit it is."), field="organisation_kind")
    if holds_power and organisation_kind in WITHOUT_POWER:
        raise Invalid(
            _("Licences, penalties and coercion stay with departments; a village, grid or team cannot hold them."),
            field="holds_power",
            rule=_("Luzhou grid regulation, Art. 15"),
        )
    organisation = Organisation.objects.create(
        name=name.strip(), organisation_kind=organisation_kind, place=place, parent=parent, phone=phone.strip(),
        holds_power=holds_power, starts_on=starts_on or clock.today(),
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
    reports_to: Post | None = None,
    starts_on: date | None = None,
) -> Post:
    """A seat in a unit that carries ``role`` over ``place`` (the unit's own by default), or over an area's villages."""
    place = place or organisation.place
    post = Post(
        organisation=organisation, title=title.strip(), role=role, place=place, area=area, rank=rank,
        reports_to=reports_to, starts_on=starts_on or clock.today(),
    )  # fmt: skip
    require(by, "organisations.create_post", post)
    if not post.title:
        raise Invalid(_("Please write the post's title."), field="title")
    if role in BY_HAND or role == Role.RESIDENT or role not in Role.values:
        raise Invalid(_("A post cannot carry this role. Administrators and auditors are named by hand."), field="role")
    if not place.code.startswith(organisation.place.code):
        raise Invalid(_("A post lies within the territory of its unit."), field="place")
    if area and not area.territory_code.startswith(organisation.place.code):
        raise Invalid(_("This area lies outside the territory of the unit."), field="area")
    post.save(force_insert=True)
    log.record(by, "organisations.post_created", post, changed={"role": (None, role)})
    return post
