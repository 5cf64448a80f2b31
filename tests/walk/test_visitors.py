"""Every address × who has no business there: made from the URLconf, with the real keys of one village's records.

Three readers of the village's county walk the desk and gather one address of every kind. Then come: nobody in particular;
staff of another county and of another village, who hold every role there is at home, so that only the place can be the
reason. What is neither reached by a link nor listed below fails the test.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse

from cunlian.accounts.models import RoleGrant
from cunlian.accounts.roles import Role
from cunlian.cases.models import Case
from cunlian.kernel.models import Activity
from cunlian.organisations.responsibility.models import ResponsibilityLine
from cunlian.organisations.visits.models import VisitNote
from cunlian.places.models import Place
from tests.cases.disputes.conftest import peace
from tests.cast import START
from tests.consistency.code import report
from tests.desk.conftest import Desk, Enter, desk, district, enter
from tests.desk.every_list import full
from tests.walk.crawl import follow, names

__all__ = ["desk", "district", "enter", "full", "peace"]
pytestmark = pytest.mark.django_db

READERS = ("township_staff", "administrator", "county_staff")
OURS = ("柳湾", "桥头", "青石")
STAFF = [role for role in Role if role not in (Role.RESIDENT, Role.OUTSIDER)]
OF_A_VILLAGE = [
    Role.VILLAGE_CADRE, Role.GRID_WORKER, Role.LANE_LEADER, Role.SOCIAL_WORKER, Role.MEDIATOR, Role.VILLAGE_SUPERVISOR,
]  # fmt: skip

# Links to these show in some states only: they are tried with the key of the record they stand beside.
BESIDE = {
    "candidate_opinion": "candidate", "case_looks": "case", "case_pictures": "case", "case_pictures_back": "case",
    "case_pictures_refuse": "case", "course_call_person": "course", "course_call_post": "course",
    "dispute_print": "dispute", "dispute_reveal": "dispute", "homecoming_slip": "homecoming",
    "household_part": "household", "import_decide": "import", "job_file": "job", "leaving_hand_over": "leaving",
    "partner_application_slip": "partner_application", "partner_call_change": "partner_call",
    "person_circumstance": "person", "person_home": "person", "post_account": "post", "session_declare": "session",
    "talent_enter": "talent_of", "talent_recommend": "talent_of", "yearly_board": "yearly_list",
}  # fmt: skip
MOVES = {"dispute_move": "dispute", "partner_application_move": "partner_application", "session_move": "session"}
# Of these the full world holds no record. Each is tried by a stranger beside the test of what it does.
NOT_MADE = {
    "call_out", "candidate_paper_open", "case_blur", "case_file", "case_filter_remove", "circumstance_end",
    "circumstance_look", "consent_form", "consent_paper", "drawing_pair_free", "five_end", "instruction_file",
    "leave_end", "stand_in_end", "tile", "viewer_end",
}  # fmt: skip
OF_NOBODY = {"home", "search", "case_similar", "case_filters", "cases_pass_on", "looks"}
"""Without the key of a record; tried with their forms."""
# The same for everybody, or of each reader's own county: what they say is looked at, not that they answer.
OF_ALL = {"coverage_missing", "figure", "leading", "consent_print", "purpose_text", "purpose_viewer", "radar_gap"}
# What staff read of all villages of their county, and may change only at home.
OF_THE_COUNTY = {
    "area", "certificates", "choice", "course", "course_roster", "gathering", "leaving", "mediation_body",
    "partner_call", "place", "place_near", "post", "programme", "session", "session_sheet", "unit", "yearly_list",
}  # fmt: skip
AT_HOME = {"candidate", "leaving_hand_over", "leaving_sheet"}
"""The world's election and leaving are the neighbour's own."""
CLOSED = {302, 403, 404, 405}


def gather(full: Desk, enter: Enter) -> dict[str, str]:
    """Kind → one address of it, with keys of records of the cast's villages."""
    found: dict[str, str] = {}
    for who in READERS:
        found = {**follow(enter(getattr(full.cast, who))).kinds, **found}
    for name, beside in BESIDE.items():
        found.setdefault(f"desk:{name}", reverse(f"desk:{name}", args=resolve(found[f"desk:{beside}"]).kwargs.values()))
    for name, beside in MOVES.items():
        (key,) = resolve(found[f"desk:{beside}"]).kwargs.values()
        found.setdefault(f"desk:{name}", reverse(f"desk:{name}", args=[key, "withdraw"]))
    case = Case.objects.filter(confidential=False)[0]
    village, visit = full.cast.world.village, VisitNote.objects.all()[0]
    more: dict[str, Any] = {
        "case_entered": case.receipt, "case_slip": case.receipt, "cards": village.code, "visit": visit.pk,
        "visit_follow": visit.pk, "visit_report": visit.pk, "yearly_line_out": ResponsibilityLine.objects.all()[0].pk,
    }  # fmt: skip
    return {**{f"desk:{name}": reverse(f"desk:{name}", args=[key]) for name, key in more.items()}, **found}


def name_in(kind: str) -> str:
    return kind.partition("/")[0].removeprefix("desk:")


def give(who: str, roles: list[Role], place: Place, full: Desk) -> None:
    user = full.cast.world.users[who]
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role, place=place, starts_on=START) for role in roles)


def words_of(answer: Any) -> str:
    return b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode("utf-8", "replace")


def test_every_address_is_closed_to_whoever_has_no_business_there(full: Desk, enter: Enter) -> None:
    """Nobody in particular; every role of another county; every role of another village. And no address is left out, nor
    named above as open to a neighbour when it is not."""
    found, world, faults, opened = gather(full, enter), full.cast.world, list[str](), set[str]()
    known = {name_in(kind) for kind in found} | NOT_MADE | OF_NOBODY
    assert {name for name, route in names() if route.startswith("desk/")} - known == set()
    give("stranger", STAFF, Place.objects.get(code="610903"), full)
    give("neighbour_cadre", OF_A_VILLAGE, world.other_village, full)
    nobody, stranger, neighbour = Client(), enter(full.cast.stranger), enter(full.cast.neighbour_cadre)
    before = Activity.objects.count()
    for kind, url in found.items():
        name, of_a_record = name_in(kind), bool(resolve(url).kwargs)
        for method in ("get", "post"):
            asked = getattr(nobody, method)(url)
            if asked.status_code != 405 and not asked.get("Location", "").startswith("/accounts/login/"):
                faults.append(f"nobody {method} {kind} {asked.status_code}")
            answers: dict[str, Any] = {"stranger": getattr(stranger, method)(url)}
            if of_a_record:
                answers["neighbour"] = getattr(neighbour, method)(url)
            opened |= {name} if "neighbour" in answers and answers["neighbour"].status_code == 200 else set()
            for who, answer in answers.items():
                shared = OF_ALL if who == "stranger" else OF_ALL | OF_THE_COUNTY | AT_HOME
                if of_a_record and answer.status_code not in CLOSED and name not in shared:
                    faults.append(f"{who} {method} {kind} {answer.status_code}")
            told = [word for word in OURS if word in words_of(answers["stranger"])]
            if told and not (name == "place_change" and method == "get"):
                faults.append(f"stranger reads {told} at {kind}")
    report(faults, "Closed to whoever has no business there (or named above as open, with the reason):")
    assert OF_THE_COUNTY | AT_HOME <= opened
    assert Activity.objects.count() == before
