"""What becomes of a place: the peer's own answer, leaving, a new offer after a no, another group."""

from __future__ import annotations

from flask import request
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.network_groups import bp
from placements.blueprints.network_groups.views import members
from placements.clock import now
from placements.db import db
from placements.domain import network_groups, network_moves, network_places
from placements.models.network_groups import NetworkPlace
from placements.web import asked_id, fragment_or_redirect, get_or_404


def _done(place: NetworkPlace, message: str) -> Response:
    db.session.commit()
    group = place.group
    return fragment_or_redirect(
        "network_groups/_members.html",
        f"/network-groups/{group.id}",
        message=message,
        changed=place.id,
        **members(group),
    )


@bp.post("/network-places/<int:place_id>/accept")
@roles_allowed("student")
def accept(place_id: int) -> Response:
    place = get_or_404(network_places.answered_by(current_user), place_id)
    network_groups.accept(place)
    return _done(place, gettext("Velkommen i gruppen."))


@bp.post("/network-places/<int:place_id>/decline")
@roles_allowed("student", "coordinator")
def decline(place_id: int) -> Response:
    """A peer's no; or the coordinator's note of one that was said otherwise, or never came."""
    place = get_or_404(network_places.left_by(current_user), place_id)
    network_groups.decline(db.session(), place, now=now())
    own = place.enrolment.user_id == current_user.id
    thanks = gettext("Tak for dit svar. Pladsen går videre til en anden.")
    return _done(place, thanks if own else gettext("Pladsen går videre til en anden."))


@bp.post("/network-places/<int:place_id>/leave-queue")
@roles_allowed("student", "coordinator")
def leave_queue(place_id: int) -> Response:
    place = get_or_404(network_places.left_by(current_user), place_id)
    network_groups.leave_queue(place)
    return _done(place, gettext("Ventelisten er rettet."))


@bp.post("/network-places/<int:place_id>/leave")
@roles_allowed("student", "coordinator")
def leave(place_id: int) -> Response:
    place = get_or_404(network_places.left_by(current_user), place_id)
    network_groups.leave(db.session(), place, now=now())
    return _done(place, gettext("Pladsen i gruppen er givet fri."))


@bp.post("/network-places/<int:place_id>/offer-again")
@roles_allowed("coordinator", "teacher")
def offer_again(place_id: int) -> Response:
    place = get_or_404(network_places.offered_by(current_user), place_id)
    network_groups.offer_place(db.session(), place.group, place.enrolment, now=now())
    return _done(place, gettext("%(name)s har fået et nyt tilbud.", name=place.enrolment.user.name))


@bp.post("/network-places/<int:place_id>/queue")
@roles_allowed("coordinator", "teacher")
def queue(place_id: int) -> Response:
    place = get_or_404(network_places.offered_by(current_user), place_id)
    network_groups.queue_places(db.session(), place.group, [place.enrolment], now=now())
    return _done(place, gettext("%(name)s står på venteliste.", name=place.enrolment.user.name))


@bp.post("/network-places/<int:place_id>/move")
@roles_allowed("coordinator", "teacher")
def move(place_id: int) -> Response:
    """The row goes to the other group's page; the focus to the sentence that says so."""
    session = db.session()
    place = get_or_404(network_places.offered_by(current_user), place_id)
    into = network_moves.target(session, current_user, request.form.get("group_id", 0, type=asked_id))
    moved = network_groups.move(session, place, into, now=now())
    session.commit()
    name, group = moved.enrolment.user.name, moved.group
    return fragment_or_redirect(
        "network_groups/_members.html",
        f"/network-groups/{place.group_id}#members-title",
        message=gettext("%(name)s er flyttet til %(group)s.", name=name, group=group.name),
        moved=moved,
        **members(place.group),
    )
