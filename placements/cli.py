"""The commands of `flask --app wsgi`. What goes wrong is one plain sentence on standard error."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from threading import Event
from typing import Any

import click
from flask import Flask, current_app
from sqlalchemy import select

from placements import logs, mail, printable, words
from placements.cli_applications import application_commands
from placements.cli_keys import key_commands
from placements.cli_rules import fail, plainly
from placements.clock import now, today
from placements.db import db
from placements.domain import (
    allocation_inputs,
    allocation_lists,
    allocations,
    authorities,
    cohort_imports,
    document_checks,
    hosts,
    programme_files,
    programmes,
    sign_ins,
    users,
)
from placements.domain.cohort_import_plans import NOUNS, VERBS, Plan, Verb
from placements.domain.cohort_import_steps import Wishes
from placements.domain.rules import RuleBroken
from placements.models.cohorts import Cohort
from placements.models.hosts import Sector, Unit, UnitPeriod
from placements.models.programmes import Programme
from placements.models.users import Role, User

MIGRATIONS = Path(__file__).parent / "migrations"


def user_by_email(email: str) -> User:
    user = db.session.scalar(select(User).where(User.email == email.strip().lower(), User.active))
    if user is None:
        raise RuleBroken(f"Der er ingen aktiv bruger med adressen {email}.")
    return user


@click.command("sign-in-link")
@click.argument("email")
@plainly
def sign_in_link(email: str) -> None:
    """Print a one-time sign-in link for EMAIL (10 minutes, any browser)."""
    user = user_by_email(email)
    token = sign_ins.operator_link(db.session(), user, now=now())
    db.session.commit()
    logs.security("operator_sign_in_link", actor=user.id)
    click.echo(f"{current_app.config['BASE_URL']}/login/{token}")


def programme_by_slug(slug: str) -> Programme:
    programme = db.session.scalar(select(Programme).where(Programme.slug == slug))
    if programme is None:
        raise RuleBroken(f"Der er ingen uddannelse med navnet {slug}.")
    return programme


def unit_by_name(name: str) -> Unit:
    """The one unit that is called this today."""
    called_so = UnitPeriod.name == name, hosts.holds_on(UnitPeriod, today())
    units = db.session.scalars(select(Unit).join(Unit.periods).where(*called_so).limit(2)).all()
    if len(units) != 1:
        how_many = "flere praktiksteder" if units else "intet praktiksted"
        raise RuleBroken(f"Der er {how_many} med navnet {name}.")
    return units[0]


@click.group("user")
def user_commands() -> None:
    """People who may sign in."""


@user_commands.command("invite")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--programme", metavar="SLUG", help="The programme of a coordinator or teacher.")
@click.option("--unit", metavar="NAME", help="The unit of a host.")
@click.option("--name", default="", help="The person's name; for somebody new.")
@plainly
def invite_user(email: str, role: str, programme: str | None, unit: str | None, name: str) -> None:
    """Create a user, or give one a further role, and mail the invitation to EMAIL."""
    if character := printable.unprintable(name):
        raise RuleBroken(printable.sentence(character))
    user = users.invite(
        db.session(),
        email,
        name=name or email.partition("@")[0],
        role=Role(role),
        programme=programme_by_slug(programme) if programme else None,
        unit=unit_by_name(unit) if unit else None,
        now=now(),
    )
    db.session.commit()
    click.echo(f"{user.name} ({user.email}) er inviteret: {words.word(Role(role))}.")
    mail.deliver_waiting()


@click.group("programme")
def programme_commands() -> None:
    """Programmes as files."""


@programme_commands.command("load")
@click.argument("file", metavar="FILE.toml", type=click.Path(path_type=Path))
@plainly
def load_programme(file: Path) -> None:
    """Create or update a programme from FILE.toml and print what changed; a bad file changes nothing."""
    changes = programmes.load(db.session(), programme_files.read_file(file))
    db.session.commit()
    click.echo("\n".join(change.sentence() for change in changes) or "Uddannelsen er uændret.")


@click.group("hosts")
def host_commands() -> None:
    """Organisations and their units."""


@host_commands.command("load-authorities")
@plainly
def load_authorities() -> None:
    """Add the regions and the 98 municipalities that are missing, with their coming names."""
    made = authorities.load(db.session())
    db.session.commit()
    click.echo(
        f"{made} organisationer er tilføjet." if made else "Alle regioner og kommuner er her allerede."
    )


def cohort_by_slug(slug: str) -> Cohort:
    cohort = db.session.scalar(select(Cohort).where(Cohort.slug == slug))
    if cohort is None:
        raise RuleBroken(f"Der er intet hold med navnet {slug}.")
    return cohort


def read_bytes(file: Path) -> bytes:
    """No more than an upload may be, so that a wrong file is not read to its end."""
    most = current_app.config["MAX_CONTENT_LENGTH"]
    try:
        with file.open("rb") as opened:
            content = opened.read(most + 1)
    except OSError:
        raise RuleBroken(f"Filen {file.name} kan ikke åbnes.") from None
    if len(content) > most:
        raise RuleBroken(f"Filen {file.name} er for stor. Den må fylde {most // 1024 // 1024} MB.")
    return content


def outcome(plan: Plan, *, dry_run: bool) -> str:
    if plan.changes_nothing:
        return "Filen ændrer intet: alt findes i forvejen."
    new, changed = (sum(step.verb is verb for step in plan.steps) for verb in (Verb.NEW, Verb.CHANGED))
    said = f"{new} nye, {changed} ændrede."
    return f"Prøvekørsel, intet er gemt: {said}" if dry_run else f"Gemt: {said}"


@click.group("cohort")
def cohort_commands() -> None:
    """Cohorts as workbooks."""


@cohort_commands.command("import")
@click.argument("cohort")
@click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@plainly
def import_cohort(cohort: str, file: Path, dry_run: bool) -> None:
    """Take in FILE.xlsx for COHORT (its slug): all of it, or nothing when a cell is wrong."""
    into = cohort_by_slug(cohort)
    cohort_imports.take_turn(db.session(), into)
    plan = cohort_imports.plan(db.session(), into, read_bytes(file), {}, today=today())
    for note in plan.notes:
        click.echo(note)
    for problem in plan.problems:
        click.echo(problem.line(), err=True)
    if plan.problems:
        raise RuleBroken(f"Intet er ændret. Ret {len(plan.problems)} steder i {file.name}, og prøv igen.")
    for step in plan.steps:
        if step.verb is not Verb.SAME:
            detail = f" ({step.detail})" if step.detail else ""
            click.echo(f"{NOUNS[step.noun]}, {VERBS[step.verb].lower()}: {step.name}{detail}")
    if not dry_run:
        cohort_imports.take_in(db.session(), into, plan, wishes=Wishes(), today=today(), now=now())
        db.session.commit()
    click.echo(outcome(plan, dry_run=dry_run))


@click.command("run-demo")
@plainly
def run_demo() -> None:
    """Update the database, fill an empty one with the demonstration, print a sign-in link for each role."""
    from placements import migrations
    from placements.demo import loading, people

    migrations.upgrade(current_app._get_current_object())  # type: ignore[attr-defined]
    session = db.session()
    if loading.is_empty(session):
        click.echo("Filling the empty database with the demonstration …")
        loading.load(session, now=now())
        db.session.commit()
    elif current_app.config["TODAY"] and not loading.is_demo(session):
        raise RuleBroken(
            "Databasen er ikke demonstrationens. Start uden PLACEMENTS_TODAY: PLACEMENTS_TODAY= make run"
        )
    for email, role in people.ROLES.items():
        token = sign_ins.operator_link(session, user_by_email(email), now=now())
        click.echo(f"{role:26}{current_app.config['BASE_URL']}/login/{token}")
    db.session.commit()


@click.command("pdf-samples")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("pdf-samples"))
def pdf_samples(folder: Path) -> None:
    """Print every document's sample and worst case into FOLDER."""
    from placements import pdf

    for path in pdf.samples(folder):
        click.echo(path)


