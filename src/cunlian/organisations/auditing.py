"""Looks at people's files, for the auditor: which post looked, at what, what for, of which village, and whether at a child's
file (未成年人网络保护条例 Arts. 36-37 ask for a yearly audit). Whose file it was is not told: that is the person's to read."""

from __future__ import annotations

from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.fields import BooleanField

from cunlian.accounts.roles import Role
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Look
from cunlian.organisations.models import Post
from cunlian.people.consent.questions import CHILD_UNTIL
from cunlian.people.models import Person
from cunlian.places.territory import territory_q


def audited_looks(actor: Actor) -> QuerySet[Look]:
    """Of persons whose village lies in the auditor's territory: with ``unit`` and ``title`` of the post, ``village``, and
    ``of_child``: perhaps under fourteen this year."""
    mine = Person.objects.filter(territory_q(actor, [Role.AUDITOR]))
    one = Person.objects.filter(pk=OuterRef("person_id"))
    youngest = clock.today().year - CHILD_UNTIL
    post = Post.objects.filter(pk=OuterRef("post_id"))
    rows = Look.objects.filter(person_id__in=mine.values("pk")).annotate(
        village=Subquery(one.values("place__short_name")[:1]), born=Subquery(one.values("birth_year")[:1]),
        unit=Subquery(post.values("organisation__name")[:1]), title=Subquery(post.values("title")[:1]),
    )  # fmt: skip
    child = When(born__gte=youngest, then=Value(True))
    return rows.annotate(of_child=Case(child, default=Value(False), output_field=BooleanField()))
