"""Meetings of a group: laid, put right, and who came."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.network_groups import bp
from placements.blueprints.network_groups.forms import AttendanceForm, attendance_form, meeting_form
from placements.clock import now, today
from placements.db import db
from placements.domain import history, network_groups, network_meetings
from placements.domain.rules import expect_version
from placements.models.network_groups import NetworkMeeting
from placements.web import attempt, back_to, fragment_or_redirect, get_or_404, page_or_fragment

Answer = str | Response | tuple[str, int]


@bp.get("/network-groups/<int:group_id>/meetings/new")
@roles_allowed("coordinator", "teacher")
def new_meeting(group_id: int) -> Answer:
    group = get_or_404(network_groups.met_by(current_user), group_id)
    form = meeting_form()
    form.place.data = group.place
    return render_template("network_groups/new_meeting.html", group=group, form=form)


@bp.post("/network-groups/<int:group_id>/meetings/new")
@roles_allowed("coordinator", "teacher")
def add_meeting(group_id: int) -> Answer:
    group = get_or_404(network_groups.met_by(current_user), group_id)
    form = meeting_form()
    if refused := attempt(form, lambda: network_groups.add_meeting(db.session(), group, **form.values)):
        return render_template("network_groups/new_meeting.html", group=group, form=form), refused
    db.session.commit()
    return back_to(f"/network-groups/{group_id}#meetings", message=gettext("Mødet er lagt."))


def _load(group_id: int, meeting_id: int) -> NetworkMeeting:
    visible = network_meetings.visible_to(current_user)
    return get_or_404(visible.where(NetworkMeeting.group_id == group_id), meeting_id)


def _attendance_form(meeting: NetworkMeeting, **values: Any) -> AttendanceForm:
    return attendance_form(
        meeting.version,
        lambda: network_meetings.attendees_shown(db.session(), meeting, current_user),
        **values,
    )


def _page(meeting: NetworkMeeting, form: AttendanceForm, status: int = 200) -> tuple[str, int]:
    return page_or_fragment(
        "network_groups/meeting.html",
        "network_groups/_attendance.html",
        status,
        meeting=meeting,
        reached=network_meetings.is_reached(meeting, today=today()),
        form=form,
    )


@bp.get("/network-groups/<int:group_id>/meetings/<int:meeting_id>")
@roles_allowed("coordinator", "teacher")
def show_meeting(group_id: int, meeting_id: int) -> Answer:
    meeting = _load(group_id, meeting_id)
    return _page(meeting, _attendance_form(meeting))


@bp.post("/network-groups/<int:group_id>/meetings/<int:meeting_id>")
@roles_allowed("coordinator", "teacher")
def register(group_id: int, meeting_id: int) -> Answer:
    meeting = _load(group_id, meeting_id)
    form = _attendance_form(meeting)

    def action() -> None:
        expect_version(meeting, form.version_number)
        network_groups.register_attendance(db.session(), meeting, form.attendance, today=today())

    if refused := attempt(form, action, record=meeting):
        if form.conflicts:
            [form.changed_by] = history.of(db.session(), meeting, limit=1)
        return _page(meeting, form, refused)
    db.session.commit()
    return fragment_or_redirect(
        "network_groups/_attendance.html",
        f"/network-groups/{group_id}/meetings/{meeting_id}",
        message=gettext("Fremmødet er gemt."),
        meeting=meeting,
        reached=True,
        saved=True,
        form=_attendance_form(meeting, formdata=None),
    )


@bp.get("/network-groups/<int:group_id>/meetings/<int:meeting_id>/edit")
@roles_allowed("coordinator", "teacher")
def edit_meeting(group_id: int, meeting_id: int) -> Answer:
    meeting = _load(group_id, meeting_id)
    return render_template("network_groups/edit_meeting.html", meeting=meeting, form=meeting_form(meeting))


@bp.post("/network-groups/<int:group_id>/meetings/<int:meeting_id>/edit")
@roles_allowed("coordinator", "teacher")
def save_meeting(group_id: int, meeting_id: int) -> Answer:
    meeting = _load(group_id, meeting_id)
    form = meeting_form(meeting)

    def action() -> None:
        expect_version(meeting, form.version_number)
        network_groups.edit_meeting(db.session(), meeting, **form.values, today=today(), now=now())

    if refused := attempt(form, action, record=meeting):
        return render_template("network_groups/edit_meeting.html", meeting=meeting, form=form), refused
    db.session.commit()
    location = f"/network-groups/{group_id}/meetings/{meeting_id}"
    return back_to(location, message=gettext("Mødet er gemt."))


@bp.post("/network-groups/<int:group_id>/meetings/<int:meeting_id>/cancel")
@roles_allowed("coordinator", "teacher")
def cancel(group_id: int, meeting_id: int) -> Answer:
    meeting = _load(group_id, meeting_id)
    network_groups.cancel(db.session(), meeting, today=today(), now=now())
    db.session.commit()
    return back_to(f"/network-groups/{group_id}#meetings", message=gettext("Mødet er aflyst."))
