"""What a programme consists of: modules, outcomes, rules, criteria."""

from __future__ import annotations

from flask import render_template

from placements.access import current_user, roles_allowed
from placements.blueprints.programmes import bp
from placements.clock import today
from placements.domain import programmes
from placements.models.programmes import Audience
from placements.web import get_or_404


@bp.get("/programmes/<slug>")
@roles_allowed("coordinator", "teacher", "admin")
def show(slug: str) -> str:
    programme = get_or_404(programmes.visible_to(current_user), slug=slug)
    return render_template(
        "programmes/show.html",
        programme=programme,
        organiser=programme.organiser_on(today()),
        audiences=list(Audience),
    )
