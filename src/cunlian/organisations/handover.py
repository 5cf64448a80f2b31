"""What a post carries and hands over when its holder leaves: addresses of records, told by each domain for its own.

A sheet holds addresses only. Whoever reads it sees the lines of records they may see; a record withheld for cause is on no
sheet of others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cunlian.kernel import clock
from cunlian.kernel.models import Promise, PromiseState
from cunlian.kernel.records import Ref
from cunlian.organisations.models import Duty, Lead, Leaving, Post

Teller = Callable[[Post], Iterable[Ref]]
TELLERS: dict[str, Teller] = {}


def add_carried(code: str, teller: Teller) -> None:
    """Register once, in a domain's ``rules.py``: what its records lay on a post."""
    if code in TELLERS:
        raise ValueError(f"{code} is registered twice")
    TELLERS[code] = teller


def sheet_of(post: Post) -> list[Ref]:
    """Everything the post carries today, each record once."""
    return list(dict.fromkeys(line for teller in TELLERS.values() for line in teller(post)))


def _duties(post: Post) -> Iterable[Ref]:
    return [Ref(Duty.KIND, pk) for pk in Duty.objects.on(clock.today()).filter(post=post).values_list("pk", flat=True)]


def _leads(post: Post) -> Iterable[Ref]:
    return [Ref(Lead.KIND, pk) for pk in Lead.objects.on(clock.today()).filter(post=post).values_list("pk", flat=True)]


def _promised(post: Post) -> Iterable[Ref]:
    """Whatever the post owes by a day: its requests, disputes and instructions among them. The audit of who leaves is not
    theirs to hand over."""
    owed = Promise.objects.filter(owner_id=post.pk, state__in=[PromiseState.OPEN, PromiseState.PAUSED])
    rows = owed.exclude(about_kind=Leaving.KIND).order_by("due_at", "pk")
    return [Ref(kind, pk) for kind, pk in rows.values_list("about_kind", "about_id")]


add_carried("organisations.duties", _duties)
add_carried("organisations.leads", _leads)
add_carried("organisations.promised", _promised)
