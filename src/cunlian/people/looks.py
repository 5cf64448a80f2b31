"""A look at what is masked or sealed: for a purpose the person will read. Part of an action, which asks who may."""

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
