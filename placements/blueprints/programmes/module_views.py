"""The modules of a programme, one at a time."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext

from placements.access import current_user, roles_allowed
from placements.blueprints.programmes import bp
from placements.blueprints.programmes.edit_views import Answer, coordinated
from placements.blueprints.programmes.module_forms import ModuleForm, NewModuleForm, RemovalForm
from placements.clock import today
from placements.db import db
from placements.domain import programme_modules, programmes
from placements.domain.rules import expect_version
from placements.models.programmes import Module
from placements.web import attempt, back_to, get_or_404


def load_module(slug: str, number: int) -> Module:
    return get_or_404(programmes.modules_coordinated_by(current_user, slug, number))


@bp.get("/programmes/<slug>/modules/new")
@roles_allowed("coordinator")
def new_module(slug: str) -> Answer:
    programme = coordinated(slug)
    form = NewModuleForm.of(programme)
    return render_template("programmes/new_module.html", programme=programme, form=form)


@bp.post("/programmes/<slug>/modules/new")
@roles_allowed("coordinator")
def add_module(slug: str) -> Answer:
    programme = coordinated(slug)
    form = NewModuleForm.of(programme)

    def action() -> None:
        expect_version(programme, form.version_number)
        programme_modules.add(
            db.session(), programme, form.new_module, balance=form.balance_number, today=today()
        )

    if refused := attempt(form, action, record=programme):
        return render_template("programmes/new_module.html", programme=programme, form=form), refused
    db.session.commit()
    return back_to(f"/programmes/{slug}#modules", message=gettext("Modulet er tilføjet."))


@bp.get("/programmes/<slug>/modules/<int:number>")
@roles_allowed("coordinator")
def edit_module(slug: str, number: int) -> Answer:
    module = load_module(slug, number)
    return _module_page(module, ModuleForm.of_module(module), RemovalForm.of_module(module))


def _module_page(module: Module, form: ModuleForm, removal: RemovalForm) -> str:
    return render_template("programmes/module.html", module=module, form=form, removal=removal)


@bp.post("/programmes/<slug>/modules/<int:number>")
@roles_allowed("coordinator")
def save_module(slug: str, number: int) -> Answer:
    module = load_module(slug, number)
    form = ModuleForm.of_module(module)

    def action() -> None:
        expect_version(module.programme, form.version_number)
        programme_modules.change(
            db.session(), module, **form.written, balance=form.balance_number, today=today()
        )

    if refused := attempt(form, action, record=module.programme):
        return _module_page(module, form, RemovalForm.of_module(module, formdata=None)), refused
    db.session.commit()
    return back_to(f"/programmes/{slug}#modules", message=gettext("Modulet er gemt."))


@bp.post("/programmes/<slug>/modules/<int:number>/remove")
@roles_allowed("coordinator")
def remove_module(slug: str, number: int) -> Answer:
    module = load_module(slug, number)
    form = RemovalForm.of_module(module)

    def action() -> None:
        expect_version(module.programme, form.version_number)
        programme_modules.remove(db.session(), module, balance=form.balance_number, today=today())

    if refused := attempt(form, action):
        return _module_page(module, ModuleForm.of_module(module, formdata=None), form), refused
    db.session.commit()
    return back_to(f"/programmes/{slug}#modules", message=gettext("Modulet er fjernet."))
