"""The groups: for staff with the peers to be offered a place, for participants their own; one group."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.network_groups import bp
from placements.blueprints.network_groups.forms import (
    EditGroupForm,
    GroupForm,
    NewGroupForm,
    OfferForm,
    edit_form,
)
from placements.clock import now, today
from placements.db import db
from placements.domain import (
    network_groups,
    network_meetings,
    network_offers,
    network_places,
    network_rosters,
)
from placements.domain.network_places import verbs_for
from placements.domain.network_scope import is_edited_by, is_met_by, is_run_by, staffed
from placements.domain.network_states import holds_seat, is_elsewhere
from placements.domain.rules import expect_version
from placements.history_words import tell
from placements.models.network_groups import NetworkGroup
from placements.web import attempt, back_to, get_or_404, page_or_fragment

SEATS = 8

Answer = str | Response | tuple[str, int]


# The list


@bp.get("/network-groups")
@roles_allowed("coordinator", "teacher", "student")
def index() -> Answer:
    form = OfferForm(formdata=None, group_id=request.args.get("group", ""))
    return list_page(form)


def list_page(form: OfferForm, status: int = 200) -> tuple[str, int]:
    return page_or_fragment(
        "network_groups/index.html", "network_groups/_groups.html", status, **listed(form)
    )


def listed(form: OfferForm) -> dict[str, Any]:
    """What the list shows; the form is given its choices."""
    session = db.session()
    lines = network_groups.lines(session, network_groups.listed_for(current_user), today=today())
    first = network_places.to_be_offered(session, current_user)
    again = network_places.without_group(session, current_user)
    return {
        "lines": lines,
        "form": form.among([line for line in lines if is_run_by(line.group, current_user)], first, again),
        "first": network_offers.by_programme(first),
        "own": [
            (place, verbs_for(place, current_user))
            for place in network_places.own_places(session, current_user)
        ],
        "is_staff": bool(lines or staffed(current_user)),
    }


# One group


@bp.get("/network-groups/<int:group_id>")
@roles_allowed("coordinator", "teacher", "student")
def show(group_id: int) -> Answer:
    """Staff and facilitators see the places; a participant sees what their own place lets them see."""
    session = db.session()
    group = get_or_404(network_groups.visible_to(current_user), group_id)
    own = network_groups.own_place(session, group, current_user)
    mine = {"own": own, "verbs": verbs_for(own, current_user) if own else []}
    if not is_met_by(group, current_user):
        if own is not None and is_elsewhere(own):
            return redirect("/network-groups", 303)
        coming, held = network_meetings.shown_to(session, group, current_user, today=today())
        return render_template(
            "network_groups/member.html",
            group=group,
            coming=coming,
            held=held,
            holds_seat=own is not None and holds_seat(own),
            names=network_places.names_shown(session, group, current_user),
            **mine,
        )
    return render_template(
        "network_groups/show.html",
        meetings=network_meetings.of_group(session, group, today=today()),
        only_sparring=network_meetings.only_sparring(session, group),
        entries=tell(session, network_groups.told_to(session, group, current_user)),
        may_edit=is_edited_by(group, current_user),
        **mine,
        **members(group),
    )


def members(group: NetworkGroup) -> dict[str, Any]:
    """What the list of a group's places shows."""
    return {
        "group": group,
        "roster": network_rosters.roster(db.session(), group, current_user),
        "may_offer": is_run_by(group, current_user),
    }


@bp.get("/network-groups/new")
@roles_allowed("coordinator", "teacher")
def new() -> Answer:
    own = network_groups.programmes_of(db.session(), current_user)
    partner = own[0].network_partner if len(own) == 1 else None
    form = NewGroupForm(partner=partner, seats=SEATS).among(own)
    return render_template("network_groups/new.html", form=form)


@bp.post("/network-groups/new")
@roles_allowed("coordinator", "teacher")
def create() -> Answer:
    session = db.session()
    own = {p.id: p for p in network_groups.programmes_of(session, current_user)}
    form = NewGroupForm().among(list(own.values()))
    made: list[NetworkGroup] = []

    def action() -> None:
        programme = own[int(form.programme_id.data)]
        made.append(network_groups.create(session, programme, **_written(form)))

    if refused := attempt(form, action):
        return render_template("network_groups/new.html", form=form), refused
    db.session.commit()
    return back_to(
        f"/network-groups/{made[0].id}", message=gettext("Gruppen er oprettet. Nu kan I tilbyde pladser.")
    )


def _written(form: GroupForm) -> dict[str, Any]:
    return {name: form[name].data for name in ("name", "partner", "place", "seats")}


def _load(group_id: int) -> NetworkGroup:
    return get_or_404(network_groups.edited_by(current_user), group_id)


def _edit_form(group: NetworkGroup) -> EditGroupForm:
    session = db.session()
    return edit_form(
        group,
        network_groups.possible_facilitators(session, group),
        network_groups.programmes_to_share_with(session, group),
    )


@bp.get("/network-groups/<int:group_id>/edit")
@roles_allowed("coordinator", "teacher")
def edit(group_id: int) -> Answer:
    group = _load(group_id)
    return render_template("network_groups/edit.html", group=group, form=_edit_form(group))


@bp.post("/network-groups/<int:group_id>/edit")
@roles_allowed("coordinator", "teacher")
def save(group_id: int) -> Answer:
    group = _load(group_id)
    form = _edit_form(group)

    def action() -> None:
        expect_version(group, form.version_number)
        network_groups.hold(db.session(), group, **form.holding)
        network_groups.edit(db.session(), group, **_written(form), now=now())

    if refused := attempt(form, action, record=group):
        return render_template("network_groups/edit.html", group=group, form=form), refused
    db.session.commit()
    return back_to(f"/network-groups/{group_id}", message=gettext("Gruppen er gemt."))
