"""``cunlian bench [NAME]``: the benchmarks of a source checkout, one after the other, over shared databases."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click
from django.conf import settings
from django.utils.translation import gettext as _

from cunlian.kernel.refusals import Invalid

PROJECT_DIR = Path(__file__).resolve().parents[3]

# What each is called here, its module under bench/, and whether it speaks JSON.
BENCHES = {
    "places": ("bench_places", True),
    "chat": ("bench_chat", False),
    "lifecycle": ("bench_lifecycle", True),
    "lists": ("bench_lists", True),
    "import": ("bench_import", True),
    "register": ("bench_register", True),
}
# What each that is measured at a number of records calls that number.
COUNTED = {"lifecycle": "--cases", "lists": "--cases", "register": "--persons"}


@click.command()
@click.argument("name", required=False, type=click.Choice(list(BENCHES)))
@click.option(
    "--cases",
    default=0,
    help="How many cases lifecycle and lists, persons the register are measured at; else a million.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the results for a program, one line a bench.")
@click.pass_context
def bench(ctx: click.Context, name: str | None, cases: int, as_json: bool) -> None:
    """Run the bench NAME, or all. PostgreSQL is measured too when DATABASE_URL points to one. A million cases take some
    12 GB for a while; all is thrown away afterwards."""
    if not (PROJECT_DIR / "bench").is_dir():
        raise Invalid(_("The benches come with the source code, not with the installed package."))
    wanted = [name] if name else list(BENCHES)
    # Of PostgreSQL the address goes on as it is; an SQLite file of this county's is nothing to measure in.
    url = os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="cunlian-bench-") as folder:
        environment = {**os.environ, "CUNLIAN_BENCH_FOLDER": folder, "PYTHONPATH": str(PROJECT_DIR)}
        environment["DATABASE_URL"] = url if url.startswith("postgres") else ""
        environment.setdefault("SECRET_KEY", settings.SECRET_KEY)
        try:
            missed = [one for one in wanted if _run(one, cases, as_json, environment)]
        finally:
            _module("grounds", [], environment)
    ctx.exit(1 if missed else 0)


def _run(name: str, cases: int, as_json: bool, environment: dict[str, str]) -> int:
    """Run one; its exit code, which is not 0 when it missed an aim."""
    module, speaks = BENCHES[name]
    arguments = ["--json"] if as_json and speaks else []
    if cases and name in COUNTED:
        arguments += [COUNTED[name], str(cases)]
    if not as_json:
        click.echo(f"== {name}")
    return _module(module, arguments, environment)


def _module(module: str, arguments: list[str], environment: dict[str, str]) -> int:
    command = [sys.executable, "-m", f"bench.{module}", *arguments]
    return subprocess.run(command, env=environment, cwd=Path(PROJECT_DIR), check=False).returncode
