"""The bulk generator's rows beside two hundred cases made by the actions: the same tables, columns, steps and proofs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, models, transaction

from bench import district, generate, loading
from bench.clones import Copier, Copies, Target
from cunlian.accounts.roles import Role
from cunlian.cases.models import Case, Endorsement, Extension, Petition, Remark
from cunlian.cases.timeline import steps
from cunlian.kernel import clock, seals
from cunlian.kernel.access import Actor, Grant
from cunlian.kernel.models import Activity, Promise, PromisePause, ThreadLink
from cunlian.kernel.verification import verify
from cunlian.people.models import Person
from cunlian.places.models import code_range

pytestmark = pytest.mark.django_db
SAMPLE, COPIES = 200, 900
NOW = clock.at(date(2026, 7, 9), 15)


@dataclass
class Made:
    """Keys of the cases made by the actions and of the copies; the tables each of the two put rows in."""

    sample: set[UUID]
    copies: set[UUID]
    sample_tables: set[str]
    copies_tables: set[str]


def sizes() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = int(cursor.fetchone()[0])
        return found


def grown(before: dict[str, int], after: dict[str, int]) -> set[str]:
    return {table for table, size in after.items() if size != before[table]}


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Made]:
    """Built once for this file, and gone with its transaction."""
    with django_db_blocker.unblock(), clock.set_to(NOW), transaction.atomic():
        district.build()
        empty = sizes()
        district.Sample().build(SAMPLE)
        sampled = sizes()
        sample = set(Case.objects.values_list("pk", flat=True))
        generate.multiply(COPIES, bulk=False, step=lambda _done: None)
        copies = set(Case.objects.values_list("pk", flat=True)) - sample
        proofs = {"kernel_seal", "kernel_sealentry"}
        yield Made(sample, copies, grown(empty, sampled), grown(sampled, sizes()) - proofs)
        transaction.set_rollback(True)


def by_state(keys: set[UUID]) -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = defaultdict(list)
    for case in Case.objects.all():
        if case.pk in keys:
            found[case.state].append(case)
    return found


def filled(rows: list[Any], model: type[models.Model]) -> tuple[set[str], set[str]]:
    """Columns that are set in every row, and in any."""
    names = [column.attname for column in model._meta.concrete_fields]
    sets = [{name for name in names if getattr(row, name) not in (None, "", b"")} for row in rows]
    return set.intersection(*sets), set.union(*sets)


def test_same_tables_are_touched(made: Made) -> None:
    assert made.copies_tables == made.sample_tables
    assert {
        "cases_case",
        "kernel_activity",
        "kernel_promise",
        "kernel_threadlink",
        "people_person",
    } <= made.copies_tables


def test_cases_have_the_same_columns_set_by_state(made: Made) -> None:
    sample, copies = by_state(made.sample), by_state(made.copies)
    assert {state for state, rows in sample.items() if len(rows) > 4} <= set(copies)
    for state, rows in copies.items():
        always, ever = filled(sample[state], Case)
        always_here, ever_here = filled(rows, Case)
        assert always <= always_here, state
        assert ever_here <= ever, state


@pytest.mark.parametrize(
    ("model", "case"),
    [(Activity, "object_id"), (Promise, "about_id"), (PromisePause, "promise__about_id"), (ThreadLink, "target_id"),
     (Remark, "case_id"), (Extension, "case_id"), (Endorsement, "case_id"), (Petition, "case_id")],
)  # fmt: skip
def test_other_rows_have_the_same_columns_set(made: Made, model: type[models.Model], case: str) -> None:
    rows = list(model._default_manager.annotate(of_case=models.F(case)))
    copies = [row for row in rows if row.of_case in made.copies]
    sample = [row for row in rows if row.of_case in made.sample]
    always, ever = filled(sample, model)
    always_here, ever_here = filled(copies, model)
    assert always <= always_here
    assert ever_here <= ever


def test_steps_are_as_frequent_in_each_state(made: Made) -> None:
    verbs: dict[UUID, Counter[str]] = defaultdict(Counter)
    for key, verb in Activity.objects.values_list("object_id", "verb"):
        verbs[key][verb] += 1
    sample, copies = by_state(made.sample), by_state(made.copies)
    for state, rows in sample.items():
        if len(rows) < 15:
            continue
        here = sum((verbs[case.pk] for case in rows), Counter[str]())
        there = sum((verbs[case.pk] for case in copies[state]), Counter[str]())
        for verb in here | there:
            assert here[verb] / len(rows) == pytest.approx(there[verb] / len(copies[state]), abs=0.15), (state, verb)


def test_finished_ones_have_six_rows_of_the_log(made: Made) -> None:
    rows = Counter(Activity.objects.values_list("object_id", flat=True))
    confirmed = by_state(made.copies)["confirmed"]
    assert confirmed
    assert all(rows[case.pk] >= 6 for case in confirmed)


def test_every_reference_leads_somewhere(made: Made) -> None:
    connection.check_constraints()
    promised = Promise.objects.values_list("about_id", flat=True)
    assert made.copies <= set(promised)


def test_log_and_seals_verify(made: Made) -> None:
    report = verify()
    assert report.ok, [finding.sentence for finding in report.findings[:3]]
    assert report.rows > COPIES * 5
    assert all(seals.is_genuine(row) for row in Activity.objects.filter(object_id__in=list(made.copies)[:50]))


def test_a_changed_copy_is_named(made: Made) -> None:
    row = Activity.objects.filter(object_id__in=made.copies, verb="cases.accepted").first()
    assert row is not None
    row.happened_at += timedelta(seconds=1)
    assert not seals.is_genuine(row)


def test_each_village_sees_its_own(made: Made) -> None:
    village = district.read_land().villages[40]
    actor = Actor("user", grants=(Grant(Role.VILLAGE_CADRE, *code_range(village.code)),))
    seen = set(Case.objects.visible_to(actor).values_list("pk", flat=True))
    inside = {case.pk for case in Case.objects.select_related("place") if case.place.code.startswith(village.code)}
    assert seen == inside
    assert seen & made.copies


def test_timeline_reads_the_copies(made: Made) -> None:
    case = by_state(made.copies)["confirmed"][0]
    told = steps(case, public=False)
    assert [step.happened_at for step in told] == sorted(step.happened_at for step in told)
    assert told[0].happened_at == case.reported_at
    assert all(step.post for step in told if step.verb.code in ("cases.accepted", "cases.answered"))
    assert any(step.words for step in told if step.verb.code == "cases.answered")


def test_three_years_and_one_person_for_three_reports(made: Made) -> None:
    cases = Case.objects.filter(pk__in=made.copies)
    first, last = cases.earliest("reported_at").reported_at, cases.latest("reported_at").reported_at
    assert timedelta(days=900) < last - first < timedelta(days=1110)
    assert last < NOW
    persons = cases.values("reporter").distinct().count()
    assert len(made.copies) / 4 < persons < len(made.copies) / 1.8
    copied = Person.objects.filter(cases__in=cases).first()
    assert copied is not None
    assert copied.masked_phone[3:7] == "****"


def plain(rows: list[Any], shift: timedelta) -> list[tuple[str, dict[str, Any]]]:
    """Rows with their own keys called by what they are and times moved back, without what is random."""
    called = {str(row.pk): f"a {type(row).__name__}" for row in rows}

    def value(found: Any) -> Any:
        if isinstance(found, datetime):
            return found + shift
        if isinstance(found, list):
            return [value(item) for item in found]
        if isinstance(found, str) and len(found) > 24 and found[4:5] == "-" and found[10:11] == "T":
            return datetime.fromisoformat(found) + shift
        if isinstance(found, dict):
            return {name: value(item) for name, item in found.items()}
        return called.get(str(found), found) if isinstance(found, UUID | str) else found

    left_out = {"mac", "recorded_at", "receipt", "due_on"}
    columns = {type(row): [one.attname for one in loading.columns(type(row))] for row in rows}
    return [
        (
            type(row).__name__,
            {
                name: f"a {type(row).__name__}" if name == "id" else value(getattr(row, name))
                for name in columns[type(row)]
                if name not in left_out
            },
        )
        for row in rows
    ]


def test_a_copy_differs_in_keys_receipt_and_time_alone(made: Made) -> None:
    """Put on the spot its template stands on, three weeks earlier."""
    land, staff = district.read_land(), district.read_staff()
    grids = {grid.pk: grid for held in land.grids.values() for grid in held}
    pairs = zip(generate.compile_all(land, staff), generate.clusters(), strict=True)
    alone = [(bundle, cases[0]) for bundle, cases in pairs if len(cases) == 1 and cases[0].pk in made.sample]
    for bundle, case in alone[:25]:
        code = case.place.code[:12]
        grid = grids.get(case.place_id) or land.grids[code][0]
        village = next(one for one in land.villages if one.code == code)
        names = {"village": village, "grid": grid, "cadre": staff.cadres[code], "worker": staff.workers[grid.code]}
        reporter = case.reporter_id.hex if case.reporter_id else ""
        before = set(Case.objects.values_list("pk", flat=True))
        copies = Copies()
        copier = Copier(lambda _village, _moment, key=reporter: key, generate.Receipts())
        copier.copy(bundle, 3, 0, Target({n: one.pk.hex for n, one in names.items()}, ""), copies, outbox=True)
        loading.write(copies)
        copy = Case.objects.exclude(pk__in=before).get()
        if case.endorsements.exists():
            continue  # whoever joined is somebody else than the reporter, and here both are one
        first, second = generate.hanging_on([case]), generate.hanging_on([copy])
        assert ordered(plain(first, timedelta())) == ordered(plain(second, timedelta(weeks=3)))


def ordered(rows: list[tuple[str, dict[str, Any]]]) -> list[str]:
    return sorted(f"{name} {values}" for name, values in rows)
