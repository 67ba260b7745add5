"""Add, edit and invite the people at a unit. To htmx each view answers with one row of the unit's table."""

from __future__ import annotations

from flask import redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.contacts import bp
from placements.blueprints.contacts.forms import ContactForm, EditContactForm
from placements.clock import now
from placements.db import db
from placements.domain import contacts, host_deletion, hosts
from placements.domain.rules import expect_version
from placements.models.hosts import Contact, Unit
from placements.web import (
    attempt,
    back_to,
    fragment_or_redirect,
    get_or_404,
    page_or_fragment,
    wants_fragment,
)

Answer = str | Response | tuple[str, int]


def _unit(unit_id: int) -> Unit:
    return get_or_404(hosts.visible_units(current_user), unit_id)


def _contact(unit_id: int, contact_id: int) -> Contact:
    at_the_unit = hosts.visible_contacts(current_user).where(Contact.unit_id == unit_id)
    return get_or_404(at_the_unit, contact_id)


def _people(unit_id: int) -> str:
    return f"/hosts/{unit_id}#contacts"


# Adding


@bp.get("/hosts/<int:unit_id>/contacts")
@roles_allowed("coordinator", "admin", "host")
def index(unit_id: int) -> Answer:
    """The unit's page; to htmx the row with the link that adds someone, which is where cancelling leads."""
    unit = _unit(unit_id)
    if not wants_fragment():
        return redirect(_people(unit.id), 303)
    return page_or_fragment("contacts/_add.html", "contacts/_add.html", unit=unit, focus=True)


@bp.get("/hosts/<int:unit_id>/contacts/new")
@roles_allowed("coordinator", "admin", "host")
def new(unit_id: int) -> Answer:
    return page_or_fragment(
        "contacts/new.html", "contacts/_new.html", unit=_unit(unit_id), form=ContactForm()
    )


@bp.post("/hosts/<int:unit_id>/contacts/new")
@roles_allowed("coordinator", "admin", "host")
def add(unit_id: int) -> Answer:
    unit, form = _unit(unit_id), ContactForm()
    made: list[Contact] = []

    def action() -> None:
        made.append(contacts.add(db.session(), unit, **form.values()))

    if refused := attempt(form, action):
        return page_or_fragment("contacts/new.html", "contacts/_new.html", refused, unit=unit, form=form)
    db.session.commit()
    return fragment_or_redirect(
        "contacts/_added.html",
        _people(unit.id),
        message=gettext("%(name)s er tilføjet.", name=made[0].name),
        contact=made[0],
        unit=unit,
        may_manage=hosts.is_staff(current_user),
    )


# Editing


@bp.get("/hosts/<int:unit_id>/contacts/<int:contact_id>")
@roles_allowed("coordinator", "admin", "host")
def show(unit_id: int, contact_id: int) -> Answer:
    """The unit's page; to htmx the plain row."""
    contact = _contact(unit_id, contact_id)
    if not wants_fragment():
        return redirect(_people(unit_id), 303)
    may_manage = hosts.is_staff(current_user)
    row = "contacts/_row.html"
    return page_or_fragment(row, row, contact=contact, may_manage=may_manage, focus=True)


@bp.get("/hosts/<int:unit_id>/contacts/<int:contact_id>/edit")
@roles_allowed("coordinator", "admin", "host")
def edit(unit_id: int, contact_id: int) -> Answer:
    contact = _contact(unit_id, contact_id)
    form = EditContactForm.on(contact, may_manage=hosts.is_staff(current_user))
    return page_or_fragment("contacts/edit.html", "contacts/_edit.html", contact=contact, form=form)


@bp.post("/hosts/<int:unit_id>/contacts/<int:contact_id>/edit")
@roles_allowed("coordinator", "admin", "host")
def save(unit_id: int, contact_id: int) -> Answer:
    contact = _contact(unit_id, contact_id)
    form = EditContactForm.on(contact, may_manage=hosts.is_staff(current_user))

    def action() -> None:
        expect_version(contact, form.version_number)
        contacts.edit(db.session(), contact, **form.values())

    if refused := attempt(form, action, record=contact):
        return page_or_fragment(
            "contacts/edit.html", "contacts/_edit.html", refused, contact=contact, form=form
        )
    db.session.commit()
    return fragment_or_redirect(
        "contacts/_row.html",
        _people(unit_id),
        message=gettext("%(name)s er gemt.", name=contact.name),
        contact=contact,
        may_manage=hosts.is_staff(current_user),
        focus=True,
    )


@bp.post("/hosts/<int:unit_id>/contacts/<int:contact_id>/delete")
@roles_allowed("coordinator", "admin")
def delete(unit_id: int, contact_id: int) -> Answer:
    contact = _contact(unit_id, contact_id)
    name = contact.name
    host_deletion.delete(db.session(), contact)
    db.session.commit()
    return back_to(_people(unit_id), message=gettext("%(name)s er slettet.", name=name))


# Signing in for the unit


@bp.post("/hosts/<int:unit_id>/contacts/<int:contact_id>/invite")
@roles_allowed("coordinator", "admin")
def invite(unit_id: int, contact_id: int) -> Answer:
    contact = _contact(unit_id, contact_id)
    contacts.invite(db.session(), contact, shared="shared" in request.form, now=now())
    db.session.commit()
    said = gettext("Vi har sendt %(name)s en mail om at logge ind.", name=contact.name)
    return back_to(_people(unit_id), message=said)


@bp.post("/hosts/<int:unit_id>/access/<int:user_id>/close")
@roles_allowed("coordinator", "admin")
def close_access(unit_id: int, user_id: int) -> Answer:
    unit = _unit(unit_id)
    user = contacts.close_access(db.session(), unit, user_id)
    db.session.commit()
    said = gettext("%(name)s kan ikke længere logge ind for stedet.", name=user.name)
    return back_to(_people(unit.id), message=said)
