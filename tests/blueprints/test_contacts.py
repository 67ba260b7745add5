"""People at a unit, edited in their row and on their own page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.hosts import Contact, Unit
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]
VITA = {"name": "Vita Vejleder", "title": "Sygeplejerske", "is_supervisor": "y"}


@pytest.fixture
def unit(make: Factory) -> Unit:
    return make.unit("Team Nord")


@pytest.fixture
def host(make: Factory, as_user: AsUser, unit: Unit) -> Client:
    return as_user(make.host(unit))


def edited(contact: Contact, **values: Any) -> dict[str, Any]:
    same = {"name": contact.name, "is_supervisor": "y", "active": "y", "version": contact.version}
    return same | values


def test_add_by_a_host(session: Session, host: Client, unit: Unit) -> None:
    answer = host.post(f"/hosts/{unit.id}/contacts/new", data=VITA)
    assert answer.location == f"/hosts/{unit.id}#contacts"
    contact = session.scalars(select(Contact)).one()
    assert (contact.name, contact.title, contact.email) == ("Vita Vejleder", "Sygeplejerske", None)
    assert (contact.is_supervisor, contact.is_host, contact.active) == (True, False, True)


def test_add_by_htmx_gives_the_row_and_the_next_link(session: Session, host: Client, unit: Unit) -> None:
    answer = host.htmx("POST", f"/hosts/{unit.id}/contacts/new", data=VITA)
    contact = session.scalars(select(Contact)).one()
    assert answer.status_code == 200
    row, link, said = (
        answer.text.index(text)
        for text in (f'<tr id="contact-{contact.id}"', '<tr id="contact-new"', 'id="status"')
    )
    assert row < link < said
    assert "Vita Vejleder er tilføjet." in answer.text


@pytest.mark.parametrize("htmx", [True, False])
def test_add_with_bad_input_keeps_the_text(session: Session, host: Client, unit: Unit, htmx: bool) -> None:
    data = {"name": "", "title": "Pædagog", "email": "vita@", "is_host": "y"}
    path = f"/hosts/{unit.id}/contacts/new"
    answer = host.htmx("POST", path, data=data) if htmx else host.post(path, data=data)
    assert answer.status_code == 422
    assert 'value="Pædagog"' in answer.text
    assert 'value="vita@"' in answer.text
    assert "Skriv personens navn." in answer.text
    assert ("<h1>" in answer.text) is not htmx
    assert session.scalars(select(Contact)).all() == []


def test_add_with_a_name_that_no_document_can_show_is_refused_at_the_name(
    session: Session, host: Client, unit: Unit
) -> None:
    answer = host.post(f"/hosts/{unit.id}/contacts/new", data=VITA | {"name": "Vita 漢"})
    assert answer.status_code == 422
    assert 'value="Vita 漢"' in answer.text
    assert 'id="name-error">Tegnet 漢 (U+6F22) kan ikke trykkes i dokumentet.' in answer.text
    assert session.scalars(select(Contact)).all() == []


def test_add_without_a_part_is_refused_at_the_boxes(host: Client, unit: Unit) -> None:
    answer = host.post(f"/hosts/{unit.id}/contacts/new", data={"name": "Bo"})
    assert answer.status_code == 422
    assert 'id="is_host-error">Vælg, om personen er praktikvært' in answer.text


def test_edit_in_the_row(make: Factory, host: Client, unit: Unit) -> None:
    contact = make.contact(unit)
    address = f"/hosts/{unit.id}/contacts/{contact.id}"
    editor = host.htmx("GET", f"{address}/edit").text
    assert f'<tr id="contact-{contact.id}" class="row-edit">' in editor
    assert f'name="version" value="{contact.version}"' in editor
    answer = host.htmx("POST", f"{address}/edit", data=edited(contact, phone="12 34 56 78"))
    assert answer.status_code == 200
    assert "12 34 56 78" in answer.text
    assert "autofocus" in answer.text
    assert contact.phone == "12 34 56 78"


def test_cancel_gives_the_plain_row_or_the_page(make: Factory, host: Client, unit: Unit) -> None:
    contact = make.contact(unit)
    address = f"/hosts/{unit.id}/contacts/{contact.id}"
    assert host.htmx("GET", address).text.lstrip().startswith(f'<tr id="contact-{contact.id}">')
    assert host.htmx("GET", f"/hosts/{unit.id}/contacts").text.lstrip().startswith('<tr id="contact-new">')
    assert host.get(address).location == f"/hosts/{unit.id}#contacts"
    assert host.get(f"/hosts/{unit.id}/contacts").location == f"/hosts/{unit.id}#contacts"


@pytest.mark.parametrize("htmx", [True, False])
def test_edit_on_an_old_version_shows_both_values(
    make: Factory, host: Client, unit: Unit, htmx: bool
) -> None:
    contact = make.contact(unit)
    path = f"/hosts/{unit.id}/contacts/{contact.id}/edit"
    first, second = edited(contact, name="Vita Vest"), edited(contact, name="Vita Holm", is_host="y")
    assert host.post(path, data=first).status_code == 303
    answer = host.htmx("POST", path, data=second) if htmx else host.post(path, data=second)
    assert answer.status_code == 409
    assert "Vita Vest" in answer.text
    assert 'value="Vita Holm"' in answer.text
    assert (contact.name, contact.is_host) == ("Vita Vest", False)


def test_foreign_contacts_are_not_found(make: Factory, host: Client, unit: Unit) -> None:
    other = make.contact(make.unit(), "Fremmed")
    own = f"/hosts/{unit.id}/contacts/{other.id}"
    theirs = f"/hosts/{other.unit_id}/contacts/{other.id}"
    for path in (own, theirs, f"{own}/edit", f"{theirs}/edit", f"/hosts/{other.unit_id}/contacts/new"):
        assert host.get(path).status_code == 404
    assert host.post(f"{theirs}/edit", data=edited(other)).status_code == 404


def test_invite_from_the_row(make: Factory, as_user: AsUser, unit: Unit) -> None:
    contact = make.contact(unit, "Hanne Host", email="hanne@example.org", is_host=True)
    coordinator = as_user(make.coordinator(make.programme()))
    path = f"/hosts/{unit.id}/contacts/{contact.id}/invite"
    assert f'action="{path}"' in coordinator.get(f"/hosts/{unit.id}").text
    assert coordinator.post(path).location == f"/hosts/{unit.id}#contacts"
    assert contact.user is not None
    page = coordinator.get(f"/hosts/{unit.id}").text
    assert f'action="{path}"' not in page
    assert f'action="/hosts/{unit.id}/access/{contact.user.id}/close"' in page
    assert as_user(contact.user).get(f"/hosts/{unit.id}").status_code == 200


def test_invite_someone_without_an_address_is_refused(make: Factory, as_user: AsUser, unit: Unit) -> None:
    contact = make.contact(unit, "Hanne Host", is_host=True)
    coordinator = as_user(make.coordinator(make.programme()))
    answer = coordinator.post(f"/hosts/{unit.id}/contacts/{contact.id}/invite")
    assert answer.status_code == 422
    assert "Tilføj en e-mail for Hanne Host" in answer.text


def test_close_access_shuts_the_unit_at_once(make: Factory, as_user: AsUser, unit: Unit) -> None:
    user = make.host(unit)
    host, coordinator = as_user(user), as_user(make.coordinator(make.programme()))
    assert host.get(f"/hosts/{unit.id}").status_code == 200
    assert coordinator.post(f"/hosts/{unit.id}/access/{user.id}/close").status_code == 303
    assert host.get(f"/hosts/{unit.id}").status_code == 403


def test_host_neither_invites_nor_closes(make: Factory, host: Client, unit: Unit) -> None:
    contact = make.contact(unit, is_host=True, email="hanne@example.org")
    assert host.post(f"/hosts/{unit.id}/contacts/{contact.id}/invite").status_code == 403
    assert host.post(f"/hosts/{unit.id}/access/1/close").status_code == 403


@pytest.mark.usefixtures("with_csrf")
def test_add_needs_the_token(session: Session, host: Client, unit: Unit) -> None:
    assert host.post(f"/hosts/{unit.id}/contacts/new", data=VITA).status_code == 400
    assert session.scalars(select(Contact)).all() == []
