"""Ask for a link, confirm it, or type the code. A GET never signs anybody in, so a link scanner burns nothing."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request, session
from werkzeug.wrappers import Response

from placements.access import current_user, establish, leave, public, safe_next, signed_in
from placements.blueprints.sign_in import bp
from placements.blueprints.sign_in.forms import CodeForm, ConfirmForm, EmailForm
from placements.clock import now
from placements.db import db, writing
from placements.domain import sign_ins
from placements.domain.rules import RuleBroken
from placements.models.users import User
from placements.web import attempt

Answer = str | Response | tuple[str, int]


def _remember(asked: sign_ins.Asked) -> None:
    session["challenge"] = [asked.challenge_id, asked.browser]


def _challenge() -> tuple[int, str] | None:
    kept = session.get("challenge")
    return (int(kept[0]), str(kept[1])) if kept else None


def _ask(email: str, next_path: str | None) -> None:
    asked = sign_ins.ask(
        db.session(), email, address=request.remote_addr or "", next_path=next_path, now=now()
    )
    db.session.commit()
    _remember(asked)


@bp.get("/login")
@public
def ask() -> Answer:
    if current_user.is_authenticated:
        return redirect(safe_next(request.args.get("next")), 303)
    return render_template("sign_in/ask.html", form=EmailForm(), next=safe_next(request.args.get("next")))


@bp.post("/login")
@public
def send() -> Answer:
    form = EmailForm()
    next_path = safe_next(request.args.get("next"))
    if refused := attempt(form, lambda: _ask(form.email.data, next_path)):
        return render_template("sign_in/ask.html", form=form, next=next_path), refused
    return redirect("/login/code", 303)


@bp.get("/login/code")
@public
def code() -> Answer:
    if _challenge() is None:
        return redirect("/login", 303)
    return render_template("sign_in/code.html", form=CodeForm())


def _enter(found: tuple[User, str | None]) -> Response:
    user, next_path = found
    establish(user)
    db.session.commit()
    return redirect(safe_next(next_path), 303)


def _by_code(form: CodeForm) -> tuple[User, str | None]:
    """The try is counted, and kept, before the code is looked at."""
    challenge = _challenge()
    if challenge is None:
        raise RuleBroken(sign_ins.CODE_GONE, field="code")
    with writing():
        counted = sign_ins.count_try(db.session(), challenge[0])
        db.session.commit()
    if not counted:
        raise RuleBroken(sign_ins.CODE_GONE, field="code")
    with writing():
        found = sign_ins.use_code(db.session(), challenge[0], form.code.data, browser=challenge[1], now=now())
    return found


def _typed(page: str, **values: Any) -> Answer:
    form = CodeForm()
    found: list[tuple[User, str | None]] = []
    if refused := attempt(form, lambda: found.append(_by_code(form))):
        return render_template(page, form=form, **values), refused
    return _enter(found[0])


@bp.post("/login/code")
@public
def use_code() -> Answer:
    return _typed("sign_in/code.html")


@bp.get("/login/<token>")
@public
def confirm(token: str) -> Answer:
    return render_template("sign_in/confirm.html", form=ConfirmForm())


@bp.post("/login/<token>")
@public
def use_link(token: str) -> Answer:
    form = ConfirmForm()
    found: list[tuple[User, str | None]] = []
    browser = (_challenge() or (0, ""))[1]

    def use() -> None:
        found.append(sign_ins.use_link(db.session(), token, browser=browser, now=now()))

    if refused := attempt(form, use):
        return render_template("sign_in/expired.html", form=form, token=token), refused
    return _enter(found[0])


@bp.post("/login/<token>/again")
@public
def send_again(token: str) -> Answer:
    """A new link for whoever holds an old one, with no further typing."""
    email = sign_ins.email_of_link(db.session(), token)
    _ask(email or f"{token}@unknown.invalid", None)
    return redirect("/login/code", 303)


@bp.post("/logout")
@signed_in
def log_out() -> Answer:
    leave()
    db.session.commit()
    response = redirect("/", 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.get("/tasks/<token>")
@public
def task(token: str) -> Answer:
    """The mailed task: open it at once when signed in, otherwise sign in on this very page."""
    link = sign_ins.task_of(db.session(), token)
    if link is None:
        abort(404)
    if current_user.id == link.user_id:
        return redirect(link.path, 303)
    form = CodeForm() if session.get("task") == token and _challenge() else None
    return render_template("sign_in/task.html", form=form, confirm=ConfirmForm(), email=link.user.email, token=token)


@bp.post("/tasks/<token>/send")
@public
def send_task_code(token: str) -> Answer:
    link = sign_ins.task_of(db.session(), token)
    if link is None:
        abort(404)
    _ask(link.user.email, link.path)
    session["task"] = token
    return redirect(f"/tasks/{token}", 303)


@bp.post("/tasks/<token>")
@public
def use_task_code(token: str) -> Answer:
    link = sign_ins.task_of(db.session(), token)
    if link is None:
        abort(404)
    return _typed("sign_in/task.html", confirm=ConfirmForm(), email=link.user.email, token=token)


@bp.post("/language")
@public
def choose_language() -> Answer:
    chosen = request.form.get("locale", "da")
    session["locale"] = chosen if chosen in {"da", "en"} else "da"
    return redirect(safe_next(request.form.get("next")), 303)
