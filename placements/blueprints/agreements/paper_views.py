"""The agreement signed with a pen: the coordinator uploads the scan, the parties can fetch it."""

from __future__ import annotations

from flask import Response, abort, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from placements import printing
from placements.access import current_user, roles_allowed
from placements.blueprints.agreements import bp
from placements.blueprints.agreements.forms import PaperForm
from placements.clock import now, today
from placements.db import db
from placements.domain import agreement_paper, agreements, placements, scans
from placements.domain.agreement_states import of_placement
from placements.models.agreements import Agreement
from placements.web import attempt, back_to, chosen, get_or_404, takes_file

Answer = str | BaseResponse | tuple[str, int]


def _coordinated(placement_id: int) -> Agreement:
    placement = get_or_404(placements.coordinated_by(current_user), placement_id)
    agreement = of_placement(db.session(), placement.id)
    if agreement is None:
        abort(404)
    return agreement


def _page(agreement: Agreement, form: PaperForm, status: int = 200) -> tuple[str, int]:
    return render_template("agreements/paper.html", agreement=agreement, form=form), status


@bp.get("/agreement/paper")
@roles_allowed("coordinator")
def paper(placement_id: int) -> Answer:
    agreement = _coordinated(placement_id)
    return _page(agreement, PaperForm.on(agreement.current))


@bp.post("/agreement/paper")
@roles_allowed("coordinator")
@takes_file(scans.LARGEST)
def record_paper(placement_id: int) -> Answer:
    agreement = _coordinated(placement_id)
    version, form = agreement.current, PaperForm.on(agreement.current)

    def action() -> None:
        session, number = db.session(), f"{agreement.number}-{version.number}"
        printing.agreements.freeze_to_sign(session, version, now=now())
        scan = scans.keep(session, form.scan.content(), name=form.scan.filename, number=number, now=now())
        agreement_paper.record(
            session,
            version,
            current_user,
            scan=scan,
            names=form.names,
            signed_on=chosen(form.signed_on),
            read=form.read_number,
            today=today(),
            now=now(),
        )
        printing.agreements.freeze_when_signed(session, version, now=now())

    if refused := attempt(form, action):
        return _page(agreement, form, refused)
    db.session.commit()
    return back_to(
        f"/placements/{placement_id}/agreement",
        message=gettext("Papiret er gemt, og underskrifterne er skrevet ind."),
    )


@bp.get("/agreement/scans/<int:scan_id>")
@roles_allowed("coordinator", "host", "student")
def scan(placement_id: int, scan_id: int) -> Answer:
    """As it was uploaded, to be saved and never shown by the browser; for the parties alone."""
    placement = get_or_404(placements.visible_to(current_user), placement_id)
    agreement = of_placement(db.session(), placement.id)
    version = agreements.shown_version(agreement, current_user) if agreement else None
    found = agreement_paper.scan_of(version, scan_id) if version else None
    if found is None:
        abort(404)
    headers = {"Content-Disposition": f'attachment; filename="{found.filename}"'}
    return Response(found.content, mimetype=found.printed["type"], headers=headers)
