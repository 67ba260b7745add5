"""Two fast clicks make one change, also without JavaScript: every form carries a key that is used once.

The second click waits for the first one's answer and is led to the same place. What was refused may be sent
again.
"""

from __future__ import annotations

import secrets
from time import monotonic, sleep

from flask import Flask, g, redirect, request
from werkzeug.wrappers import Response

from placements.access import current_user
from placements.clock import now
from placements.db import db, set_write_intent, writing
from placements.domain import sent_forms
from placements.domain.rules import Stale
from placements.web import UNSAFE, wants_fragment

PATIENCE = 4.0


def _first_time() -> Response | None:
    once = request.form.get("once") if request.method in UNSAFE and not wants_fragment() else None
    if not once:
        return None
    key = f"{current_user.id} {request.path} {once}"
    with writing():
        first = sent_forms.claim(db.session(), key, now=now())
        db.session.commit()
    if not first:
        return _led_on(key)
    g.once = key
    set_write_intent(True)
    return None


def _led_on(key: str) -> Response:
    """To where the first click led; while it is still being answered, wait for it.

    Without an answer it was given up on the way (a server that was stopped): say so, and let it be sent anew.
    """
    set_write_intent(False)
    until = monotonic() + PATIENCE
    while monotonic() < until:
        sent = sent_forms.of(db.session(), key)
        if sent is not None and sent.location:
            return redirect(sent.location, 303)
        db.session.rollback()
        sleep(0.05)
    with writing():
        sent_forms.forget(db.session(), key)
        db.session.commit()
    raise Stale


def _settle(response: Response) -> Response:
    key = g.pop("once", None)
    if key is None:
        return response
    with writing():
        db.session.rollback()
        if response.status_code == 303:
            sent_forms.conclude(db.session(), key, response.headers["Location"])
        else:
            sent_forms.forget(db.session(), key)
        db.session.commit()
    return response


def init_app(app: Flask) -> None:
    app.before_request(_first_time)
    app.after_request(_settle)
    app.add_template_global(lambda: secrets.token_urlsafe(12), "once")
