"""`flask --app wsgi sign-in-link EMAIL` and `flask --app wsgi user invite EMAIL --role ROLE`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from placements.clock import now
from placements.db import writing
from placements.models.mails import OutgoingMail
from placements.models.sign_ins import SignInChallenge
from placements.models.users import RoleGrant, User
from tests.conftest import Client
from tests.factories import Factory
from tests.mailbox import Mailbox

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask, session: Session) -> Run:
    def command(*arguments: str) -> Result:
        session.rollback()
        result = app.test_cli_runner().invoke(args=arguments)
        session.expire_all()
        session.rollback()
        return result

    return command


@pytest.fixture
def anne(make: Factory) -> User:
    return make.user("Anne Ager", email="anne@example.org")


# The operator's link


def test_sign_in_link_opens_any_browser_once(run: Run, client: Client, anne: User, mailbox: Mailbox) -> None:
    result = run("sign-in-link", " Anne@example.org")
    (link,) = result.stdout.splitlines()
    assert result.exit_code == 0
    path = link.removeprefix("http://localhost")
    assert client.get(path).status_code == 200
    assert client.post(path).location == "/"
    assert "Anne Ager" in client.get("/").text
    client.post("/logout")
    assert client.post(path).status_code == 422
    assert mailbox.files() == []


def test_sign_in_link_lasts_ten_minutes(run: Run, client: Client, anne: User, session: Session) -> None:
    path = run("sign-in-link", anne.email).stdout.strip().removeprefix("http://localhost")
    with writing():
        session.execute(update(SignInChallenge).values(created_at=now() - timedelta(minutes=10, seconds=1)))
        session.commit()
    assert client.post(path).status_code == 422


def test_sign_in_link_is_logged_without_itself(run: Run, anne: User) -> None:
    result = run("sign-in-link", anne.email)
    (line,) = result.stderr.splitlines()
    logged = json.loads(line)
    assert (logged["message"], logged["actor"]) == ("operator_sign_in_link", anne.id)
    assert result.stdout.strip().rpartition("/")[2] not in result.stderr


def test_sign_in_link_for_nobody(run: Run, make: Factory) -> None:
    make.user(email="gone@example.org", active=False)
    for email in ("nobody@example.org", "gone@example.org"):
        result = run("sign-in-link", email)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == f"Der er ingen aktiv bruger med adressen {email}.\n"


# Invitations


def test_invite_creates_the_user_and_mails(
    run: Run, make: Factory, session: Session, mailbox: Mailbox, client: Client
) -> None:
    programme = make.programme("viborg")
    result = run(
        "user",
        "invite",
        "Karen@Example.org",
        "--role",
        "coordinator",
        "--programme",
        "viborg",
        "--name",
        "Karen K",
    )
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Karen K (karen@example.org) er inviteret: Koordinator.\n"
    user = session.scalars(select(User)).one()
    assert (user.email, user.name) == ("karen@example.org", "Karen K")
    assert [(grant.role.value, grant.programme_id) for grant in user.grants] == [
        ("coordinator", programme.id)
    ]
    assert (mailbox.newest()["To"], mailbox.newest()["Subject"]) == (
        "karen@example.org",
        "Du er inviteret til Praktik og netværk",
    )
    assert 'value="karen@example.org"' in client.get(mailbox.link()).text


def test_invite_a_host_to_the_unit_of_that_name(run: Run, make: Factory, session: Session) -> None:
    unit = make.unit("Team Nord")
    make.unit("Team Syd")
    assert run("user", "invite", "v@example.org", "--role", "host", "--unit", "Team Nord").exit_code == 0
    assert session.scalars(select(RoleGrant.unit_id)).all() == [unit.id]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--role", "coordinator"], "Vælg den uddannelse, rollen gælder."),
        (
            ["--role", "admin", "--name", "Ann 漢"],
            "Tegnet 漢 (U+6F22) kan ikke trykkes i dokumentet. Skriv teksten uden det, og prøv igen.",
        ),
        (["--role", "host"], "Vælg det praktiksted, rollen gælder."),
        (["--role", "host", "--unit", "Team Vest"], "Der er intet praktiksted med navnet Team Vest."),
        (["--role", "host", "--unit", "Team Nord"], "Der er flere praktiksteder med navnet Team Nord."),
        (["--role", "teacher", "--programme", "aarhus"], "Der er ingen uddannelse med navnet aarhus."),
        (
            ["--role", "admin", "--programme", "viborg"],
            "Rollen gælder ikke for den uddannelse eller det praktiksted, der er valgt.",
        ),
    ],
)
def test_invite_refused_in_one_sentence(
    run: Run, make: Factory, session: Session, mailbox: Mailbox, options: list[str], sentence: str
) -> None:
    make.programme("viborg")
    make.unit("Team Nord")
    make.unit("Team Nord")
    result = run("user", "invite", "x@example.org", *options)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"{sentence}\n")
    assert session.scalar(select(func.count(User.id))) == 0
    assert session.scalar(select(func.count(OutgoingMail.id))) == 0
    assert mailbox.files() == []


def test_invite_with_an_unknown_role(run: Run) -> None:
    result = run("user", "invite", "x@example.org", "--role", "king")
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", [("user", "invite"), ("sign-in-link",), ("user",)])
def test_help(run: Run, command: tuple[str, ...]) -> None:
    assert run(*command, "--help").exit_code == 0
