"""Who looked at a person's file, told by post, as the person reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cunlian.kernel import clock
from cunlian.kernel.holdings import Held, facts
from cunlian.organisations.models import Post
from cunlian.people.contact import looks_at
from cunlian.people.models import Person

# The words of ``Look.fields``.
WHAT = {
    "name": _lazy("name"),
    "phone": _lazy("phone"),
    "id_number": _lazy("identity number"),
    "birth_date": _lazy("day of birth"),
    "skills": _lazy("skills and village, name and phone masked"),
    "circumstance": _lazy("a circumstance kept for a purpose"),
    "consent_form": _lazy("the signed form"),
    "all": _lazy("all that is kept, shown to the person at the desk"),
}


@dataclass(frozen=True)
class LookRow:
    """``post``: empty when the account held none."""

    post: str
    what: str
    purpose: str
    at: datetime

    def as_held(self) -> Held:
        values = facts((_("What"), self.what), (_("What for"), self.purpose), (_("When"), self.at))
        return Held("look", _("Looked at by: %(post)s") % {"post": self.post or "—"}, values, clock.day_of(self.at))


def what_of(fields: str) -> str:
    return _(", ").join(str(WHAT.get(name, name)) for name in fields.split(",") if name)


def look_rows(person: Person) -> list[LookRow]:
    """Each look at the person's full values or circumstances, newest first. Two queries."""
    lines = looks_at(person)
    keys = {line.post_id for line in lines if line.post_id}
    posts = {post.pk: post for post in Post.objects.filter(pk__in=keys).select_related("organisation")}
    return [
        LookRow(
            f"{post.organisation.name} {post.title}" if line.post_id and (post := posts.get(line.post_id)) else "",
            what_of(line.fields), line.purpose, line.happened_at,
        )
        for line in lines
    ]  # fmt: skip


def with_looks(held: Iterable[Held], person: Person) -> list[Held]:
    """All that is held, and after it who looked: what goes into the file to take along, and on paper at the desk."""
    return [*held, *(row.as_held() for row in look_rows(person))]