@click.command("seed-load")
@click.option("--placements", required=True, type=click.IntRange(min=1), help="How many placements to add.")
@plainly
def seed_load(placements: int) -> None:
    """Add synthetic placements, and the people, units, days and groups around them, for measurements."""
    from placements import migrations, synthetic

    migrations.upgrade(current_app._get_current_object())  # type: ignore[attr-defined]
    with db.engine.begin() as connection:
        people = synthetic.fill(connection, placements, today=today())
    click.echo(f"{placements} praktikforløb og {people} personer er lagt ind.")


@click.group("jobs")
def job_commands() -> None:
    """Work that runs in the background."""


@job_commands.command("work")
@click.option("--attached", is_flag=True, help="Stop when the process that started this one has ended.")
def work(attached: bool) -> None:
    """Run the background worker until it is stopped (Ctrl+C or SIGTERM)."""
    from placements import jobs

    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        jobs.work(current_app._get_current_object(), stop, attached=attached)  # type: ignore[attr-defined]
    except jobs.AlreadyWorking:
        fail("Der kører allerede en worker for denne instans.")


@click.group("documents")
def document_commands() -> None:
    """What was handed out."""


@document_commands.command("check")
@click.option("--print-again", is_flag=True, help="Also print anew what the present templates printed.")
def check_documents(print_again: bool) -> None:
    """Read every kept document through; a line for each that has changed or is gone, and then exit code 1."""
    from placements import safekeeping

    found = safekeeping.check()
    for id_, number in document_checks.numbers_of(db.session(), found.changed):
        click.echo(f"Dokument {id_} ({number}) er ændret, siden det blev gemt.")
    if found.missing:
        click.echo(f"Dokumenter, der lå her før og nu mangler: {found.missing}.")
    if found.is_as_kept:
        click.echo(f"{found.documents} dokumenter er, som de blev gemt.")
    alike = _print_again() if print_again else True
    if not (alike and found.is_as_kept):
        sys.exit(1)


