"""A party says what does not fit before signing; the coordinator puts it right and says so."""

from __future__ import annotations

from flask import abort, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.agreement_remarks import bp
from placements.blueprints.agreement_remarks.forms import RemarkForm
from placements.clock import now
from placements.db import db
from placements.domain import agreement_remarks, agreements, placements
from placements.domain.agreement_states import of_placement
from placements.models.agreements import AgreementVersion
from placements.web import attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]


def _shown(placement_id: int) -> AgreementVersion:
    placement = get_or_404(placements.visible_to(current_user), placement_id)
    agreement = of_placement(db.session(), placement.id)
    version = agreements.shown_version(agreement, current_user) if agreement else None
    if version is None:
        abort(404)
    return version


def _page(version: AgreementVersion, form: RemarkForm) -> str:
    return render_template("agreement_remarks/new.html", placement=version.agreement.placement, form=form)


@bp.get("/new")
@roles_allowed("host", "student")
def new(placement_id: int) -> Answer:
    return _page(_shown(placement_id), RemarkForm())


@bp.post("/new")
@roles_allowed("host", "student")
def say(placement_id: int) -> Answer:
    version = _shown(placement_id)
    form = RemarkForm()

    def action() -> None:
        agreement_remarks.say(db.session(), version, current_user, text=form.text.data or "", now=now())

    if refused := attempt(form, action):
        return _page(version, form), refused
    db.session.commit()
    return back_to(
        f"/placements/{placement_id}/agreement",
        message=gettext("Koordinatoren får besked. Du skal ikke skrive under, før det er på plads."),
    )


@bp.post("/<int:remark_id>/settle")
@roles_allowed("coordinator")
def settle(placement_id: int, remark_id: int) -> Answer:
    placement = get_or_404(placements.coordinated_by(current_user), placement_id)
    remark = get_or_404(agreement_remarks.settleable_by(current_user, placement), remark_id)
    agreement_remarks.settle(remark, now=now())
    db.session.commit()
    return back_to(f"/placements/{placement_id}/agreement", message=gettext("Det er skrevet ned som klaret."))
