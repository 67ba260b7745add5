"""What a programme consists of: modules, outcomes, rules, criteria; and all of it as a file."""

from __future__ import annotations

from flask import Response, render_template

from placements.access import current_user, roles_allowed
from placements.blueprints.programmes import bp
from placements.clock import today
from placements.db import db
from placements.domain import history, programme_edits, programmes
from placements.domain.programme_files import write
from placements.history_words import tell
from placements.models.programmes import Audience
from placements.web import get_or_404


@bp.get("/programmes/<slug>")
@roles_allowed("coordinator", "teacher", "admin")
def show(slug: str) -> str:
    programme = get_or_404(programmes.with_modules(programmes.visible_to(current_user)), slug=slug)
    may_edit = programme.id in current_user.programme_ids
    entries = tell(db.session(), history.of(db.session(), programme)) if may_edit else []
    return render_template(
        "programmes/show.html",
        programme=programme,
        organiser=programme.organiser_on(today()),
        audiences=list(Audience),
        may_edit=may_edit,
        entries=entries,
    )


@bp.get("/programmes/<slug>.toml")
@roles_allowed("coordinator", "teacher", "admin")
def export(slug: str) -> Response:
    programme = get_or_404(programmes.visible_to(current_user), slug=slug)
    text = write(programme_edits.exported(db.session(), programme))
    saved_as = {"Content-Disposition": f'attachment; filename="{slug}.toml"'}
    return Response(text, mimetype="application/toml", headers=saved_as)
