"""Joining duplicates and splitting what is two things. Everybody who reported keeps their receipt and gets the answer."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.cases.actions.report import title_of, unused_receipt
from cunlian.cases.models import Case, Category
from cunlian.cases.promises import promise_answer
from cunlian.cases.states import ENDED, MOVES
from cunlian.kernel import clock, log, promises, threads
from cunlian.kernel.access import Actor, require
from cunlian.kernel.ids import uuid7
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Conflict, Invalid


@transaction.atomic
def merge_case(case: Case, *, by: Actor, into: Case) -> Case:
    """``case`` is the same as ``into``, which goes on for both. The reporter of ``case`` follows it with their receipt."""
    case = lock(case)
    require(by, "cases.merge", case)
    if into.pk == case.pk or into.state in ENDED or into.confidential or case.confidential:
        raise Invalid(_("It can be joined only with another request that is still open."), field="into")
    changed = MOVES.apply(case, "merge", merged_into=into, ended_at=clock.now())
    promises.release(case.promise_id, "merged")
    threads.link(case, into, "merged")
    log.record(by, "cases.merged", case, changed=changed)
    return case


@transaction.atomic
def unmerge_case(case: Case, *, by: Actor) -> Case:
    """It was another matter after all: it starts again, with a deadline of its own."""
    case = lock(case)
    require(by, "cases.merge", case)
    MOVES.check(case, "unmerge")
    if case.merged_into:
        threads.unlink(case, case.merged_into, "merged")
    changed = MOVES.apply(
        case, "unmerge", merged_into=None, ended_at=None, promise=promise_answer(case, case.holder_id)
    )
    log.record(by, "cases.unmerged", case, changed=changed)
    return case


@transaction.atomic
def split_case(case: Case, *, by: Actor, text: str, category: Category | None = None, key: UUID | None = None) -> Case:
    """Split off a second matter into a case of its own, for the same person, with a receipt of its own. Conflict when
    there is a case with this ``key`` already."""
    case = lock(case)
    require(by, "cases.merge", case)
    MOVES.check(case, "split")
    if not text.strip():
        raise Invalid(_("Write which part becomes a request of its own."), field="text")
    key = key or uuid7()
    if Case.objects.filter(pk=key).exists():
        raise Conflict(_("This form was sent before with other words. Open a new form to report something else."))
    part = Case(
        id=key, receipt=unused_receipt(), place=case.place, place_text=case.place_text, household=case.household,
        category=category, level=case.level, source=case.source, title=title_of(text), text=text,
        reporter=case.reporter, contact_note=case.contact_note, language=case.language, holder=case.holder, split_from=case,
        confidential=case.confidential, about_post=case.about_post, about_organisation=case.about_organisation,
        about_person=case.about_person, reported_at=clock.now(),
    )  # fmt: skip
    part.promise = promise_answer(part, part.holder_id)
    part.save(force_insert=True)
    threads.link(case, part, "split")
    log.record(by, "cases.split", part)
    return part
