"""What is going on in the viewer's territory, for posts that steer and hold little themselves."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cunlian.cases.models import Case
from cunlian.cases.querysets import READERS
from cunlian.cases.states import OPEN, State
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Text

_OPEN = sorted(str(state) for state in OPEN)


@dataclass(frozen=True)
class Standing:
    """One count of the territory and the list it opens."""

    label: Text
    count: int
    url: str


def _url(**query: str) -> str:
    return f"{reverse('desk:cases')}?{urlencode(query)}"


def standing(actor: Actor) -> list[Standing]:
    """Open requests of the territory by what is the matter with them; nothing for who may see none. One query."""
    if not actor.roles & READERS:
        return []
    late = Q(state__in=_OPEN, promise__state="open", promise__due_at__lt=clock.now())
    counts = Case.objects.visible_to(actor).aggregate(
        open=Count("pk", filter=Q(state__in=_OPEN)),
        new=Count("pk", filter=Q(state=str(State.REPORTED))),
        late=Count("pk", filter=late),
        nobody=Count("pk", filter=Q(state__in=_OPEN, holder=None)),
        word=Count("pk", filter=Q(state=str(State.ANSWERED))),
    )
    return [
        Standing(_("not taken on yet"), counts["new"], _url(state="reported")),
        Standing(_("past their day"), counts["late"], _url(due="overdue")),
        Standing(_("with nobody"), counts["nobody"], _url(mine="nobody")),
        Standing(_("answered, waiting for the person's word"), counts["word"], _url(state="answered")),
        Standing(_("open in all"), counts["open"], _url()),
    ]
