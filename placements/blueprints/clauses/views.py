"""The standing texts of agreements: a text is tried on invented people before it is saved."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from placements.access import current_user, roles_allowed
from placements.blueprints.clauses import bp
from placements.blueprints.clauses.forms import ClauseForm
from placements.clock import now
from placements.db import db
from placements.domain import clause_previews, clauses, programmes
from placements.domain.clause_values import FLAGS, VALUES
from placements.models.clauses import Clause
from placements.models.programmes import Programme
from placements.pdf.agreement.values import TITLES
from placements.web import Form, attempt, back_to, get_or_404, page_or_fragment

Answer = str | BaseResponse | tuple[str, int]


def _load(slug: str, section: int) -> tuple[Programme, Clause | None]:
    programme = get_or_404(programmes.coordinated_by(current_user), slug=slug)
    if section not in clauses.SECTIONS:
        abort(404)
    return programme, clauses.of_section(db.session(), programme.id, section)


def _shown(programme: Programme, clause: Clause | None, section: int, form: ClauseForm) -> dict[str, Any]:
    return {
        "programme": programme,
        "clause": clause,
        "section": section,
        "title": TITLES[section],
        "form": form,
        "preview": clause_previews.of_text(form.text.data or ""),
        "variables": VALUES,
        "flags": FLAGS,
    }


@bp.get("")
@roles_allowed("coordinator")
def index(slug: str) -> Answer:
    programme = get_or_404(programmes.coordinated_by(current_user), slug=slug)
    lines = clause_previews.lines(db.session(), programme.id)
    return render_template("clauses/index.html", programme=programme, lines=lines, titles=TITLES)


@bp.get("/<int:section>")
@roles_allowed("coordinator")
def edit(slug: str, section: int) -> Answer:
    programme, clause = _load(slug, section)
    form = ClauseForm.on(clause, section)
    return render_template("clauses/edit.html", **_shown(programme, clause, section, form))


@bp.post("/<int:section>")
@roles_allowed("coordinator")
def save(slug: str, section: int) -> Answer:
    programme, clause = _load(slug, section)
    form = ClauseForm.on(clause, section)

    def action() -> None:
        _save(programme, section, form.text.data, form)

    if refused := attempt(form, action, record=clause):
        return _page(_shown(programme, clause, section, form), refused)
    db.session.commit()
    return _saved(slug, section, gettext("Teksten er gemt. Aftaler, der er sendt, beholder deres egen."))


@bp.post("/<int:section>/shipped")
@roles_allowed("coordinator")
def take_shipped(slug: str, section: int) -> Answer:
    programme, _clause = _load(slug, section)
    _save(programme, section, None, Form())
    db.session.commit()
    return _saved(slug, section, gettext("Den medfølgende tekst gælder igen."))


@bp.post("/<int:section>/preview")
@roles_allowed("coordinator")
def preview(slug: str, section: int) -> Answer:
    """The text as it is typed, nothing saved."""
    programme, clause = _load(slug, section)
    shown = _shown(programme, clause, section, ClauseForm.on(clause, section))
    status = 422 if shown["preview"].problems else 200
    return _page(shown | {"tried": True}, status)


def _page(shown: dict[str, Any], status: int) -> tuple[str, int]:
    return page_or_fragment("clauses/edit.html", "clauses/_clause.html", status, **shown)


def _save(programme: Programme, section: int, text: str | None, form: Form) -> None:
    clauses.save(
        db.session(),
        programme,
        section,
        text=text,
        version=form.version_number,
        by=current_user.signed_name,
        now=now(),
    )


def _saved(slug: str, section: int, message: str) -> BaseResponse:
    return back_to(f"/programmes/{slug}/clauses/{section}", message=message)
