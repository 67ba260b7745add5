"""The pairs of a cohort; beside them who is not admitted, and whose time is not agreed."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.pairs import bp
from placements.blueprints.pairs.forms import PairForm
from placements.clock import today
from placements.db import db
from placements.domain import admissions, cohorts, enrolments, pairs, working_time
from placements.web import back_to, get_or_404

Answer = str | Response | tuple[str, int]


@bp.get("/cohorts/<slug>/pairs")
@roles_allowed("coordinator")
def show(slug: str) -> Answer:
    cohort, session = get_or_404(cohorts.coordinated_by(current_user), slug=slug), db.session()
    return render_template(
        "pairs/show.html",
        cohort=cohort,
        found=pairs.overview(session, cohort),
        fits=pairs.fits,
        waiting=admissions.not_admitted(session, cohort),
        standings=working_time.of_cohort(session, cohort, today=today()),
    )


@bp.post("/cohorts/<slug>/pairs")
@roles_allowed("coordinator")
def link(slug: str) -> Answer:
    cohort = get_or_404(cohorts.coordinated_by(current_user), slug=slug)
    peer_id, colleague_id = PairForm().ids
    peer = get_or_404(enrolments.coordinated_by(current_user), peer_id)
    colleague = get_or_404(enrolments.coordinated_by(current_user), colleague_id)
    pairs.link(db.session(), peer, colleague)
    db.session.commit()
    said = gettext(
        "%(peer)s og %(colleague)s er nu et par.", peer=peer.user.name, colleague=colleague.user.name
    )
    return back_to(f"/cohorts/{cohort.slug}/pairs", message=said)


@bp.post("/pairs/<int:peer_pair_id>/remove")
@roles_allowed("coordinator")
def unlink(peer_pair_id: int) -> Answer:
    pair = get_or_404(pairs.visible_to(current_user), peer_pair_id)
    slug = pair.peer.cohort.slug
    pairs.unlink(db.session(), pair)
    db.session.commit()
    return back_to(f"/cohorts/{slug}/pairs", message=gettext("De to er ikke et par længere."))
