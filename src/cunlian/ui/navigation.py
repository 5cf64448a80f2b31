"""The side bar of the desk as data. An entry whose page does not exist, or whose role the actor lacks, is left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.access import ANONYMOUS, Actor
from cunlian.kernel.refusals import Text


@dataclass(frozen=True)
class Entry:
    """``url_name``: its page and the key of its number in ``nav_counts``; ``roles`` see it, None: all staff. ``also``: pages
    beside it, reached from it, whose addresses do not lie below its own. ``module``: without it in use it is left out."""

    label: Text
    url_name: str
    icon: str
    roles: frozenset[str] | None = None
    also: tuple[str, ...] = ()
    module: str = ""


@dataclass(frozen=True)
class Group:
    label: Text
    entries: tuple[Entry, ...]


_COUNTY = frozenset({"county_staff", "county_leader", "administrator", "auditor", "dispatcher", "township_staff"})
# As people.querysets.READERS, which this package does not know; a test compares the two.
_REGISTER = frozenset(
    {
        "grid_worker", "lane_leader", "social_worker", "mediator", "village_cadre", "area_staff", "township_staff",
        "dispatcher", "county_staff", "county_leader", "auditor",
    }
)  # fmt: skip
_KEEPERS = frozenset({"grid_worker", "social_worker", "village_cadre", "area_staff", "township_staff", "county_staff"})
_COMERS = frozenset({"village_cadre", "social_worker", "area_staff", "township_staff", "county_staff", "auditor"})
_SKILLS = _KEEPERS | {"county_leader", "auditor"}
_VISITORS = frozenset(
    {
        "grid_worker", "lane_leader", "social_worker", "village_cadre", "area_staff", "township_staff", "county_staff",
        "county_leader",
    }
)  # fmt: skip
# As talent.mentoring.querysets.SEERS.
_GROWERS = frozenset({"village_cadre", "area_staff", "township_staff", "county_staff", "county_leader", "auditor"})
_OFFICES = frozenset({"township_staff", "county_staff"})
_BRINGERS = frozenset({"village_cadre", "area_staff", "township_staff", "county_staff"})
_DELIVERIES = frozenset({"county_staff", "administrator", "auditor"})
# As places.drawing.querysets.READERS, but for the township, which finds its own through the page of areas.
_DRAWING = frozenset({"county_staff", "county_leader", "administrator", "auditor"})
_SETTINGS = frozenset({"county_staff", "administrator"})
_ACCOUNTS = frozenset({"administrator", "auditor"})
_AUDITORS = frozenset({"auditor"})
_COMMITTEES = (
    "desk:choices", "desk:filings", "desk:leavings", "desk:unit_memberships", "desk:leads", "desk:declared",
)  # fmt: skip

HOME = "desk:home"
NAVIGATION: tuple[Group, ...] = (
    Group(
        "",
        (
            Entry(_("Workbench"), HOME, icon="layout-list"),
            Entry(_("Requests"), "desk:cases", icon="message-report"),
            Entry(_("Disputes"), "desk:disputes", icon="scale", module="disputes"),
            Entry(_("Instructions"), "desk:instructions", icon="send", also=("desk:programmes",)),
        ),
    ),
    Group(
        _("Villages"),
        (
            Entry(_("Villages and areas"), "desk:places", icon="map-2"),
            Entry(_("Drawing areas"), "desk:drawings", icon="pencil", roles=_DRAWING),
            Entry(_("Grids"), "desk:grids", icon="grid-4x4"),
            Entry(_("Households and people"), "desk:people", icon="home", roles=_REGISTER),
            Entry(_("Help and care"), "desk:circumstances", icon="heart-handshake", roles=_KEEPERS),
            Entry(_("Visits"), "desk:visits", icon="notes", roles=_VISITORS),
            Entry(_("Bring lists in"), "desk:imports", icon="file-import", roles=_BRINGERS),
            Entry(_("Posts and duties"), "desk:responsibility", icon="users-group", also=("desk:assignments",)),
            Entry(_("Gap radar"), "desk:radar", icon="radar", also=("desk:gaps",)),
            Entry(_("Village committees"), "desk:committees", icon="building-community", also=_COMMITTEES),
        ),
    ),
    Group(
        _("Talent"),
        (
            Entry(_("Register of skills"), "desk:talent", icon="tools", roles=_SKILLS, module="talent"),
            Entry(_("Coming home"), "desk:homecomings", icon="home-check", roles=_COMERS, module="talent"),
            Entry(_("Partners"), "desk:partner_calls", icon="users-plus", module="talent"),
            Entry(_("Training"), "desk:courses", icon="school", module="talent"),
            Entry(
                _("Mentoring and reserve cadres"), "desk:mentorings", icon="seedling", roles=_GROWERS, module="talent"
            ),
        ),
    ),
    Group(
        _("Figures"),
        (
            Entry(_("Overview"), "desk:district", icon="chart-histogram"),
            Entry(_("Catalogue of figures"), "desk:figures", icon="list-numbers"),
        ),
    ),
    Group(
        _("County"),
        (
            Entry(_("Categories and deadlines"), "desk:categories", icon="list-details", roles=_COUNTY),
            Entry(_("Settings of the district"), "desk:district_settings", icon="settings", roles=_SETTINGS),
            Entry(_("Purposes and consent"), "desk:purposes", icon="circle-check", also=("desk:consents",)),
            Entry(_("Wishes about data"), "desk:data_requests", icon="file-search", roles=_OFFICES),
            Entry(_("Exports"), "desk:jobs", icon="download"),
            Entry(_("Deliveries"), "desk:deliveries", icon="message-exclamation", roles=_DELIVERIES),
            Entry(_("Looks at files"), "desk:looks", icon="eye", roles=_AUDITORS),
            Entry(_("Accounts"), "desk:accounts", icon="key", roles=_ACCOUNTS),
        ),
    ),
)


@dataclass(frozen=True)
class Link:
    """An entry as drawn. ``current``: "page" on its own page, "true" on pages below it, else empty."""

    label: Text
    url: str
    icon: str
    current: str = ""
    count: int | None = None


@dataclass(frozen=True)
class LinkGroup:
    label: Text
    entries: list[Link]


@dataclass(frozen=True)
class Choice:
    label: Text
    url: str
    current: bool = False


@dataclass(frozen=True)
class Scope:
    """The territory a page is about and others the actor may switch to. Goes into the context as ``scope``."""

    label: Text
    choices: list[Choice] = field(default_factory=list)


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _current(path: str, url: str, nearest: bool) -> str:
    return "page" if path == url else "true" if nearest else ""


def _nearest(path: str, groups: Iterable[Group]) -> Entry | None:
    """The entry the page belongs to: of those whose address it lies below, the one with the longest. Nothing lies below the
    workbench."""
    found: dict[str, Entry] = {}
    for entry in (entry for group in groups for entry in group.entries):
        for url in filter(None, (_address(name) for name in (entry.url_name, *entry.also))):
            if path == url or (path.startswith(url) and entry.url_name != HOME):
                found[url] = entry
    return found[max(found, key=len)] if found else None


def page_name(path: str) -> Text:
    """What the side bar calls the page, or the one it lies below; "" when it lies nowhere. Its own title may name a person."""
    nearest = _nearest(path, NAVIGATION)
    return nearest.label if nearest else ""


def navigation(
    request: HttpRequest,
    counts: Mapping[str, int] | None = None,
    groups: Iterable[Group] = NAVIGATION,
    off: Collection[str] = (),
) -> list[LinkGroup]:
    """The groups and links this request's actor sees, with the numbers ``counts`` gives by url name; without those of the
    modules that are ``off``."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    groups = list(groups)
    nearest = _nearest(request.path, groups)
    drawn = []
    for group in groups:
        links = [
            Link(
                entry.label,
                url,
                entry.icon,
                _current(request.path, url, entry is nearest),
                (counts or {}).get(entry.url_name),
            )  # fmt: skip
            for entry in group.entries
            if (url := _address(entry.url_name))
            and entry.module not in off
            and (entry.roles is None or actor.holds(entry.roles))
        ]
        if links:
            drawn.append(LinkGroup(group.label, links))
    return drawn
