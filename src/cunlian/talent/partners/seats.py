"""Who reviews an application: the posts named for its call, but those that declared a conflict about it."""

from __future__ import annotations

from cunlian.kernel.access import Actor
from cunlian.talent.models import Application, Reviewer


def seat_of(actor: Actor, application: Application) -> Reviewer | None:
    """The seat the actor reviews from; None without one, with a conflict declared by any of their posts, and about
    themself."""
    if actor.person_id is not None and actor.person_id == application.person_id:
        return None
    if application.reviews.filter(post__in=actor.post_ids, in_favour=None).exists():
        return None
    return application.call.reviewers.filter(post__in=actor.post_ids).first()
