"""Leaving a post: the sheet is handed over to the next one, the audit is settled by its paper."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log, promises
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.handover import sheet_of
from cunlian.organisations.models import PARTY_BODIES, SEATS, Leaving, OrganisationKind, Post, Posting, PostKind
from cunlian.places.models import Level

AUDIT = "organisations.audit_on_leaving"
AUDIT_DAYS = 60
"""Working days for an audit on leaving. The law names none; a county that has a rule of its own is told so on the sheet."""
HEADS = frozenset({PostKind.SECRETARY, PostKind.DIRECTOR})
HEADED = PARTY_BODIES | {OrganisationKind.COLLECTIVE, OrganisationKind.COLLECTIVE_BOARD}


def calls_for_audit(post: Post) -> bool:
    """Members of a villagers' committee (村民委员会组织法 Art. 40), and who heads a village's Party body or collective."""
    kind = post.organisation.organisation_kind
    if post.place.level != Level.VILLAGE:
        return False
    if kind == OrganisationKind.VILLAGERS_COMMITTEE:
        return post.post_kind in SEATS
    return kind in HEADED and post.post_kind in HEADS


def open_leaving(posting: Posting, by: Actor) -> Leaving:
    """The leaving that belongs to an ended posting; with the audit owed by the office that ended it. Part of ending it."""
    leaving, new = Leaving.objects.get_or_create(posting=posting)
    if new and calls_for_audit(posting.post):
        owner = by.post_id or posting.post.reports_to_id
        change(leaving, audit=promises.make(AUDIT, about=leaving, owner_id=owner, working_days=AUDIT_DAYS))
    return leaving


@transaction.atomic
def hand_over(leaving: Leaving, *, by: Actor, to_posting: Posting) -> Leaving:
    """What the post carries today is handed to the next holder (or to whoever takes it meanwhile): the sheet is kept."""
    leaving = lock(leaving)
    require(by, "organisations.hand_over", leaving)
    if leaving.handed_on:
        raise Invalid(_("This has been handed over already."))
    if to_posting.pk == leaving.posting_id or to_posting.person_id == leaving.posting.person_id:
        raise Invalid(_("Choose somebody else than the one who leaves."), field="to_posting")
    if not Posting.objects.taking_over(leaving.posting).filter(pk=to_posting.pk).exists():
        raise Invalid(_("Choose whoever holds the post now, or stands in for it."), field="to_posting")
    sheet = [[str(line.kind), str(line.id)] for line in sheet_of(leaving.posting.post)]
    changed = change(leaving, to_posting=to_posting, handed_on=clock.today(), sheet=sheet)
    changed.pop("sheet", None)  # addresses of records; how many is told, which is read on the page by who may see them
    changed["lines"] = (None, len(sheet))
    log.record(by, "organisations.handed_over", leaving, changed=changed)
    return leaving


@transaction.atomic
def settle_audit(leaving: Leaving, *, by: Actor, audited_on: date, audit_paper: str) -> Leaving:
    """The audit on leaving is done; its paper is the proof."""
    leaving = lock(leaving)
    require(by, "organisations.settle_audit", leaving)
    if leaving.audit is None:
        raise Invalid(_("No audit is due for this post."))
    if leaving.audited_on:
        raise Invalid(_("This audit is settled already."))
    if not audit_paper.strip():
        raise Invalid(_("Write name or number of the paper with the result."), field="audit_paper")
    if audited_on < leaving.posting.starts_on or audited_on > clock.today():
        raise Invalid(_("Write the day of the result; it cannot lie in the future."), field="audited_on")
    changed = change(leaving, audited_on=audited_on, audit_paper=audit_paper.strip())
    promises.keep(leaving.audit, leaving)
    log.record(by, "organisations.audit_settled", leaving, changed=changed)
    return leaving
