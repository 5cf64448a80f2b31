"""Why somebody may be kept by name: they hold a post and act in it, or they agreed (个人信息保护法 Art. 13)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.models import Post, Posting
from cunlian.people.consent.questions import holds
from cunlian.people.models import Consent, Person
from cunlian.places.models import on

LEARNING = "learning"
"""The purpose of the consent (see learning/rules.py)."""


def post_of(person: Person, day: date | None = None) -> Post | None:
    """The post they hold on the day, the highest when there are several."""
    held = Posting.objects.filter(on(day or clock.today()), person=person).select_related("post")
    first = held.order_by("post__rank", "post__place__code", "pk").first()
    return first.post if first else None


def by_consent(person: Person, day: date | None = None, *, field: str = "person") -> bool:
    """Whether it is consent that lets the person be kept by name; False for the holder of a post on ``day``. Invalid when
    there is neither."""
    if post_of(person, day):
        return False
    if holds(person, LEARNING):
        return True
    raise Invalid(
        _("%(name)s holds no post and has not agreed to be kept by name for training. Enter the consent first, or count "
          "them without a name.") % {"name": person.masked_name},
        field=field, rule=_("Personal Information Protection Law, Art. 13"),
    )  # fmt: skip


def standing(prefix: str = "", person: str = "person") -> Q:
    """Rows whose basis holds now: what was kept by a consent that was taken back is hidden at once."""
    agreed = Consent.objects.holding(LEARNING).order_by().values("person")
    return Q(**{f"{prefix}by_consent": False}) | Q(**{f"{prefix}{person}__in": agreed})
