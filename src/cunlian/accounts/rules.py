"""Who manages accounts. An administrator manages and sees no personal file; see people/rules.py."""

from django.utils.translation import gettext_lazy as _

from cunlian.accounts import codes
from cunlian.accounts.models import RoleGrant, User
from cunlian.accounts.roles import Role
from cunlian.kernel import clock, ticks
from cunlian.kernel.access import Actor, add_permission
from cunlian.places.models import on


def covers_all_roles(actor: Actor, user: User) -> bool:
    """An administrator touches only accounts all of whose roles lie in their own territory: one of a township cannot
    close the account of the county's."""
    if actor.is_system:
        return True
    grants = RoleGrant.objects.filter(on(clock.today()), user=user).select_related("place", "area__root")
    return all(actor.holds([Role.ADMINISTRATOR], grant.territory_code) for grant in grants)


add_permission("accounts.create_user", _("open accounts"), Role.ADMINISTRATOR)
add_permission("accounts.deactivate_user", _("close accounts"), Role.ADMINISTRATOR, where=covers_all_roles)
add_permission("accounts.set_password", _("give an account a new password"), Role.ADMINISTRATOR, where=covers_all_roles)
add_permission(
    "accounts.reset_factor",
    _("let an account set up its second factor again"),
    Role.ADMINISTRATOR,
    where=covers_all_roles,
)
add_permission("accounts.grant_role", _("grant roles by hand"), Role.ADMINISTRATOR)
add_permission("accounts.end_grant", _("end roles granted by hand"), Role.ADMINISTRATOR)
add_permission("accounts.make_key", _("make keys for programs"), Role.ADMINISTRATOR)
add_permission("accounts.revoke_key", _("revoke keys of programs"), Role.ADMINISTRATOR)
add_permission("accounts.view", _("see accounts"), Role.ADMINISTRATOR, Role.AUDITOR)
add_permission("deliveries.view", _("see what was not delivered"), Role.ADMINISTRATOR, Role.COUNTY_STAFF, Role.AUDITOR)
add_permission("deliveries.retry", _("try a delivery again"), Role.ADMINISTRATOR)
# Anybody may ask for a code and log in with one: throttled in the action, the same answer for every phone.
add_permission("accounts.send_code", _("ask for a log-in code"), everyone=True)
add_permission("accounts.enter_with_code", _("log in with a code"), everyone=True)
add_permission(
    "accounts.choose_language",
    _("choose the language of one's own account"),
    everyone=True,
    where=lambda actor, user: actor.is_system or (user is not None and actor.user_id == user.pk),
    reason=_("Everybody chooses the language of their own account."),
)

ticks.add_tick("accounts.forget_codes", 3600, codes.forget_old)
