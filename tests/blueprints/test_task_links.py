"""The link in a task mail: it carries no right, and one page takes its reader all the way to the task."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from placements.clock import now
from placements.db import writing
from placements.domain import sign_ins
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory
from tests.mailbox import Mailbox


@pytest.fixture
def anne(make: Factory) -> User:
    return make.user("Anne Ager", email="anne@example.org")


@pytest.fixture
def path(session: Session, anne: User) -> str:
    with writing():
        token = sign_ins.make_task_link(session, anne.id, "/placements/7", now=now())
        session.commit()
    return f"/tasks/{token}"


def test_task_link_carries_no_right(client: Client, path: str, mailbox: Mailbox) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert 'value="anne@example.org" readonly' in page.text
    assert 'name="code"' not in page.text
    assert "Log ud" not in client.get("/").text
    assert mailbox.files() == []


def test_task_opens_after_the_code_on_that_page(client: Client, path: str, mailbox: Mailbox) -> None:
    assert client.post(f"{path}/send").location == path
    assert f'<form method="post" action="{path}"' in client.get(path).text
    answer = client.post(path, data={"code": mailbox.code()})
    assert (answer.status_code, answer.location) == (303, "/placements/7")
    assert client.get(path).location == "/placements/7"


def test_task_opens_by_the_mailed_link_too(client: Client, path: str, mailbox: Mailbox) -> None:
    client.post(f"{path}/send")
    assert client.post(mailbox.link()).location == "/placements/7"


def test_task_with_a_wrong_code(client: Client, path: str, mailbox: Mailbox) -> None:
    client.post(f"{path}/send")
    wrong = "00000000" if mailbox.code() != "00000000" else "11111111"
    answer = client.post(path, data={"code": wrong})
    assert answer.status_code == 422
    assert "Koden passer ikke" in answer.text
    assert f'value="{wrong}"' in answer.text
    assert "Send mig en ny kode" in answer.text


def test_task_code_before_it_is_asked_for(client: Client, path: str) -> None:
    assert client.post(path, data={"code": "12345678"}).status_code == 422


def test_task_opens_at_once_when_signed_in(as_user: Callable[[User], Client], anne: User, path: str) -> None:
    answer = as_user(anne).get(path)
    assert (answer.status_code, answer.location) == (303, "/placements/7")


def test_task_for_somebody_else(
    as_user: Callable[[User], Client], make: Factory, path: str, mailbox: Mailbox, session: Session
) -> None:
    """Who is signed in as another is told so, and becomes the right person by the code."""
    browser = as_user(make.user("Bo Bang"))
    assert "Du er logget ind som en anden" in browser.get(path).text
    browser.post(f"{path}/send")
    browser.post(path, data={"code": mailbox.code()})
    assert "Anne Ager" in browser.get("/").text


def test_task_of_somebody_deactivated(client: Client, anne: User, path: str, session: Session) -> None:
    anne.active = False
    session.commit()
    assert client.get(path).status_code == 404
    assert client.post(f"{path}/send").status_code == 404


@pytest.mark.parametrize(("method", "rest"), [("GET", ""), ("POST", ""), ("POST", "/send")])
def test_unknown_task(client: Client, method: str, rest: str) -> None:
    assert client.open(f"/tasks/unknown{rest}", method=method).status_code == 404


def test_task_code_too_often(client: Client, path: str) -> None:
    statuses = [client.post(f"{path}/send").status_code for _ in range(6)]
    assert statuses == [303] * 5 + [429]


@pytest.mark.usefixtures("with_csrf")
def test_task_code_is_not_sent_for_a_forged_request(client: Client, path: str, mailbox: Mailbox) -> None:
    assert client.post(f"{path}/send").status_code == 400
    assert mailbox.files() == []
