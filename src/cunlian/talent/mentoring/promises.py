"""What a post owes in a mentoring: that mentor and mentees meet as often as they agreed."""

from __future__ import annotations

from typing import Final

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock
from cunlian.kernel.promises import add_promise_kind, keep, make, release
from cunlian.kernel.records import change
from cunlian.organisations.chain import responsible_for
from cunlian.organisations.models import Post
from cunlian.talent.mentoring.rhythm import next_meeting
from cunlian.talent.models import Mentoring, MentorMeeting

MEETING: Final = "mentoring.meeting"
MEETING_DAYS = 10
"""Working days."""

add_promise_kind(MEETING, _("Meeting of a mentor and who is mentored"), ladder=(0, 5))


def owing(one: Mentoring) -> Post | None:
    """The mentor, where the mentor is a post; else the post that answers for the village."""
    today, post = clock.today(), one.mentor_post
    if post and (post.ends_on is None or post.ends_on > today):
        return post
    return responsible_for(one.place, "", today).post


def owe(one: Mentoring) -> None:
    post = owing(one)
    change(one, promise=make(MEETING, about=one, owner_id=post.pk if post else None, working_days=MEETING_DAYS))


def reckon(one: Mentoring, met: MentorMeeting | None = None) -> None:
    """When they meet next, from the last meeting on. What is owed is kept by ``met`` if that one was recent enough; an
    earlier day entered late leaves it owed."""
    last = max(filter(None, [one.starts_on, one.meetings.aggregate(last=Max("held_on"))["last"]]))
    due = next_meeting(last, one.every_months, one.ends_on)
    change(one, meet_next_on=due)
    if due is not None and due <= clock.today():
        return
    if met is None:
        let_go(one, "superseded")
    elif is_owed(one):
        one.promise = keep(one.promise, met)  # type: ignore[arg-type]


def let_go(one: Mentoring, reason: str) -> None:
    """Nobody owes a meeting any more, for a reason."""
    if one.promise and one.promise.settled_at is None:
        one.promise = release(one.promise, reason)


def is_owed(one: Mentoring) -> bool:
    return one.promise is not None and one.promise.settled_at is None
