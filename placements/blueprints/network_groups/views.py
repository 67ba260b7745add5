"""The groups: for staff with the peers to be offered a place, for participants their own; one group."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.network_groups import bp
from placements.blueprints.network_groups.forms import GroupForm, NewGroupForm, OfferForm
from placements.clock import now, today
from placements.db import db
from placements.domain import history, network_groups, network_meetings, network_places
from placements.domain.network_places import verbs_for
from placements.domain.network_states import holds_seat
from placements.domain.rules import expect_version
from placements.history_words import tell
from placements.models.network_groups import NetworkGroup
from placements.web import attempt, back_to, fragment_or_redirect, get_or_404, page_or_fragment

SEATS = 8

Answer = str | Response | tuple[str, int]


# The list


@bp.get("/network-groups")
@roles_allowed("coordinator", "teacher", "student")
def index() -> Answer:
    form = OfferForm(formdata=None, group_id=request.args.get("group", ""))
    return _index(form)


def _index(form: OfferForm, status: int = 200) -> tuple[str, int]:
    return page_or_fragment(
        "network_groups/index.html", "network_groups/_groups.html", status, **_listed(form)
    )


def _listed(form: OfferForm) -> dict[str, Any]:
    session = db.session()
    lines = network_groups.lines(session, network_groups.run_by(current_user), today=today())
    first = network_places.to_be_offered(session, current_user)
    again = network_places.without_group(session, current_user)
    return {
        "lines": lines,
        "form": form.among(lines, first, again),
        "own": [
            (place, verbs_for(place, current_user))
            for place in network_places.own_places(session, current_user)
        ],
        "is_staff": bool(current_user.programme_ids | current_user.teaching_ids),
    }


@bp.post("/network-groups/offers")
@roles_allowed("coordinator", "teacher")
def offer() -> Answer:
    """One group to everybody who is ticked."""
    session, form = db.session(), OfferForm()
    _listed(form)
    made: list[object] = []

    def action() -> None:
        group = get_or_404(network_groups.run_by(current_user), int(form.group_id.data))
        people = network_places.chosen(session, current_user, form.chosen_ids)
        made.extend(network_groups.offer_places(session, group, people, now=now()))

    if refused := attempt(form, action):
        return _index(form, refused)
    db.session.commit()
    return fragment_or_redirect(
        "network_groups/_groups.html",
        "/network-groups#to-be-offered",
        message=ngettext(
            "Én har fået tilbudt en plads og får en mail.",
            "%(num)s har fået tilbudt en plads og får hver en mail.",
            len(made),
        ),
        offered=True,
        **_listed(OfferForm(formdata=None)),
    )


# One group


def _load(group_id: int) -> NetworkGroup:
    return get_or_404(network_groups.run_by(current_user), group_id)


@bp.get("/network-groups/<int:group_id>")
@roles_allowed("coordinator", "teacher", "student")
def show(group_id: int) -> Answer:
    """Staff see every place; a participant sees what their own place lets them see."""
    session = db.session()
    group = get_or_404(network_groups.visible_to(current_user), group_id)
    own = network_groups.own_place(session, group, current_user)
    mine = {"own": own, "verbs": verbs_for(own, current_user) if own else []}
    if not network_groups.is_run_by(group, current_user):
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
        entries=tell(session, history.of(session, group)),
        **mine,
        **members(group),
    )


def members(group: NetworkGroup) -> dict[str, Any]:
    """What the list of a group's places shows."""
    session = db.session()
    return {
        "group": group,
        "places": [
            (place, verbs_for(place, current_user))
            for place in network_places.places_shown(session, group, current_user)
        ],
        "taken": network_places.taken_seats(session, group),
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


@bp.get("/network-groups/<int:group_id>/edit")
@roles_allowed("coordinator", "teacher")
def edit(group_id: int) -> Answer:
    group = _load(group_id)
    return render_template("network_groups/edit.html", group=group, form=GroupForm(obj=group))


@bp.post("/network-groups/<int:group_id>/edit")
@roles_allowed("coordinator", "teacher")
def save(group_id: int) -> Answer:
    group = _load(group_id)
    form = GroupForm(obj=group)

    def action() -> None:
        expect_version(group, form.version_number)
        network_groups.edit(db.session(), group, **_written(form))

    if refused := attempt(form, action, record=group):
        return render_template("network_groups/edit.html", group=group, form=form), refused
    db.session.commit()
    return back_to(f"/network-groups/{group_id}", message=gettext("Gruppen er gemt."))
