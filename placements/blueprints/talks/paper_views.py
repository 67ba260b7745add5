"""A talk on paper: empty, to be filled in with a pen, or as it was written."""

from __future__ import annotations

from werkzeug.wrappers import Response

from placements import printing
from placements.access import current_user, roles_allowed
from placements.blueprints.talks import bp
from placements.blueprints.talks.page import kind_of
from placements.domain import placements, talks
from placements.models.placements import Placement
from placements.models.talks import Talk, TalkKind
from placements.web import get_or_404, pdf_shown


@bp.get("/placements/<int:placement_id>/talks/<kind>/blank.pdf")
@roles_allowed("coordinator", "host", "student")
def blank(placement_id: int, kind: str) -> Response:
    placement = get_or_404(placements.visible_to(current_user), placement_id)
    return _printed(placement, kind_of(kind), None)


@bp.get("/placements/<int:placement_id>/talks/<kind>/written.pdf")
@roles_allowed("coordinator", "host", "student")
def written(placement_id: int, kind: str) -> Response:
    placement = get_or_404(placements.visible_to(current_user), placement_id)
    talk = get_or_404(talks.of_kind(talks.visible_to(current_user), placement, kind_of(kind)))
    return _printed(placement, talk.kind, talk)


def _printed(placement: Placement, kind: TalkKind, talk: Talk | None) -> Response:
    filename, content = printing.sheets.talk_sheet(placement, kind, talk)
    return pdf_shown(filename, content)
