"""Who keeps persons and households, and who may see a full name and phone. Administrators manage accounts only."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import Role
from cunlian.kernel.access import add_permission
from cunlian.kernel.erasure import add_eraser
from cunlian.kernel.models import Look
from cunlian.people.querysets import READERS

KEEPERS = (
    Role.GRID_WORKER,
    Role.SOCIAL_WORKER,
    Role.VILLAGE_CADRE,
    Role.AREA_STAFF,
    Role.TOWNSHIP_STAFF,
    Role.COUNTY_STAFF,
)

add_permission("people.register_household", _("register households"), *KEEPERS)
add_permission("people.print_cards", _("print the cards at the doors"), Role.GRID_WORKER, Role.VILLAGE_CADRE)
add_permission("people.register_person", _("register persons"), *KEEPERS)
add_permission("people.move_person", _("move a person to another household"), *KEEPERS)
add_permission("people.correct_person", _("correct a person's file"), *KEEPERS)
add_permission("people.reveal", _("see a person's full name and phone"), *READERS)
add_permission("people.link_account", _("join an account to a person"), Role.ADMINISTRATOR, Role.COUNTY_STAFF)
# A report carries its name and phone in with it, whoever enters it.
add_permission("people.note_reporter", _("note who reported"))
add_permission("people.erase", _("erase a person's file"), Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF)


def forget_purposes(person_id: UUID) -> int:
    """Looks stay as proof of who looked; the words written with them may tell about the person and go."""
    return Look.objects.filter(person_id=person_id).exclude(purpose="").update(purpose="")


add_eraser("people.looks", forget_purposes)
