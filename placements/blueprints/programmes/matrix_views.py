"""The modules by audience in one grid (H-12 to H-15), edited cell by cell."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import roles_allowed
from placements.blueprints.programmes import bp
from placements.blueprints.programmes.edit_views import Answer, coordinated
from placements.blueprints.programmes.module_forms import CellForm
from placements.blueprints.programmes.module_views import load_module
from placements.clock import today
from placements.db import db
from placements.domain import programme_modules
from placements.domain.rules import expect_version
from placements.models.programmes import Audience, Module, ModuleRuleKind
from placements.web import attempt, fragment_or_redirect, page_or_fragment, said
from placements.words import word

ROW = "programmes/_matrix_module.html"


def _shown(module: Module, audience: Audience | None, **values: Any) -> dict[str, Any]:
    """A row of the grid, `audience` being the cell that is in edit or has been."""
    own = {"programme": module.programme, "module": module, "chosen": audience, "audiences": list(Audience)}
    return own | values


def _audience(audience: str) -> Audience:
    return Audience(audience) if audience in list(Audience) else abort(404)


@bp.get("/programmes/<slug>/matrix")
@roles_allowed("coordinator")
def matrix(slug: str) -> Answer:
    programme = coordinated(slug)
    return render_template("programmes/matrix.html", programme=programme, audiences=list(Audience))


@bp.get("/programmes/<slug>/matrix/<int:number>")
@roles_allowed("coordinator")
def matrix_row(slug: str, number: int) -> Answer:
    """Nothing is in edit any more; the focus goes back to the cell that was."""
    module = load_module(slug, number)
    left = request.args.get("cell", type=Audience)
    return page_or_fragment("programmes/matrix.html", ROW, **_shown(module, left))


@bp.get("/programmes/<slug>/matrix/<int:number>/<audience>")
@roles_allowed("coordinator")
def edit_cell(slug: str, number: int, audience: str) -> Answer:
    module, chosen = load_module(slug, number), _audience(audience)
    form = CellForm.of_cell(module, chosen)
    return page_or_fragment("programmes/matrix.html", ROW, **_shown(module, chosen, form=form))


@bp.post("/programmes/<slug>/matrix/<int:number>/<audience>")
@roles_allowed("coordinator")
def save_cell(slug: str, number: int, audience: str) -> Answer | Response:
    module, chosen = load_module(slug, number), _audience(audience)
    form = CellForm.of_cell(module, chosen)

    def action() -> None:
        expect_version(module.programme, form.version_number)
        programme_modules.set_cell(db.session(), module, chosen, **form.written, today=today())

    if refused := attempt(form, action, record=module.programme):
        return page_or_fragment("programmes/matrix.html", ROW, refused, **_shown(module, chosen, form=form))
    db.session.commit()
    where = f"/programmes/{slug}/matrix/{number}?cell={chosen}#module-{number}"
    return fragment_or_redirect(ROW, where, message=_told(module, chosen), **_shown(module, chosen))


def _told(module: Module, audience: Audience) -> str:
    rule = module.rules_by_audience.get(audience)
    told: str = gettext(
        "%(module)s, %(audience)s: %(rule)s",
        module=module.title,
        audience=said(word(audience)).lower(),
        rule=said(word(rule.rule if rule else ModuleRuleKind.NOT_OFFERED)).lower(),
    )
    return told
