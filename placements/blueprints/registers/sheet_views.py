"""The list that is signed in the room, as a PDF."""

from __future__ import annotations

from flask import request
from flask_babel import get_locale
from werkzeug.wrappers import Response

from placements import printing
from placements.access import roles_allowed
from placements.blueprints.registers import bp
from placements.blueprints.registers.page import load
from placements.db import db
from placements.domain import attendance_sheets
from placements.web import pdf_shown


@bp.get("/teaching/<int:session_id>/sheet.pdf")
@roles_allowed("coordinator", "teacher")
def sheet(session_id: int) -> Response:
    """With `?all=1` a sheet for each session of the run."""
    whole_run = "all" in request.args
    sheets = attendance_sheets.of(db.session(), load(session_id), whole_run=whole_run)
    printed = printing.sheets.attendance_sheet(sheets, locale=str(get_locale()))
    return pdf_shown(printed.filename, printed.pdf)
