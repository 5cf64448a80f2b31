"""Who holds a post: appointing, ending, the account that goes with it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.models import User
from cunlian.kernel import clock, log
from cunlian.kernel.access import SYSTEM, Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.actions.gaps import close_gaps
from cunlian.organisations.carried import carry_roles_around
from cunlian.organisations.models import Post, Posting
from cunlian.organisations.period import check_dates
from cunlian.people.actions import link_account
from cunlian.people.models import Person


@transaction.atomic
def appoint(
    post: Post,
    *,
    by: Actor,
    person: Person,
    starts_on: date | None = None,
    ends_on: date | None = None,
    basis: str = Posting.Basis.APPOINTED,
    paper: str = "",
) -> Posting:
    """Put a person on a post from a day on. The role the post carries goes to their account, now or when they get
    one."""
    post = lock(post)
    require(by, "organisations.appoint", post)
    start = starts_on or clock.today()
    check_dates(start, ends_on)
    if by.person_id == person.pk:
        raise Invalid(_("Nobody appoints themself. Ask somebody else in the office to."), field="person")
    if person.erased_at:
        raise Invalid(_("This person's file was erased. Please choose somebody else."), field="person")
    if post.ends_on and post.ends_on <= start:
        raise Invalid(_("This post no longer exists on that day."), field="starts_on")
    clash = Posting.objects.filter(Q(ends_on=None) | Q(ends_on__gt=start), post=post)
    if ends_on:
        clash = clash.filter(starts_on__lt=ends_on)
    if clash.exclude(ends_on__isnull=False, ends_on=start).exists():
        raise Conflict(_("Somebody holds this post on these days. End their posting first."), field="starts_on")
    posting = Posting.objects.create(
        post=post, person=person, basis=basis, paper=paper.strip(), starts_on=start, ends_on=ends_on
    )
    carry_roles_around(post)
    close_gaps(by=SYSTEM, place=post.place)
    log.record(by, "organisations.appointed", posting)
    return posting


@transaction.atomic
def end_posting(posting: Posting, *, by: Actor, ends_on: date | None = None) -> Posting:
    """The person holds the post up to the day before ``ends_on`` (today: at once), and the role ends with it."""
    posting = lock(posting)
    require(by, "organisations.end_posting", posting)
    day = ends_on or clock.today()
    if posting.ends_on and posting.ends_on <= day:
        raise Invalid(_("This posting has ended already."), field="ends_on")
    changed = change(posting, ends_on=max(day, posting.starts_on))
    carry_roles_around(posting.post)
    log.record(by, "organisations.posting_ended", posting, changed=changed)
    return posting


@transaction.atomic
def join_account(person: Person, user: User, *, by: Actor) -> Person:
    """Say that an account is this person's, and give it the roles of the posts they hold."""
    person = link_account(person, user, by=by)
    for post in Post.objects.filter(postings__person=person).distinct():
        carry_roles_around(post)
    log.record(by, "organisations.account_joined", person)
    return person
