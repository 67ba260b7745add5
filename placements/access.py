"""Who may open what: an audience on every view, checked before it runs, and the login manager.

`@roles_allowed("coordinator")` or `@public` stands on every view; a view without one is never served.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, ParamSpec, TypeVar, cast
from urllib.parse import quote, urlsplit

from flask import Flask, Response, abort, current_app, g, redirect, render_template, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager
from flask_login import current_user as _current_user
from flask_login import login_user as _login_user
from flask_login import logout_user as _logout_user
from werkzeug.wrappers import Response as BaseResponse

from placements import logs
from placements.clock import now
from placements.db import db
from placements.domain import history, sign_ins
from placements.domain.actors import ANONYMOUS, Actor
from placements.models.sign_ins import SignInMethod
from placements.models.users import Role, User

P = ParamSpec("P")
R = TypeVar("R")

EVERYBODY = frozenset[Role]()
SIGNED_IN = frozenset(Role)
ASKED_BY_ITSELF = frozenset({"jobs.show", "registers.show_code"})
"""Views that a page asks again every few seconds (`data-hx-trigger="every …"`), without anybody there."""
current_user = cast(Actor, _current_user)


def roles_allowed(*roles: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let in people with one of these roles; others get 403, and sign-in when not signed in."""
    audience = frozenset(Role(role) for role in roles)

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        view.audience = audience  # type: ignore[attr-defined]
        return view

    return mark


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """Let in everybody who is signed in."""
    view.audience = SIGNED_IN  # type: ignore[attr-defined]
    return view


def public(view: Callable[P, R]) -> Callable[P, R]:
    view.audience = EVERYBODY  # type: ignore[attr-defined]
    return view


def audience_of(view: Callable[..., Any]) -> frozenset[Role]:
    """Raises LookupError for a view that declares none."""
    audience = getattr(view, "audience", None)
    if audience is None:
        raise LookupError(f"{view.__module__}.{view.__name__} declares no audience")
    return cast("frozenset[Role]", audience)


def guard() -> BaseResponse | None:
    """Before each request: is this person among those the view is for?"""
    if request.endpoint is None:
        return None
    audience = audience_of(current_app.view_functions[request.endpoint])
    if audience == EVERYBODY:
        return None
    if not current_user.is_authenticated:
        return ask_to_sign_in()
    if not audience & current_user.roles:
        abort(403)
    return None


def _path_asked_for() -> str:
    """The page to come back to: for a fragment or a form, the page it stands on."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.full_path.rstrip("?")
    return path_on_this_host(request.headers.get("HX-Current-URL") or request.referrer)


def path_on_this_host(url: str | None) -> str:
    """The path and query of a page's address, whatever host it claims; "/" when it cannot be read."""
    try:
        here = urlsplit(url or "/")
    except ValueError:
        return "/"
    return safe_next(here.path + (f"?{here.query}" if here.query else ""))


def safe_next(path: str | None) -> str:
    """A path on this host, or "/": one leading slash, no scheme, host, backslash or control character."""
    if not path or not path.startswith("/") or path.startswith("//") or "\\" in path:
        return "/"
    if any(ord(char) < 32 for char in path) or urlsplit(path).netloc:
        return "/"
    return path


def ask_to_sign_in() -> BaseResponse:
    """To the sign-in and back. What somebody was about to save stays in front of them instead."""
    location = f"/login?next={quote(_path_asked_for(), safe='')}"
    htmx = bool(request.headers.get("HX-Request"))
    if request.method in {"GET", "HEAD"}:
        return Response(status=401, headers={"HX-Redirect": location}) if htmx else redirect(location, 303)
    if htmx:
        return Response(status=401)
    typed = [(name, text) for name, text in request.form.items(multi=True) if name != "csrf_token"]
    page = "sign_in/signed_out.html"
    return Response(render_template(page, typed=typed, location=location, again=request.full_path), 401)


def establish(user: User, method: SignInMethod) -> None:
    """The only way in: a fresh browser session tied to a new server-side one.

    What the browser held before is gone; who signs in again as before keeps the token of their open forms.
    """
    kept = {"locale"}
    if before := session.get("_user_id"):
        if sign_ins.owner_of(db.session(), before) == user.id:
            kept.add("csrf_token")
        sign_ins.close_session(db.session(), before, now=now())
    actor = sign_ins.open_session(db.session(), user, method=method, now=now())
    values = {name: session[name] for name in kept if name in session}
    session.clear()
    session.update(values)
    session.permanent = True
    session["seen"] = _seconds()
    _login_user(actor)
    logs.security("signed_in", actor=user.id)


def leave() -> None:
    """Ends the session on the server, so that a copied cookie is worth nothing."""
    if current_user.is_authenticated:
        sign_ins.close_session(db.session(), current_user.session_key, now=now())
        logs.security("signed_out", actor=current_user.id)
    _logout_user()
    session.clear()


def was_signed_in() -> bool:
    """Whether this browser holds a session that has ended by itself."""
    return "_user_id" in session and not current_user.is_authenticated


def _seconds() -> int:
    return int(datetime.now(UTC).timestamp())


def _load(key: str) -> Actor | None:
    idle = current_app.config["SESSION_IDLE"].total_seconds()
    if _seconds() - session.get("seen", 0) > idle:
        return None
    return sign_ins.actor_of(db.session(), key, now=now())


def _keep_awake() -> None:
    """Note at most once a minute that the person is here (in the cookie: a GET writes nothing).

    A page that asks again by itself, on a screen that somebody may have left, says nothing of it.
    """
    if request.headers.get("HX-Request") and request.endpoint in ASKED_BY_ITSELF:
        return
    if "_user_id" in session and _seconds() - session.get("seen", 0) > 60 and current_user.is_authenticated:
        session["seen"] = _seconds()


def _act_as() -> None:
    if "_user_id" in session:
        history.act_as(db.session(), current_user.id, g.request_id, current_user.acting_name)
    else:
        history.act_as(db.session(), None, g.request_id)


def become(acting_name: str) -> None:
    """Of those who share this account it is this one, now and for the rest of the session."""
    actor = replace(cast(Any, _current_user)._get_current_object(), acting_name=acting_name)
    if acting_name != current_user.acting_name:
        sign_ins.remember(db.session(), actor.session_key, acting_name)
    g._login_user = actor
    _act_as()


class Sessions(SecureCookieSessionInterface):
    """An answer that any cache may keep carries nobody's session."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not response.cache_control.public:
            super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    app.session_interface = Sessions()
    manager = LoginManager(app)
    manager.session_protection = None
    manager.anonymous_user = lambda: ANONYMOUS
    manager.user_loader(_load)
    app.before_request(guard)
    app.before_request(_act_as)
    app.before_request(_keep_awake)
    cast(Any, app.view_functions["static"]).audience = EVERYBODY
