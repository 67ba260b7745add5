"""`flask --app wsgi applications`: what is deleted when its time has come."""

from __future__ import annotations

import click
from sqlalchemy import select

from placements import expiry
from placements.cli_rules import fail
from placements.clock import today
from placements.db import db
from placements.domain import application_retention
from placements.domain.rules import RuleBroken
from placements.encryption import Unreadable
from placements.models.programmes import Programme


@click.group("applications")
def application_commands() -> None:
    """Applications that people have sent."""


@application_commands.command("expire")
@click.option("--dry-run", is_flag=True, help="Say what would be deleted and delete nothing.")
def expire(dry_run: bool) -> None:
    """Delete the applications whose time has come, after a copy where the policy asks for one."""
    for one in application_retention.due(db.session(), select(Programme), today=today()):
        told = ", ".join([*one.references, *([f"{one.drafts} kladder"] if one.drafts else [])])
        click.echo(f"{one.cohort.slug}: {told}")
    if dry_run:
        click.echo("Prøvekørsel, intet er slettet.")
        return
    try:
        done = expiry.expire()
    except (RuleBroken, Unreadable):
        fail("En ansøgning kunne ikke kopieres, så intet er slettet. Er alle nøgler og skrifttyper på plads?")
    except OSError:
        fail("Kopien kunne ikke skrives, så intet er slettet. Er der plads på disken, og må mappen bruges?")
    for path in done.exports:
        click.echo(f"Kopi: {path}")
    click.echo(f"{done.number} ansøgninger er slettet.")
    if not done.scrubbed:
        fail("Databasen var optaget, så dens log er ikke tømt endnu. Kør kommandoen igen.")
