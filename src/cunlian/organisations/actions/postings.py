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
from cunlian.organisations.actions.leaving import open_leaving
from cunlian.organisations.carried import carry_roles_around
from cunlian.organisations.models import PARTY_BODIES, SEATS, Organisation, OrganisationKind, Post, Posting, PostKind
from cunlian.organisations.period import check_dates, check_end
from cunlian.people.actions import link_account
from cunlian.people.models import Person
from cunlian.places.models import Level

SENT = frozenset({Posting.Basis.DISPATCHED, Posting.Basis.SECONDED})
NOT_ELECTED = SENT | {Posting.Basis.APPOINTED}


def _check_free(post: Post, start: date, ends_on: date | None) -> None:
    """The post exists on the first day and nobody holds it on any of the days."""
    if post.ends_on and post.ends_on <= start:
        raise Invalid(_("This post no longer exists on that day."), field="starts_on")
    clash = Posting.objects.filter(Q(ends_on=None) | Q(ends_on__gt=start), post=post)
    if ends_on:
        clash = clash.filter(starts_on__lt=ends_on)
    if clash.exclude(ends_on__isnull=False, ends_on=start).exists():
        raise Conflict(_("Somebody holds this post on these days. End their posting first."), field="starts_on")


def _check_basis(basis: str, sent_by: Organisation | None, term: tuple[date | None, date | None], start: date) -> None:
    """A dispatched cadre has a unit that sent them; a term begins before it ends and the person comes within it."""
    term_from, term_to = term
    if basis not in Posting.Basis.values:
        raise Invalid(_("Please choose on what basis the person holds the post."), field="basis")
    if basis in SENT and sent_by is None:
        raise Invalid(_("Please choose the unit that sends them; they keep their place there."), field="sent_by")
    if basis not in SENT and sent_by:
        raise Invalid(_("Only who is dispatched or seconded has a sending unit. Leave it empty."), field="sent_by")
    if term_to and term_from and term_to <= term_from:
        raise Invalid(_("The term ends after it begins. Please look at its days."), field="term_to")
    if term_to and term_to <= start:
        raise Invalid(_("This term is over on that day. Please enter the term that runs then."), field="term_to")


def _check_elected(post: Post, basis: str) -> None:
    """Nobody appoints or sends a member of a villagers' committee (村民委员会组织法 Art. 14)."""
    of_committee = post.organisation.organisation_kind == OrganisationKind.VILLAGERS_COMMITTEE
    if of_committee and post.post_kind in SEATS and basis in NOT_ELECTED:
        raise Invalid(
            _("Members of the villagers' committee are elected by the villagers; nobody appoints or sends one."),
            field="basis",
            rule=_("Organic Law of Villagers' Committees, Art. 14"),
        )


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
    sent_by: Organisation | None = None,
    term_from: date | None = None,
    term_to: date | None = None,
    conflict: str = "",
) -> Posting:
    """Put a person on a post from a day on. The role the post carries goes to their account, now or when they get one.
    What the rules on committees ask for (``composition``) is warned of, never refused."""
    post = lock(post)
    require(by, "organisations.appoint", post)
    start = starts_on or clock.today()
    check_dates(start, ends_on)
    if by.person_id == person.pk:
        raise Invalid(_("Nobody appoints themself. Ask somebody else in the office to."), field="person")
    if person.erased_at:
        raise Invalid(_("This person's file was erased. Please choose somebody else."), field="person")
    _check_basis(basis, sent_by, (term_from, term_to), start)
    _check_elected(post, basis)
    _check_free(post, start, ends_on)
    posting = Posting.objects.create(
        post=post, person=person, basis=basis, paper=paper.strip(), starts_on=start, ends_on=ends_on, sent_by=sent_by,
        term_from=term_from, term_to=term_to, conflict=conflict.strip(),
    )  # fmt: skip
    carry_roles_around(post)
    close_gaps(by=SYSTEM, place=post.place)
    log.record(by, "organisations.appointed", posting)
    return posting


@transaction.atomic
def end_posting(posting: Posting, *, by: Actor, ends_on: date | None = None) -> Posting:
    """The person holds the post up to the day before ``ends_on`` (at once when none is said), and the role ends with it. What
    is to be handed over, and audited, is opened with it, unless they never held it: ended on its first day it never began."""
    posting = lock(posting)
    require(by, "organisations.end_posting", posting)
    day = ends_on or max(clock.today(), posting.starts_on)
    if posting.ends_on and posting.ends_on <= day:
        raise Invalid(_("This posting has ended already."), field="ends_on")
    check_end(posting.starts_on, day)
    changed = change(posting, ends_on=day)
    carry_roles_around(posting.post)
    if posting.starts_on <= clock.today():
        open_leaving(posting, by)
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


@transaction.atomic
def file_with_county(posting: Posting, *, by: Actor, filed_on: date, filing_paper: str = "") -> Posting:
    """The county has taken a village's Party secretary into its file (县级备案)."""
    posting = lock(posting)
    require(by, "organisations.file_secretary", posting)
    post = posting.post
    kind, level = post.organisation.organisation_kind, post.place.level
    if post.post_kind != PostKind.SECRETARY or kind not in PARTY_BODIES or level != Level.VILLAGE:
        raise Invalid(_("The county files the Party secretaries of villages only."))
    if filed_on < posting.starts_on or filed_on > clock.today():
        raise Invalid(_("Write the day it was filed: after they began and not in the future."), field="filed_on")
    changed = change(posting, filed_on=filed_on, filing_paper=filing_paper.strip())
    log.record(by, "organisations.secretary_filed", posting, changed=changed)
    return posting
