"""Who gives, withdraws and keeps consents, and the purposes that come with the product."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import Role
from cunlian.kernel.access import Actor, add_permission
from cunlian.people.consent.purposes import add_purpose
from cunlian.people.models import Person
from cunlian.people.rules import KEEPERS


def speaks_for(actor: Actor, person: Person) -> bool:
    """The person themself, or a keeper of the place who passes on what the person wants."""
    if actor.person_id is not None and actor.person_id == person.pk:
        return True
    return actor.holds(KEEPERS, person.territory_code)


_NOT_YOURS = _(
    "Only the person decides this, or whoever keeps the file at the place writes down what the person wants."
)

add_permission("people.give_consent", _("agree to a purpose"), everyone=True, where=speaks_for, reason=_NOT_YOURS)
add_permission("people.withdraw_consent", _("take a consent back"), everyone=True, where=speaks_for, reason=_NOT_YOURS)
add_permission("people.keep_purposes", _("write what people agree to"), Role.COUNTY_STAFF)

add_purpose(
    "contact_away",
    _("Being asked while away"),
    _(
        "The village keeps where you are, what kind of work you do and at which time of year you come back, to ask you about "
        "the matters you name yourself: work at home, land and house, elders, votes of the village. Only the village "
        "committee and the township see it. You may say no or take this back at any time; nothing you are entitled to "
        "depends on it, and what was kept is then erased."
    ),
)
add_purpose(
    "talent",
    _("Register of skills"),
    _(
        "Your skills, your village and how to reach you are kept in the register of local skills. Staff who look for "
        "somebody with your skills see them, and each search is recorded; in public only the skill and the village are "
        "shown, never your name or phone. You may say no or take this back at any time; nothing you are entitled to "
        "depends on it, and what was kept is then erased."
    ),
)
