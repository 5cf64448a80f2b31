"""What reviewers owe an applicant: an answer."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.promises import add_promise_kind, keep, release
from cunlian.organisations.models import Post
from cunlian.talent.models import Application

ANSWER: Final = "partners.answer"
ANSWER_DAYS = 20
"""Working days."""

add_promise_kind(ANSWER, _("Answer to somebody who would like to be a partner"), ladder=(0, 5))


def answering(application: Application) -> Post | None:
    """The post that owes the answer now."""
    promise = application.promise
    if promise is None or promise.settled_at or promise.owner_id is None:
        return None
    return Post.objects.select_related("organisation").filter(pk=promise.owner_id).first()


def kept(application: Application) -> None:
    if application.promise and application.promise.settled_at is None:
        application.promise = keep(application.promise, application)


def let_go(application: Application, reason: str) -> None:
    if application.promise and application.promise.settled_at is None:
        application.promise = release(application.promise, reason)
