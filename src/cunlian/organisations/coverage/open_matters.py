"""Open matters (whatever is owed by a day: requests, disputes, instructions) whose post nobody sits on."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, Greatest, Least, TruncDate
from django.utils.translation import pgettext_lazy

from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Promise
from cunlian.kernel.records import model_of
from cunlian.organisations.coverage.objects import Scope
from cunlian.organisations.coverage.seated import answered, answered_until, on_leave
from cunlian.organisations.models import Post, Posting
from cunlian.places.models import Place, on

OPEN = "open_matter"


class Why(TextChoices):
    """Why nobody answers."""

    NOBODY = "nobody", pgettext_lazy("why nobody answers", "Nobody is named")
    VACANT = "vacant", pgettext_lazy("why nobody answers", "The post is vacant")
    LEAVE = "leave", pgettext_lazy("why nobody answers", "On leave, nobody stands in")
    TERM = "term", pgettext_lazy("why nobody answers", "Past the term")


def post_name(path: str = "") -> Concat:
    """A post as it is written."""
    return Concat(F(f"{path}organisation__name"), Value(" "), F(f"{path}title"), output_field=CharField())


def about_visible(actor: Actor, owed: QuerySet[Promise]) -> Q:
    """Of the promises ``owed`` those about records the viewer may see: what is withheld for cause stands in no list."""
    seen = Q(pk__in=())
    for kind in sorted(owed.order_by().values_list("about_kind", flat=True).distinct()):
        records: Any = model_of(kind)._default_manager
        if hasattr(records, "visible_to"):
            seen |= Q(about_kind=kind, about_id__in=records.visible_to(actor).order_by().values("pk"))
    return seen


def open_matters(scope: Scope) -> QuerySet[Any]:
    """Rows as ``reading.COLUMNS`` names them; ``title`` is the kind of promise, ``key`` the promise."""
    day = scope.day
    place = Place.objects.filter(pk=OuterRef("place_id"))
    post = Post.objects.filter(pk=OuterRef("owner_id"))
    held = Posting.objects.filter(on(day), post=OuterRef("owner_id"))
    why = Case(
        When(owner_id=None, then=Value(str(Why.NOBODY.value))),
        When(Exists(held.filter(on_leave(day))), then=Value(str(Why.LEAVE.value))),
        When(Exists(held.filter(term_to__lte=day)), then=Value(str(Why.TERM.value))),
        default=Value(str(Why.VACANT.value)), output_field=CharField(),
    )  # fmt: skip
    made = TruncDate("made_at", tzinfo=clock.SHANGHAI)
    today = Value(day, output_field=DateField())
    owed = Promise.objects.open()
    found = owed.filter(about_visible(scope.actor, owed)).filter(Q(owner_id=None) | ~answered(day, "owner_id"))
    return (
        found.order_by()
        .annotate(
            rule=Value(OPEN, output_field=CharField()), key=F("pk"), title=F("promise_kind"),
            lies_in=Coalesce(Subquery(place.values("short_name")[:1]), Value("")),
            at=Coalesce(Subquery(place.values("code")[:1]), Value("")), why=why,
            open_since=Least(Greatest(answered_until(day, "owner_id"), made), today),
            owner=Subquery(post.values("pk")[:1], output_field=UUIDField()),
            owner_name=Coalesce(Subquery(post.values(called=post_name())[:1]), Value("")),
            owner_at=Coalesce(Subquery(post.values("place__code")[:1]), Value("")),
        )
        .filter(scope.chosen("at"))
    )  # fmt: skip
