"""Mediation bodies and who sits in them. The township or county enters them, from the village's own paper."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.cases.disputes.models import BodyMember, MediationBody
from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.models import Organisation, OrganisationKind, Post
from cunlian.people.models import Person


@transaction.atomic
def found_body(
    *, by: Actor, organisation: Organisation, brand: str = "", starts_on: date | None = None
) -> MediationBody:
    """A mediation committee takes up its work. Raises Invalid for a unit of another kind, Conflict for a second body."""
    organisation = lock(organisation)
    require(by, "disputes.keep_bodies", organisation)
    if organisation.organisation_kind != OrganisationKind.MEDIATION_COMMITTEE:
        raise Invalid(_("Choose a people's mediation committee. Other units do not mediate."), field="organisation")
    if MediationBody.objects.filter(organisation=organisation, ends_on=None).exists():
        raise Conflict(_("This committee is entered already. Open it in the list."), field="organisation")
    body = MediationBody.objects.create(
        organisation=organisation, brand=brand.strip(), starts_on=starts_on or clock.today()
    )
    log.record(by, "disputes.body_founded", body)
    return body


@transaction.atomic
def name_body(body: MediationBody, *, by: Actor, brand: str) -> MediationBody:
    """The name people know it by; empty for none."""
    body = lock(body)
    require(by, "disputes.keep_bodies", body)
    changed = change(body, brand=brand.strip())
    log.record(by, "disputes.body_named", body, changed=changed)
    return body


@transaction.atomic
def add_member(
    body: MediationBody,
    *,
    by: Actor,
    post: Post | None = None,
    person: Person | None = None,
    is_head: bool = False,
    starts_on: date | None = None,
) -> BodyMember:
    """A seat for a person, or for whoever holds a post. Never for oneself."""
    body = lock(body)
    if (post is None) == (person is None):
        raise Invalid(_("Choose either a post or a person."), field="post")
    member = BodyMember(body=body, post=post, person=person, is_head=is_head, starts_on=starts_on or clock.today())
    require(by, "disputes.keep_members", member)
    if body.members.filter(post=post, person=person, ends_on=None).exists():
        raise Conflict(_("This member is entered already."), field="post" if post else "person")
    member.save(force_insert=True)
    log.record(by, "disputes.member_added", member)
    return member


@transaction.atomic
def end_member(member: BodyMember, *, by: Actor, ends_on: date | None = None) -> BodyMember:
    """The seat is given up; from that day on its holder reads no mediation file any more."""
    member = lock(member)
    require(by, "disputes.keep_members", member)
    day = ends_on or clock.today()
    if day < member.starts_on:
        raise Invalid(_("The last day must not lie before the first."), field="ends_on")
    changed = change(member, ends_on=day)
    log.record(by, "disputes.member_ended", member, changed=changed)
    return member