def _print_again() -> bool:
    from placements.printing import again

    compared = again.compared(db.session())
    for id_, number in document_checks.numbers_of(db.session(), compared.differing):
        click.echo(f"Dokument {id_} ({number}) bliver ikke det samme, når det trykkes igen.")
    click.echo(
        f"{compared.alike} dokumenter bliver de samme, når de trykkes igen. "
        f"{compared.not_comparable} er fra andre skabeloner og kan ikke sammenlignes."
    )
    return not compared.differing


@document_commands.command("try-seal")
def try_seal() -> None:
    """Seal an example, keep nothing of it, and say whose seal it is."""
    from placements import pdf, sealing
    from placements.pdf.diploma.context import SAMPLE

    try:
        sealed = sealing.current().seal(pdf.render("diploma", SAMPLE).pdf, now=now())
    except sealing.SealingFailed as failed:
        fail(str(failed.sentence))
    name, until = sealed.whose()
    click.echo(f"Seglet virker: {name}, gyldigt til {until}." + (" Det er et testsegl." * sealed.is_test))


@click.command("allocate")
@click.argument("cohort", metavar="COHORT")
@click.option("--commit", is_flag=True, help="Make drafts of all, in one step.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
@plainly
def allocate(cohort: str, commit: bool, as_json: bool) -> None:
    """Propose who of COHORT goes where, with the reasons, and keep the proposal beside the earlier ones.

    \b
    As JSON:
      cohort, proposal (number), status, made_at, seed, rules_version, input (sha256)
      objective   unplaced, deviation (seats from the sectors' targets), ranks, distance (points);
                  less is better, the first before the second and so on; proven best
      totals      students, placed, unplaced, sectors: {sector: {placed, target}}
      students    enrolment_id, student, offer_id, unit, rank (of the student's wishes; null: not
                  wished for), reasons (sentences); offer_id and unit are null without a place
    """
    session = db.session()
    record = cohort_by_slug(cohort)
    inputs = allocation_inputs.read(session, record, today=today())
    made = allocations.propose(session, record, inputs, by=None, now=now())
    session.flush()
    if commit:
        allocations.commit(session, made, version=made.version, today=today())
    data = allocation_lists.as_data(made, inputs)
    session.commit()
    click.echo(json.dumps(data, ensure_ascii=False, indent=2) if as_json else _told(data))


def _told(data: dict[str, Any]) -> str:
    """The proposal for somebody who reads it in a terminal."""
    totals = data["totals"]
    head = f"Forslag {data['proposal']}: {totals['placed']} af {totals['students']} får en plads."
    sectors = [
        f"{words.word(Sector(key))}: {one['placed']} af {one['target']}"
        for key, one in totals["sectors"].items()
    ]
    return "\n".join([head, *sectors, "", *(" ".join(one["reasons"]) for one in data["students"])])


def init_app(app: Flask) -> None:
    for command in (
        allocate,
        job_commands,
        key_commands,
        application_commands,
        document_commands,
        sign_in_link,
        user_commands,
        programme_commands,
        host_commands,
        cohort_commands,
        run_demo,
        pdf_samples,
        seed_load,
    ):
        app.cli.add_command(command)
    if os.environ.get("FLASK_RUN_FROM_CLI") == "true":
        from flask_migrate import Migrate

        Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
