"""``cunlian demo DISTRICT``: build a demonstration district in an empty demonstration database."""

from __future__ import annotations

import json

import click
from django.conf import settings
from django.utils.translation import gettext as _

from cunlian.accounts.factors import demo_accounts
from cunlian.cli.integrity import migrate
from cunlian.cli.progress import bar
from cunlian.demo.hengkou import build as hengkou
from cunlian.demo.hengkou.cases import COUNT
from cunlian.demo.hengkou.people import a_resident
from cunlian.demo.hengkou.staff import PASSWORD
from cunlian.kernel.refusals import Invalid

DISTRICTS = {"hengkou": hengkou}


@click.command()
@click.pass_context
@click.argument("district", type=click.Choice(sorted(DISTRICTS)))
@click.option("--cases", default=0, help="How many requests; the usual number when not given.")
@click.option("--json", "as_json", is_flag=True, help="Print the log-ins for a program.")
def demo(ctx: click.Context, district: str, cases: int, as_json: bool) -> None:
    """Build DISTRICT unless it is there, and print how to log in."""
    if not settings.DEMO:
        raise Invalid(_("A demonstration needs a database of its own: set CUNLIAN_DEMO=1 and its own DATABASE_URL."))
    ctx.invoke(migrate, quiet=True)
    part = DISTRICTS[district]
    if not part.is_built():
        with bar("step", part.STEPS) as step:
            part.build(step, count=cases or COUNT)
    accounts = [
        {"user": one.username, "name": one.name, "role": one.role, "where": one.where} for one in demo_accounts()
    ]
    name, phone = a_resident()
    if as_json:
        told = {"password": PASSWORD, "accounts": accounts, "resident": {"phone": phone, "name": name}}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(
        _("Everything here is invented. Log in at /desk/ with the password %(password)s:") % {"password": PASSWORD}
    )
    for account in accounts:
        click.echo(f"  {account['user']:<12} {account['name']}  {account['role']} · {account['where']}")
    click.echo(
        _("As a resident: %(name)s, at /enter/ with the phone %(phone)s; the code is printed where the site runs.")
        % {"name": name, "phone": phone}
    )
