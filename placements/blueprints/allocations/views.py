"""Proposals for a cohort side by side, one of them student by student, and the pairs settled beforehand."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.allocations import bp
from placements.blueprints.allocations.forms import PairForm, VersionForm
from placements.clock import now, today
from placements.db import db
from placements.domain import allocation_inputs, allocation_lists, allocation_pairs, allocations, cohorts
from placements.models.allocations import Allocation
from placements.models.cohorts import Cohort
from placements.web import attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]


def _cohort(slug: str) -> Cohort:
    return get_or_404(cohorts.coordinated_by(current_user), slug=slug)


def _allocation(slug: str, allocation_id: int) -> Allocation:
    """Of this very cohort."""
    proposals = allocations.visible_to(current_user).where(Allocation.cohort_id == _cohort(slug).id)
    return get_or_404(proposals, allocation_id)


@bp.get("/allocation/<slug>")
@roles_allowed("coordinator")
def index(slug: str) -> Answer:
    cohort = _cohort(slug)
    return _index(cohort, PairForm())


def _index(cohort: Cohort, form: PairForm, status: int = 200) -> tuple[str, int]:
    session = db.session()
    inputs = allocation_inputs.read(session, cohort, today=today())
    settled = allocation_pairs.of_cohort(session, cohort)
    lines = [allocation_lists.line(one, inputs) for one in allocations.of_cohort(session, cohort)]
    return render_template(
        "allocations/index.html",
        cohort=cohort,
        form=form.among(inputs),
        inputs=inputs,
        lines=lines,
        pairs=allocation_lists.pairs(settled, inputs),
    ), status


@bp.post("/allocation/<slug>/propose")
@roles_allowed("coordinator")
def propose(slug: str) -> Answer:
    cohort, session = _cohort(slug), db.session()
    inputs = allocation_inputs.read(session, cohort, today=today())
    made = allocations.propose(session, cohort, inputs, by=current_user.id, now=now())
    session.commit()
    said = gettext("Forslag %(number)s er klar. Intet er ændret endnu.", number=made.number)
    return back_to(f"/allocation/{cohort.slug}/{made.id}", message=said)


@bp.get("/allocation/<slug>/<int:allocation_id>")
@roles_allowed("coordinator")
def show(slug: str, allocation_id: int) -> Answer:
    allocation, session = _allocation(slug, allocation_id), db.session()
    inputs = allocation_inputs.read(session, allocation.cohort, today=today())
    return render_template(
        "allocations/show.html",
        allocation=allocation,
        cohort=allocation.cohort,
        line=allocation_lists.line(allocation, inputs),
        rows=allocation_lists.rows(allocation, inputs),
        verbs=allocations.verbs_for(allocation),
        changes=allocations.changed_since(allocation, inputs),
        waiting={one.id for one in inputs.facts.students},
    )


@bp.post("/allocation/<slug>/<int:allocation_id>/commit")
@roles_allowed("coordinator")
def commit(slug: str, allocation_id: int) -> Answer:
    allocation = _allocation(slug, allocation_id)
    allocations.commit(db.session(), allocation, version=VersionForm().version_number, today=today())
    db.session.commit()
    said = gettext("Forløbene er lavet som kladder. Praktikstederne spørges først, når I foreslår dem.")
    return back_to(f"/allocation/{slug}/{allocation.id}", message=said)


@bp.post("/allocation/<slug>/<int:allocation_id>/undo")
@roles_allowed("coordinator")
def undo(slug: str, allocation_id: int) -> Answer:
    allocation = _allocation(slug, allocation_id)
    allocations.undo(db.session(), allocation, version=VersionForm().version_number)
    db.session.commit()
    said = gettext("Fordelingen er taget tilbage. Kladderne er væk, og pladserne er ledige igen.")
    return back_to(f"/allocation/{slug}/{allocation.id}", message=said)


@bp.post("/allocation/<slug>/pairs")
@roles_allowed("coordinator")
def settle(slug: str) -> Answer:
    cohort, session = _cohort(slug), db.session()
    form = PairForm().among(allocation_inputs.read(session, cohort, today=today()))

    def action() -> None:
        allocation_pairs.settle(
            session, cohort, by=current_user.id, today=today(), now=now(), **form.values()
        )

    if refused := attempt(form, action):
        return _index(cohort, form, refused)
    session.commit()
    said = gettext("Det er gemt. Lav et nyt forslag for at se, hvad det betyder.")
    return back_to(f"/allocation/{cohort.slug}", message=said)


@bp.post("/allocation/<slug>/pairs/<int:pair_id>/remove")
@roles_allowed("coordinator")
def remove(slug: str, pair_id: int) -> Answer:
    cohort = _cohort(slug)
    db.session.delete(get_or_404(allocation_pairs.visible_to(current_user), pair_id))
    db.session.commit()
    said = gettext("Parret er frit igen. Lav et nyt forslag for at se, hvad det betyder.")
    return back_to(f"/allocation/{cohort.slug}", message=said)
