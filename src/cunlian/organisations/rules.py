"""Who orders units, posts and duties. Nobody appoints themself, and nobody hands out a rank above their own."""

from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import STAFF, Role
from cunlian.kernel.access import Actor, add_permission
from cunlian.kernel.promises import add_promise_kind
from cunlian.kernel.ticks import add_tick
from cunlian.organisations import holdings  # noqa: F401  (registers what is told of postings)
from cunlian.organisations.actions.leaving import AUDIT
from cunlian.organisations.carried import carry_roles_around
from cunlian.organisations.models import Post
from cunlian.organisations.sweep import sweep_gaps
from cunlian.people.duplicates import add_mover
from cunlian.people.models import Person

MANAGERS = (Role.ADMINISTRATOR, Role.COUNTY_STAFF, Role.TOWNSHIP_STAFF)
COUNTY_RANK = frozenset({Role.COUNTY_STAFF, Role.COUNTY_LEADER})


def may_fill(actor: Actor, post: Post) -> bool:
    """A post of county rank is filled by the county's office or an administrator; where the district's root is a town,
    the territory alone would not tell them apart."""
    if actor.is_system or post.role not in COUNTY_RANK:
        return True
    return actor.holds([Role.ADMINISTRATOR, Role.COUNTY_STAFF], post.territory_code)


NOT_YOURS = _("This post is of county rank. The county's office fills it.")

add_permission("organisations.view", _("see units, posts and duties"), *STAFF)
add_permission("organisations.found", _("found units"), *MANAGERS)
add_permission("organisations.create_post", _("create posts"), *MANAGERS, where=may_fill, reason=NOT_YOURS)
add_permission("organisations.appoint", _("appoint to posts"), *MANAGERS, where=may_fill, reason=NOT_YOURS)
add_permission("organisations.end_posting", _("end postings"), *MANAGERS)
add_permission("organisations.join_unit", _("make units members of a joint body or an area"), *MANAGERS)
add_permission("organisations.name_lead", _("say which post leads a unit"), *MANAGERS)
add_permission("organisations.file_secretary", _("file village secretaries with the county"), Role.COUNTY_STAFF)
add_permission("organisations.declare_number", _("declare numbers from a named source"), *MANAGERS)
add_permission("organisations.hand_over", _("confirm what is handed over with a post"), *MANAGERS, Role.VILLAGE_CADRE)
add_permission("organisations.settle_audit", _("enter the result of an audit on leaving"), *MANAGERS)
add_permission("organisations.assign_duty", _("assign duties"), *MANAGERS, Role.AREA_STAFF, Role.VILLAGE_CADRE)
add_permission("organisations.end_duty", _("end duties"), *MANAGERS, Role.AREA_STAFF, Role.VILLAGE_CADRE)
add_permission(
    "organisations.arrange_stand_in",
    _("arrange stand-ins"),
    *MANAGERS,
    Role.AREA_STAFF,
    Role.VILLAGE_CADRE,
    where=may_fill,
    reason=NOT_YOURS,
)
add_permission("organisations.end_stand_in", _("end stand-ins"), *MANAGERS, Role.AREA_STAFF, Role.VILLAGE_CADRE)
add_permission(
    "organisations.wind_up", _("end the units and posts of a place that ends"), Role.ADMINISTRATOR, Role.COUNTY_STAFF
)
# Found and closed by the system when a matter comes in or a duty covers it; nobody types one.
add_permission("organisations.record_gap", _("record that nobody answers"))
add_permission("organisations.close_gap", _("close a gap that is covered"))

add_promise_kind(AUDIT, _("Audit on leaving a post"), ladder=(0, 5))

add_tick("organisations.sweep_gaps", 3600, sweep_gaps)


def part_roles(gone: Person, kept: Person) -> int:
    """Two files again: the posts of each carry their roles to its own account."""
    return move_roles(kept, gone) + move_roles(gone, kept)


def move_roles(gone: Person, kept: Person) -> int:
    """The posts that came along with a merged file carry their roles to the account of the file kept."""
    posts = Post.objects.filter(postings__person=kept).distinct()
    for post in posts:
        carry_roles_around(post)
    return len(posts)


add_mover("organisations.roles", move_roles, back=part_roles)
