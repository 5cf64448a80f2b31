"""A look at what is masked or sealed: for a purpose the person will read. Part of an action, which asks who may.

A list is no look and is not written down. Of a resident it shows a masked name, gender, year of birth, village, number of the
household and whether they are away, in its file as on its page; never a phone, an identity number, an address beside a
person, or what their circumstance is. Were every page of a register a look, a person would read hundreds of lines that tell
them nothing, and the one that matters to them, who saw their number and why, would be lost among them. So what would be a
look is never put into a list: it is opened for one person at a time, for a purpose (``tests/desk/test_lists.py`` reads every
list for it). A search that finds somebody by what they can do, or by their number, is one, for it asks about them.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Look
from cunlian.kernel.records import ref
from cunlian.kernel.refusals import Invalid
from cunlian.people.models import Person


def check_purpose(purpose: str) -> str:
    if len(purpose.strip()) < 2:
        raise Invalid(_("Please say what you need it for. The person will read this."), field="purpose")
    return purpose.strip()[:200]


def look(person: Person, by: Actor, fields: str, purpose: str, about: models.Model | None = None) -> None:
    about_kind, about_id = ref(about) if about else ("", None)
    Look.objects.create(
        person_id=person.pk, actor_id=by.user_id, post_id=by.post_id, fields=fields, purpose=purpose,
        about_kind=about_kind, about_id=about_id, happened_at=clock.now(),
    )  # fmt: skip
