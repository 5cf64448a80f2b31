"""The roles of the house. A role is what a post or duty lets somebody do over a territory; titles are labels of
ranks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    RESIDENT = "resident", _("Resident")
    GRID_WORKER = "grid_worker", _("Grid worker")
    LANE_LEADER = "lane_leader", _("Lane leader")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    MEDIATOR = "mediator", _("Mediator")
    VILLAGE_CADRE = "village_cadre", _("Village cadre")
    VILLAGE_SUPERVISOR = "village_supervisor", _("Village supervisor")
    AREA_STAFF = "area_staff", _("Area staff")
    TOWNSHIP_STAFF = "township_staff", _("Township staff")
    DISPATCHER = "dispatcher", _("Grid-centre dispatcher")
    COUNTY_STAFF = "county_staff", _("County staff")
    COUNTY_LEADER = "county_leader", _("County leader")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")
    OUTSIDER = "outsider", _("Invited outsider")


STAFF = frozenset(Role) - {Role.RESIDENT}
# Every other role comes from a post or duty, so that nobody carries a role nobody appointed them to.
BY_HAND = frozenset({Role.ADMINISTRATOR, Role.AUDITOR, Role.OUTSIDER})
