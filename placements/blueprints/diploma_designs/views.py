"""The design of a programme's diplomas, tried on a sample before it is saved."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from placements import pdf, printing
from placements.access import current_user, roles_allowed
from placements.blueprints.diploma_designs import bp
from placements.blueprints.diploma_designs.forms import DesignForm
from placements.db import db
from placements.domain import diploma_designs, programmes
from placements.models.programmes import Programme
from placements.web import attempt, back_to, get_or_404, pdf_shown

Answer = str | BaseResponse | tuple[str, int]


def _programme(slug: str) -> Programme:
    return get_or_404(programmes.coordinated_by(current_user), slug=slug)


def _page(programme: Programme, form: DesignForm, status: int = 200) -> tuple[str, int]:
    return render_template("diploma_designs/edit.html", programme=programme, form=form), status


@bp.get("")
@roles_allowed("coordinator")
def edit(slug: str) -> Answer:
    programme = _programme(slug)
    return _page(programme, DesignForm.on(diploma_designs.of(db.session(), programme)))


@bp.post("")
@roles_allowed("coordinator")
def save(slug: str) -> Answer:
    programme, session = _programme(slug), db.session()
    kept = diploma_designs.of(session, programme)
    form = DesignForm.on(kept)

    def action() -> None:
        diploma_designs.save(session, programme, form.design(), seen=form.version_number)

    if refused := attempt(form, action, record=kept if kept.version else None):
        return _page(programme, form, refused)
    session.commit()
    said = gettext("Udseendet er gemt. Det gælder for de beviser, der udstedes fra nu af.")
    return back_to(f"/programmes/{slug}/diploma", message=said)


@bp.post("/preview.pdf")
@roles_allowed("coordinator")
def preview(slug: str) -> Answer:
    """A sample of what stands in the form; nothing is saved."""
    programme = _programme(slug)
    form = DesignForm.on(diploma_designs.of(db.session(), programme))
    printed: list[pdf.Rendered] = []
    if refused := attempt(form, lambda: printed.append(printing.diplomas.sample(programme, form.design()))):
        return _page(programme, form, refused)
    return pdf_shown(printed[0].filename, printed[0].pdf)
