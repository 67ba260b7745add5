"""Upload a workbook, see what it would do, mend it, take it in."""

from __future__ import annotations

from flask import abort, make_response, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.cohort_imports import bp
from placements.blueprints.cohort_imports.forms import ConfirmForm, FixForm, UploadForm
from placements.blueprints.cohort_imports.page import noun_words, shown
from placements.clock import now, today
from placements.db import db
from placements.domain import cohort_import_templates, cohort_imports, cohorts
from placements.domain.cohort_import_plans import Plan
from placements.models.cohort_imports import CohortImport
from placements.models.cohorts import Cohort
from placements.web import attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _cohort(slug: str) -> Cohort:
    return get_or_404(cohorts.coordinated_by(current_user), slug=slug)


def _waiting(cohort: Cohort) -> CohortImport:
    return cohort_imports.waiting(db.session(), cohort, current_user, now=now()) or abort(404)


def _plan(upload: CohortImport, cohort: Cohort) -> Plan:
    return cohort_imports.plan_of(db.session(), upload, cohort, today=today())


@bp.get("/cohorts/<slug>/import")
@roles_allowed("coordinator")
def new(slug: str) -> Answer:
    cohort = _cohort(slug)
    waiting = cohort_imports.waiting(db.session(), cohort, current_user, now=now())
    return render_template("cohort_imports/new.html", cohort=cohort, form=UploadForm(), waiting=waiting)


@bp.post("/cohorts/<slug>/import")
@roles_allowed("coordinator")
def upload(slug: str) -> Answer:
    cohort, form = _cohort(slug), UploadForm()

    def action() -> None:
        cohort_imports.keep(
            db.session(), cohort, current_user, filename=form.filename, content=form.content(), now=now()
        )

    if refused := attempt(form, action):
        return render_template("cohort_imports/new.html", cohort=cohort, form=form, waiting=None), refused
    db.session.commit()
    return back_to(f"/cohorts/{slug}/import/preview", message=gettext("Filen er læst. Intet er gemt endnu."))


@bp.get("/cohorts/<slug>/import/template.xlsx")
@roles_allowed("coordinator")
def template(slug: str) -> Answer:
    answer = make_response(cohort_import_templates.empty(_cohort(slug)))
    answer.headers["Content-Type"] = XLSX
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}.xlsx"'
    return answer


@bp.get("/cohorts/<slug>/import/preview")
@roles_allowed("coordinator")
def preview(slug: str) -> Answer:
    cohort = _cohort(slug)
    upload = _waiting(cohort)
    planned = _plan(upload, cohort)
    form = ConfirmForm(data={"seen": planned.fingerprint})
    values = shown(planned, request.args.get("page", 1, type=int))
    return render_template(
        "cohort_imports/preview.html", cohort=cohort, upload=upload, plan=planned, form=form, **values
    )


@bp.post("/cohorts/<slug>/import/preview")
@roles_allowed("coordinator")
def mend(slug: str) -> Answer:
    cohort, form = _cohort(slug), FixForm()
    upload = _waiting(cohort)
    planned = _plan(upload, cohort)
    if form.starts_over:
        cohort_imports.start_over(upload)
    wanted = cohort_imports.suggestions(planned) if form.takes_all else form.chosen()
    taken = cohort_imports.mend(upload, planned, wanted) if not form.starts_over else 0
    db.session.commit()
    return back_to(
        f"/cohorts/{slug}/import/preview", message=gettext("%(number)s rettelser er brugt.", number=taken)
    )


@bp.post("/cohorts/<slug>/import/confirm")
@roles_allowed("coordinator")
def confirm(slug: str) -> Answer:
    cohort, form = _cohort(slug), ConfirmForm()
    upload = _waiting(cohort)

    def action() -> None:
        seen = form.seen.data or ""
        cohort_imports.confirm(
            db.session(), upload, cohort, seen=seen, wishes=form.wishes, today=today(), now=now()
        )

    if refused := attempt(form, action):
        planned = _plan(upload, cohort)
        form.seen.data = planned.fingerprint
        page = "cohort_imports/preview.html"
        values = shown(planned, 1)
        return render_template(page, cohort=cohort, upload=upload, plan=planned, form=form, **values), refused
    db.session.commit()
    return back_to(f"/cohorts/{slug}/import/done", message=gettext("Filen er indlæst."))


@bp.post("/cohorts/<slug>/import/discard")
@roles_allowed("coordinator")
def discard(slug: str) -> Answer:
    cohort = _cohort(slug)
    cohort_imports.forget(db.session(), cohort, current_user)
    db.session.commit()
    return back_to(f"/cohorts/{slug}/import", message=gettext("Filen er slettet. Intet blev gemt."))


@bp.get("/cohorts/<slug>/import/done")
@roles_allowed("coordinator")
def done(slug: str) -> Answer:
    cohort = _cohort(slug)
    mine = cohort_imports.visible_to(current_user, now=now())
    upload = get_or_404(mine.where(CohortImport.cohort_id == cohort.id, CohortImport.result.is_not(None)))
    return render_template("cohort_imports/done.html", cohort=cohort, upload=upload, nouns=noun_words())
