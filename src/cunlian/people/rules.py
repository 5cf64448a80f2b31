"""Who keeps persons and households, and who may see a full name and phone. Administrators manage accounts only."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import Role
from cunlian.kernel.access import add_permission
from cunlian.kernel.erasure import add_eraser
from cunlian.kernel.models import Look
from cunlian.people.away import CONTACT_AWAY
from cunlian.people.consent.retention import add_kept
from cunlian.people.duplicates import add_bare_key
from cunlian.people.models import Absence, HouseholdSuccession, Membership, PersonMerge, PersonPair, PersonVersion
from cunlian.people.querysets import READERS

KEEPERS = (
    Role.GRID_WORKER,
    Role.SOCIAL_WORKER,
    Role.VILLAGE_CADRE,
    Role.AREA_STAFF,
    Role.TOWNSHIP_STAFF,
    Role.COUNTY_STAFF,
)

ERASED = "—"

# One file goes for good, so somebody looks who keeps more than one grid.
MERGERS = (Role.VILLAGE_CADRE, Role.AREA_STAFF, Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF)

add_permission("people.register_household", _("register households"), *KEEPERS)
add_permission("people.print_cards", _("print the cards at the doors"), Role.GRID_WORKER, Role.VILLAGE_CADRE)
add_permission("people.register_person", _("register persons"), *KEEPERS)
add_permission("people.move_person", _("move a person to another household"), *KEEPERS)
add_permission("people.correct_person", _("correct a person's file"), *KEEPERS)
add_permission("people.reveal", _("see a person's full name and phone"), *READERS)
add_permission("people.arrange_household", _("change address, grid, lane or village of a household"), *KEEPERS)
add_permission("people.split_household", _("split a household"), *KEEPERS)
add_permission("people.join_households", _("join two households"), *KEEPERS)
add_permission("people.end_household", _("end a household"), *KEEPERS)
add_permission("people.name_head", _("name the head of a household"), *KEEPERS)
add_permission("people.register_house", _("register houses"), *KEEPERS)
add_permission("people.set_house_use", _("enter whether somebody lives in a house"), *KEEPERS)
add_permission("people.move_out", _("enter that a person moved out"), *KEEPERS)
add_permission("people.note_death", _("enter that a person died"), *KEEPERS)
add_permission("people.note_absence", _("enter who is away and who came home"), *KEEPERS)
add_permission("people.audit_looks", _("see which posts looked at files"), Role.AUDITOR)
add_permission("people.find", _("find a person by phone or identity number"), *READERS)
add_permission("people.merge_persons", _("merge two files of one person"), *MERGERS)
add_permission("people.undo_merge", _("undo a merge of two files"), *MERGERS)
add_permission("people.undo_join", _("undo the joining of two households"), *KEEPERS)
add_permission("people.link_account", _("join an account to a person"), Role.ADMINISTRATOR, Role.COUNTY_STAFF)
# A report carries its name and phone in with it, whoever enters it.
add_permission("people.note_reporter", _("note who reported"))
add_permission("people.erase", _("erase a person's file"), Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF)


def forget_purposes(person_id: UUID) -> int:
    """Looks stay as proof of who looked; the words written with them may tell about the person and go."""
    return Look.objects.filter(person_id=person_id).exclude(purpose="").update(purpose="")


def forget_register(person_id: UUID) -> int:
    """What the register kept dated: where they belonged, where they were, what was known before."""
    pairs = Q(first=person_id) | Q(second=person_id)
    reasons = _forget_reasons(person_id)
    merges = PersonMerge.objects.filter(Q(kept=person_id) | Q(gone=person_id))
    rows = [model.objects.filter(person=person_id).delete()[0] for model in (Membership, Absence, PersonVersion)]
    return sum(rows) + reasons + PersonPair.objects.filter(pairs).delete()[0] + merges.delete()[0]


def _forget_reasons(person_id: UUID) -> int:
    """Why a joining of their household was undone may tell about them; that it was undone stays."""
    homes = Membership.objects.filter(person=person_id).values("household")
    undone = HouseholdSuccession.objects.filter(Q(from_household__in=homes) | Q(to_household__in=homes))
    return undone.exclude(undone_because__in=("", ERASED)).update(undone_because=ERASED)


def forget_away(person_id: UUID) -> int:
    """What was kept only while the person agreed to be contacted while away, in files merged into theirs too."""
    rows = Absence.objects.filter(Q(person=person_id) | Q(person__merged_into=person_id))
    return rows.exclude(back_in="", ask_about="").update(back_in="", ask_about="")


add_eraser("people.looks", forget_purposes)
add_eraser("people.register", forget_register)
# Who looked at one of two files of one person looked at the person, who reads all of it in one place.
add_bare_key(Look, "person_id")
add_kept(CONTACT_AWAY, "people.away", forget_away)
