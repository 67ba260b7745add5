"""Is this document genuine? Tells whoever holds its code or its file, and nobody without."""

from __future__ import annotations

from flask import Response as Plain
from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response

from placements.access import public
from placements.blueprints.verify import bp
from placements.blueprints.verify.forms import CodeForm, FileForm
from placements.clock import now
from placements.db import db, writing
from placements.domain import diplomas, verify
from placements.domain.verify_answers import Answer as Told
from placements.printing import uploads
from placements.web import attempt, takes_file

Answer = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]
UNLISTED = {"X-Robots-Tag": "noindex"}


def _asked(status: int = 200, *, form: CodeForm | None = None, upload: FileForm | None = None) -> Answer:
    forms = {"form": form or CodeForm(formdata=None), "upload": upload or FileForm(formdata=None)}
    return render_template("verify/ask.html", seals=verify.seals(db.session()), **forms), status


@bp.get("/verify")
@bp.get("/verify/file")
@public
def ask() -> Answer:
    return _asked()


@bp.post("/verify")
@public
def look_up() -> Answer:
    form = CodeForm()
    if refused := attempt(form, lambda: None):
        return _asked(refused, form=form)
    return redirect(f"/verify/{diplomas.tidy(form.code.data or '') or '-'}", 303)


@bp.get("/verify/<code>")
@public
def show(code: str) -> Answer:
    """A wrong code is counted, so this reads and writes at once. No search engine keeps the page."""
    session = db.session()
    session.rollback()
    with writing():
        answer = verify.look_up(session, code, address=request.remote_addr or "", now=now())
        session.commit()
    return render_template("verify/show.html", answer=answer), 200 if answer else 404, UNLISTED


@bp.post("/verify/file")
@public
@takes_file(verify.LARGEST)
def look_up_file() -> Answer:
    """Counted before it is inspected, and inspected while no transaction is open."""
    session, form, found = db.session(), FileForm(), list[Told | None]()
    content, address = form.file.content(), request.remote_addr or ""

    def action() -> None:
        found.append(verify.look_up_file(session, content, address=address, now=now()))

    if refused := attempt(form, action):
        return _asked(refused, upload=form)
    seals = verify.seals(session)
    session.commit()
    answer = found[0] or uploads.judged(content, seals)
    return render_template("verify/file.html", answer=answer), 200, UNLISTED


@bp.get("/verify/seal.pem")
@public
def certificates() -> Answer:
    """For those who check a seal with a program of their own."""
    seals = verify.seals(db.session()) or abort(404)
    text = "".join(seal.certificate.strip() + "\n" for seal in seals.values())
    named = {"Content-Disposition": "inline; filename=seal.pem"}
    return Plain(text, mimetype="application/x-pem-file", headers=named)
