"""Ask for a link, confirm it, or type the code. A GET signs nobody in, so a link scanner burns nothing."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, redirect, render_template, request, session
from werkzeug.wrappers import Response

from placements import logs
from placements.access import current_user, establish, leave, public, safe_next, was_signed_in
from placements.blueprints.sign_in import bp
from placements.blueprints.sign_in.forms import CodeForm, ConfirmForm, EmailForm
from placements.clock import now
from placements.db import db, writing
from placements.domain import sign_ins
from placements.domain.rules import RuleBroken
from placements.models.sign_ins import TaskLink
from placements.web import Form, attempt

Answer = str | Response | tuple[str, int]


# What this browser has asked for


def _remember(asked: sign_ins.Asked) -> None:
    session["challenge"] = [asked.challenge_id, asked.browser]


def _challenge() -> tuple[int, str] | None:
    kept = session.get("challenge")
    return (int(kept[0]), str(kept[1])) if kept else None


def _ask(email: str, next_path: str | None) -> None:
    address = request.remote_addr or ""
    _remember(sign_ins.ask(db.session(), email, address=address, next_path=next_path, now=now()))
    db.session.commit()


# Signing in


def _entering(form: Form, find: Callable[[], sign_ins.Entered]) -> Response | int:
    """Into the page that was asked for, or the status to show the form again with."""
    found: list[sign_ins.Entered] = []
    if refused := attempt(form, lambda: found.append(find())):
        logs.security("sign_in_refused")
        return refused
    entered = found[0]
    establish(entered.user, entered.method)
    db.session.commit()
    return redirect(safe_next(entered.next_path), 303)


def _by_code(form: CodeForm) -> sign_ins.Entered:
    """The try is counted, and kept, before the code is looked at."""
    challenge_id, browser = _challenge() or (0, "")
    with writing():
        counted = sign_ins.count_try(db.session(), challenge_id)
        db.session.commit()
    if not counted:
        raise RuleBroken(sign_ins.CODE_GONE, field="code")
    with writing():
        return sign_ins.use_code(db.session(), challenge_id, form.code.data or "", browser=browser, now=now())


@bp.get("/login")
@public
def ask() -> Answer:
    next_path = safe_next(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(next_path, 303)
    return render_template("sign_in/ask.html", form=EmailForm(), next=next_path, away=was_signed_in())


@bp.post("/login")
@public
def send() -> Answer:
    form, next_path = EmailForm(), safe_next(request.args.get("next"))
    if refused := attempt(form, lambda: _ask(form.email.data or "", next_path)):
        return render_template("sign_in/ask.html", form=form, next=next_path), refused
    return redirect("/login/code", 303)


@bp.get("/login/code")
@public
def code() -> Answer:
    if _challenge() is None:
        return redirect("/login", 303)
    return render_template("sign_in/code.html", form=CodeForm())


@bp.post("/login/code")
@public
def use_code() -> Answer:
    form = CodeForm()
    entered = _entering(form, lambda: _by_code(form))
    return (
        entered
        if isinstance(entered, Response)
        else (render_template("sign_in/code.html", form=form), entered)
    )


@bp.get("/login/<token>")
@public
def confirm(token: str) -> Answer:
    return render_template("sign_in/confirm.html", token=token)


@bp.post("/login/<token>")
@public
def use_link(token: str) -> Answer:
    form, (_, browser) = ConfirmForm(), _challenge() or (0, "")
    entered = _entering(form, lambda: sign_ins.use_link(db.session(), token, browser=browser, now=now()))
    if isinstance(entered, Response):
        return entered
    return render_template("sign_in/expired.html", form=form, token=token), entered


@bp.post("/login/again")
@public
def send_again() -> Answer:
    """A new link and code with no further typing, for whoever asked in this browser or holds an old link."""
    token, (challenge_id, browser) = request.form.get("token"), _challenge() or (0, "")
    old = (
        sign_ins.by_token(db.session(), token)
        if token
        else sign_ins.by_browser(db.session(), challenge_id, browser)
    )
    if old is None:
        return redirect("/login", 303)
    _remember(sign_ins.ask_again(db.session(), old, address=request.remote_addr or "", now=now()))
    db.session.commit()
    return redirect("/login/code", 303)


@bp.post("/logout")
@public
def log_out() -> Answer:
    leave()
    db.session.commit()
    response = redirect("/", 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


# The link in a task mail


def _task_or_404(token: str) -> TaskLink:
    link = sign_ins.task_of(db.session(), token)
    if link is None or not link.user.active:
        abort(404)
    return link


def _task_page(link: TaskLink, token: str, form: CodeForm | None) -> str:
    return render_template("sign_in/task.html", form=form, email=link.user.email, token=token)


@bp.get("/tasks/<token>")
@public
def task(token: str) -> Answer:
    """The task itself to whoever it is for; others sign in on this very page."""
    link = _task_or_404(token)
    if current_user.id == link.user_id:
        return redirect(link.path, 303)
    return _task_page(link, token, CodeForm() if session.get("task") == token and _challenge() else None)


@bp.post("/tasks/<token>/send")
@public
def send_task_code(token: str) -> Answer:
    link = _task_or_404(token)
    _ask(link.user.email, link.path)
    session["task"] = token
    return redirect(f"/tasks/{token}", 303)


@bp.post("/tasks/<token>")
@public
def use_task_code(token: str) -> Answer:
    link, form = _task_or_404(token), CodeForm()
    entered = _entering(form, lambda: _by_code(form))
    return entered if isinstance(entered, Response) else (_task_page(link, token, form), entered)


@bp.post("/language")
@public
def choose_language() -> Answer:
    chosen = request.form.get("locale", "da")
    session["locale"] = chosen if chosen in {"da", "en"} else "da"
    return redirect(safe_next(request.form.get("next")), 303)
