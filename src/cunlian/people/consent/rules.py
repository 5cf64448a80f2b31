"""Who gives, withdraws and keeps consents, and the purposes that come with the product."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import Role
from cunlian.kernel.access import Actor, add_permission
from cunlian.kernel.promises import add_promise_kind
from cunlian.kernel.ticks import add_tick
from cunlian.people.consent import tellers  # noqa: F401  (registers what is told and how it goes)
from cunlian.people.consent.purposes import add_purpose
from cunlian.people.consent.requests import REQUEST
from cunlian.people.consent.retention import forget_ended
from cunlian.people.models import Circumstance, CircumstanceKind, DataRequest, Person
from cunlian.people.models.requests import DECIDERS
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
add_permission(
    "people.see_consent_form", _("look at a signed form"), everyone=True, where=speaks_for, reason=_NOT_YOURS
)
add_permission("people.print_consent_forms", _("print blank forms of consent"), *KEEPERS)
add_permission("people.keep_purposes", _("write what people agree to"), Role.COUNTY_STAFF)


def _is_viewer(actor: Actor, circumstance: Circumstance) -> bool:
    """By a named post; what is kept about oneself is told by one's own page, which is no look."""
    return Circumstance.objects.named_for(actor).filter(pk=circumstance.pk).exists()


def _speaks_in(actor: Actor, asked: DataRequest) -> bool:
    return speaks_for(actor, asked.person)


def _not_ones_own(actor: Actor, asked: DataRequest) -> bool:
    return actor.person_id is None or asked.person_id != actor.person_id


_NOT_NAMED = _("Only the posts named for this purpose see and end it.")

add_permission("people.name_viewers", _("name who sees circumstances"), *DECIDERS)
add_permission("people.note_circumstance", _("note a circumstance of a person"), *KEEPERS)
add_permission(
    "people.see_circumstance", _("see a circumstance of a person"), *KEEPERS, where=_is_viewer, reason=_NOT_NAMED
)
add_permission(
    "people.end_circumstance", _("end a circumstance of a person"), *KEEPERS, where=_is_viewer, reason=_NOT_NAMED
)
add_permission(
    "people.show_own_data",
    _("show a person all that is kept about them"),
    everyone=True,
    where=speaks_for,
    reason=_NOT_YOURS,
)
add_permission(
    "people.ask_request", _("ask for a correction or deletion"), everyone=True, where=speaks_for, reason=_NOT_YOURS
)
add_permission(
    "people.withdraw_request", _("take back what one asked about one's data"), everyone=True, where=_speaks_in,
    reason=_NOT_YOURS,
)  # fmt: skip
add_permission(
    "people.say_wishes", _("say what one wants to be asked about while away"), everyone=True, where=speaks_for,
    reason=_NOT_YOURS,
)  # fmt: skip
add_permission("people.correct_own", _("put one's own phone right"), everyone=True, where=speaks_for, reason=_NOT_YOURS)
add_permission(
    "people.decide_request", _("decide on a correction or deletion"), *DECIDERS, where=_not_ones_own,
    reason=_("An office of the territory decides, and nobody about their own data."),
)  # fmt: skip
add_promise_kind(REQUEST, _("Answer to a wish about one's own data"), ladder=(0, 3, 5))

add_purpose(
    "home_help",
    _("Visits and help at home"),
    _(
        "So that somebody looks in and helps where it is needed, the village keeps what whoever helps must know, such as "
        "that you live alone, are ill for long or have a disability. Only the posts named for it see it, each look is "
        "recorded and you can read who looked. It is kept until the day agreed, a year at most. You may say no or take "
        "this back at any time; nothing you are entitled to depends on it, and what was kept is then erased."
    ),
    circumstances=(
        CircumstanceKind.LIVING_ALONE,
        CircumstanceKind.DISABILITY,
        CircumstanceKind.LONG_ILLNESS,
        CircumstanceKind.HARDSHIP,
        CircumstanceKind.OTHER,
    ),
)
add_purpose(
    "child_care",
    _("Care for children whose parents work elsewhere"),
    _(
        "The law obliges the village committee to keep a file on children whose parents work elsewhere and on children in "
        "difficulty, and to look after them. Only the posts named for it see the file, each look is recorded, and it is "
        "erased when the reason has ended."
    ),
    law=_("Law on the Protection of Minors, Art. 43"),
    circumstances=(CircumstanceKind.LEFT_BEHIND, CircumstanceKind.HARDSHIP),
)
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
        "somebody with your skills see them, and each search is recorded; in "
        "public only the skill and the village are shown, never your name or phone. Once a year you are asked whether it "
        "still holds. You may say no or take this back at any time; nothing you are entitled to depends on it, and what "
        "was kept is then erased."
    ),
)

add_tick("people.retention", 3600, forget_ended)
