"""What the list behind a figure tells of a record that has no list of its own there: where it is looked at, of which place
it is, since when or on which day, and the paper or source it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Model
from django.urls import reverse

from cunlian.cases.models import MediationBody
from cunlian.instructions.models import Measure
from cunlian.organisations.models import DeclaredNumber, Duty, Organisation, Posting, UnitMembership
from cunlian.places.models import Area, Grid, Place, RosterEntry
from cunlian.talent.models import (
    AfterCare,
    Attendance,
    Cultivation,
    EducationUpgrade,
    Gathering,
    Homecoming,
    Mentee,
    PartnerCall,
    Partnership,
    ResearchResult,
    ReservePlan,
    Session,
    TeachingBase,
)


@dataclass(frozen=True)
class Told:
    """``url`` and ``key``: the page of the record and the path to its argument (empty: a list that shows it)."""

    url: str
    key: str = "pk"
    place: str = "place"
    day: str = ""
    paper: str = ""
    joins: tuple[str, ...] = ()

    def address(self, record: Model) -> str:
        return reverse(f"desk:{self.url}", args=[attrgetter(self.key)(record)] if self.key else [])

    def of(self, record: Model, part: str) -> Any:
        path = getattr(self, part)
        return attrgetter(path)(record) if path else None


TOLD: dict[type[Model], Told] = {
    Posting: Told("post", "post_id", "post.place", "starts_on", "paper", ("post__place", "post__organisation", "person")),
    Organisation: Told("unit", day="starts_on", joins=("place", "area")),
    UnitMembership: Told("unit", "unit_id", "unit.place", "starts_on", "paper", ("unit__place", "body", "area")),
    Duty: Told("post", "post_id", "post.place", "starts_on", joins=("post__place", "post__organisation")),
    DeclaredNumber: Told("declared", "", day="as_of", paper="source", joins=("place", "area")),
    Area: Told("area", place="root", day="starts_on", paper="paper", joins=("root",)),
    RosterEntry: Told("place", "place.code", day="starts_on", paper="paper", joins=("place",)),
    Place: Told("place", "code", "parent", joins=("parent",)),
    Grid: Told("place", "place.parent.code", "place.parent", "starts_on", joins=("place__parent", "grid_class")),
    MediationBody: Told("mediation_body", place="organisation.place", day="starts_on", joins=("organisation__place",)),
    Measure: Told("programme", "programme_id", "programme.root", "starts_on", "programme.paper", ("programme__root",)),
    Homecoming: Told("homecoming", day="begun_at", joins=("place", "person")),
    AfterCare: Told(
        "homecoming", "homecoming_id", "homecoming.place", "looked_on",
        joins=("homecoming__place", "homecoming__person"),
    ),
    Gathering: Told("gathering", day="held_on", paper="people_source", joins=("place",)),
    Session: Told("session", day="held_on", paper="declared_source", joins=("course", "place")),
    Attendance: Told("session", "session_id", "session.place", "session.held_on",
                     joins=("session__place", "session__course", "person")),
    Cultivation: Told("cultivation", "", day="starts_on", joins=("place", "person")),
    Mentee: Told("mentoring", "mentoring_id", "mentoring.place", "joined_on", joins=("mentoring__place", "person")),
    EducationUpgrade: Told("studies", "", day="won_on", joins=("place", "person")),
    ReservePlan: Told("reserve_plan", paper="paper", joins=("place",)),
    PartnerCall: Told("partner_call", day="published_on", paper="paper", joins=("place",)),
    Partnership: Told("partnership", day="starts_on", paper="paper", joins=("place", "person", "institute")),
    ResearchResult: Told("results", "", day="taken_up_on", joins=("place", "institute")),
    TeachingBase: Told("bases", "", day="starts_on", paper="paper", joins=("place", "institute")),
}  # fmt: skip
