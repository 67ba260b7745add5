"""A programme changed on screen, a part at a time."""

from __future__ import annotations

from flask import abort, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.programmes import bp
from placements.blueprints.programmes.sections import SECTIONS, Section
from placements.clock import today
from placements.db import db
from placements.domain import programme_edits, programmes
from placements.domain.programme_exports import as_file
from placements.domain.rules import expect_version
from placements.models.programmes import Programme
from placements.web import attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]


def coordinated(slug: str) -> Programme:
    return get_or_404(programmes.with_modules(programmes.coordinated_by(current_user)), slug=slug)


def _section(part: str) -> Section:
    return SECTIONS.get(part) or abort(404)


@bp.get("/programmes/<slug>/edit/<part>")
@roles_allowed("coordinator")
def edit(slug: str, part: str) -> Answer:
    programme, section = coordinated(slug), _section(part)
    form = section.form.of(programme)
    return render_template("programmes/edit.html", programme=programme, section=section, form=form)


@bp.post("/programmes/<slug>/edit/<part>")
@roles_allowed("coordinator")
def save(slug: str, part: str) -> Answer:
    programme, section = coordinated(slug), _section(part)
    form = section.form.of(programme)

    def action() -> None:
        expect_version(programme, form.version_number)
        edited = form.change(as_file(programme, ()))
        programme_edits.save(db.session(), programme, edited, today=today())

    if refused := attempt(form, action, record=programme):
        return render_template(
            "programmes/edit.html", programme=programme, section=section, form=form
        ), refused
    db.session.commit()
    return back_to(f"/programmes/{slug}", message=gettext("Ændringen er gemt."))
