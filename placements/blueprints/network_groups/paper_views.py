"""A group on one sheet."""

from __future__ import annotations

from flask_babel import get_locale
from werkzeug.wrappers import Response

from placements import printing
from placements.access import current_user, roles_allowed
from placements.blueprints.network_groups import bp
from placements.clock import today
from placements.db import db
from placements.domain import network_lists
from placements.web import get_or_404, pdf_shown


@bp.get("/network-groups/<int:group_id>.pdf")
@roles_allowed("coordinator", "teacher", "student")
def print_list(group_id: int) -> Response:
    group = get_or_404(network_lists.with_list(current_user), group_id)
    printed = printing.lists.group_list(
        db.session(), group, current_user, on=today(), locale=str(get_locale())
    )
    return pdf_shown(printed.filename, printed.pdf)
