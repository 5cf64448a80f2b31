"""The console: ``cunlian COMMAND``. Exit code 0 done, 1 refused with the reason on stderr, 2 wrong use.

A command is one line of ``COMMANDS``; its module is imported, and Django started, only when it is called, so that
``cunlian --help`` is quick. No command catches a Refusal: that is done here, once.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

import click
import django
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.utils.translation import gettext as _

from cunlian.kernel.refusals import Refusal

# name, module under cunlian.cli, what it does. The module has a click command (or group) of that name, "-" as "_".
COMMANDS = (
    ("serve", "serve", "Serve the site and run the worker."),
    ("worker", "worker", "Run what waits in the background: reactions, messages, seals."),
    ("migrate", "integrity", "Bring the database up to date and put its guards in place."),
    ("seal", "integrity", "Seal the log now."),
    ("verify", "integrity", "Compare the log with its seals."),
    ("rekey", "integrity", "Seal personal data anew under the first key of FIELD_KEY."),
    ("places", "places", "Import the national list of places."),
    ("figures", "figures", "List the figures, or compute one."),
    ("demo", "demo", "Build a demonstration district."),
    ("bench", "bench", "Measure speed on this machine."),
)
MODULES = {name: module for name, module, _help in COMMANDS}


class Refused(click.ClickException):
    """A refusal on the console: its sentence on stderr, exit code 1."""

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True)


class Console(click.Group):
    """The group of all commands, each found in its module when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in MODULES:
            return None
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cunlian.config.settings.base")
        try:
            django.setup()
        except ImproperlyConfigured as error:
            raise Refused(str(error)) from None
        module = import_module(f"cunlian.cli.{MODULES[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, _module, text in COMMANDS])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            raise Refused(str(refusal)) from refusal
        except OperationalError as error:
            raise Refused(_("The database did not answer: %(error)s") % {"error": error}) from error


@click.group(cls=Console)
def main() -> None:
    """Cunlian (村联): the one system of record for joined villages."""
