"""The first step: somebody tells that they would like to come, or a village brings somebody in."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log, threads
from cunlian.kernel.access import Actor, require
from cunlian.kernel.ids import uuid7
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.chain import responsible_for
from cunlian.people.models import Person
from cunlian.places.models import Place, require_module
from cunlian.talent.coming_home.promises import TALK, owe
from cunlian.talent.models import Gathering, Homecoming, Origin
from cunlian.talent.rules import MODULE
from cunlian.talent.taking import Told, check_village, how_agreed, speaks_alone, unused_receipt, who


@transaction.atomic
def begin_path(
    *,
    by: Actor,
    place: Place,
    wish: str,
    told: Told,
    origin: str = Origin.RETURNING,
    where_now: str = "",
    person: Person | None = None,
    gathering: Gathering | None = None,
    key: UUID | None = None,
    invented: bool = False,
) -> Homecoming:
    """The interest, with a receipt; the post that answers for the village talks with the person within ten working days.
    ``key`` made by the form makes a second press harmless. Invalid without words, consent or a way to reach them."""
    require(by, "coming_home.begin" if speaks_alone(by) else "coming_home.begin_for", place)
    if not wish.strip():
        raise Invalid(_("Please write in a sentence what you would like to do here."), field="wish")
    if origin not in Origin:
        raise Invalid(_("Please say whether the person comes from here or from elsewhere."), field="origin")
    check_village(place)
    require_module(place, MODULE)
    agreed, key = how_agreed(by, told), key or uuid7()
    if known := Homecoming.objects.filter(pk=key).first():
        if known.wish != wish.strip():
            raise Conflict(_("This form was sent before with other words. Open a new form."))
        return known
    path = Homecoming.objects.create(
        id=key, receipt=unused_receipt(Homecoming), origin=origin, place=place, person=who(told, person, place),
        wish=wish.strip(), where_now=where_now.strip(), contact_note=told.contact_note.strip(), language=told.language,
        agreed_how=agreed, agreed_at=clock.now(), gathering=gathering, begun_at=clock.now(),
        holder=responsible_for(place, "", clock.today()).post, invented=invented,
    )  # fmt: skip
    owe(path, TALK)
    if gathering is not None:
        threads.link(gathering, path, "heard")
    log.record(by, "coming_home.begun" if by.behalf is None else "coming_home.begun_for", path)
    return path
