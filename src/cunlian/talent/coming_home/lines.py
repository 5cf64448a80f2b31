"""How paths home and gatherings read in a thread. A path tells neither of whom nor, to strangers, the day."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.threads import PublicLine, add_public_line
from cunlian.talent.coming_home.states import State
from cunlian.talent.models import Gathering, Homecoming


def _paths(keys: Collection[UUID]) -> dict[UUID, PublicLine]:
    rows = Homecoming.objects.filter(pk__in=keys).select_related("place")
    return {
        row.pk: PublicLine(
            _("Coming home"),
            row.place.short_name,
            State(row.state).label,
            clock.day_of(row.begun_at),
            "desk:homecoming",
        )
        for row in rows
    }


def _gatherings(keys: Collection[UUID]) -> dict[UUID, PublicLine]:
    rows = Gathering.objects.filter(pk__in=keys).select_related("place")
    return {
        row.pk: PublicLine(_("Gathering of those away"), row.place.short_name, "", row.held_on, "desk:gathering")
        for row in rows
    }


def _hidden_paths(actor: Actor, keys: Collection[UUID]) -> set[UUID]:
    return set(keys) - set(Homecoming.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True))


add_public_line("homecoming", _paths, personal=True, withheld=_hidden_paths)
add_public_line("gathering", _gatherings)
