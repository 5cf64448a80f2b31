"""``cunlian migrate``, ``seal`` and ``verify``: the database, its guards, and the proof of the log."""

from __future__ import annotations

import json
from pathlib import Path

import click
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cunlian.cli.progress import bar
from cunlian.kernel import guards, rekeying, seals
from cunlian.kernel.verification import Report
from cunlian.kernel.verification import verify as verify_log


@click.command()
@click.option("--quiet", is_flag=True, help="Say nothing when all goes well.")
def migrate(quiet: bool) -> None:
    """Bring the database up to date and put its guards in place. Safe to repeat."""
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    verbosity = 0 if quiet else 1
    call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=0)
    guards.install()
    guards.require()


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the seals for a program.")
def seal(as_json: bool) -> None:
    """Seal every row of the log that lies in no seal yet, after a look through the whole log."""
    guards.require()
    with bar(" rows") as progress:
        written = seals.seal(full=True, progress=progress)
    if as_json:
        rows = [{"number": s.number, "count": s.count, "digest": s.digest.hex()} for s in written]
        click.echo(json.dumps({"seals": rows}))
    elif not written:
        click.echo(_("Every row is sealed already."))
    else:
        count = sum(s.count for s in written)
        text = ngettext("%(count)s row sealed, last seal %(line)s", "%(count)s rows sealed, last seal %(line)s", count)
        click.echo(text % {"count": count, "line": seals.line_of(written[-1])})


@click.command()
def rekey() -> None:
    """After a new key was put first in FIELD_KEY: seal phones, identity numbers, notes and signed forms anew under it. The
    last key stays in the list, for the indexes are made with it; those between can go afterwards. Safe to repeat."""
    rows, files = rekeying.rekey_rows(), rekeying.rekey_files()
    click.echo(_("Sealed anew: %(rows)s values, %(files)s files") % {"rows": rows, "files": files})


@click.command()
@click.option(
    "--seals",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The seals the auditor keeps: lines of JSON with number and digest.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report for a program.")
@click.pass_context
def verify(ctx: click.Context, file: Path | None, as_json: bool) -> None:
    """Compare the log with its seals, and the seals with the auditor's. Exit code 1 when something does not fit."""
    with bar(" rows") as progress:
        report = verify_log(file, progress)
    click.echo(_as_json(report) if as_json else "\n".join(_told(report)))
    ctx.exit(0 if report.ok else 1)


def _as_json(report: Report) -> str:
    findings = [finding._asdict() for finding in report.findings]
    counts = {"seals": report.seals, "rows": report.rows, "waiting": report.waiting, "found": report.found}
    keys = {"needed": dict(report.keys.rows), "missing": report.keys.absent, "idle": report.keys.idle}
    return json.dumps({"ok": report.ok, **counts, "keys": keys, "findings": findings}, ensure_ascii=False)


def _told(report: Report) -> list[str]:
    counts = {"rows": report.rows, "seals": report.seals, "waiting": report.waiting}
    lines = [_("%(rows)s rows in %(seals)s seals read; %(waiting)s wait for the next seal.") % counts]
    lines += [finding.sentence for finding in report.findings]
    needed = [f"{name} ({count})" for name, count in report.keys.rows.most_common()]
    if needed:
        lines.insert(1, _("Log keys these rows need, and how many rows each: %(keys)s.") % {"keys": ", ".join(needed)})
    lines += [
        _("No row needs the log key %(key)s: it can be taken out of LOG_KEY.") % {"key": k} for k in report.keys.idle
    ]
    if report.found > len(report.findings):
        lines.append(_("… and %(more)s more.") % {"more": report.found - len(report.findings)})
    lines.append(_("The log is what it was.") if report.ok else _("The log is not what it was."))
    return lines
