"""What every view answers with: pages and fragments, forms that keep what was typed, errors, headers."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar, ParamSpec, TypeVar
from urllib.parse import quote

from flask import Flask, Response, abort, current_app, flash, g, redirect, render_template, request
from flask_babel import get_locale, gettext
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect
from htmx_flask import Htmx
from htmx_flask import request as htmx_request
from sqlalchemy import Select, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map
from werkzeug.wrappers import Response as BaseResponse
from wtforms import HiddenField

from placements import logs
from placements.access import current_user, path_on_this_host
from placements.clock import today
from placements.db import Model, db, is_busy, set_write_intent, writing
from placements.domain import history, looks
from placements.domain.rules import RuleBroken, Stale, TooOften
from placements.form_messages import Messages
from placements.form_texts import refuse_unprintable
from placements.i18n import translate
from placements.menu import nav_items
from placements.models.events import Audited

T = TypeVar("T", bound=Any)
P = ParamSpec("P")

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
BIGGEST_ID = 2**63 - 1
"""What a database can look for; nothing has a bigger one."""


# Loading


def get_or_404(visible: Select[T], record_id: int | None = None, **key: str) -> T:
    """The record among those this person may see, by its id or by another key (`slug="viborg"`).

    Not there and not yours are the same answer.
    """
    model = visible.column_descriptions[0]["entity"]
    chosen = visible.where(model.id == record_id) if record_id is not None else visible.filter_by(**key)
    record: T | None = db.session.scalar(chosen)
    if record is None:
        abort(404)
    return record


class IdConverter(IntegerConverter):
    """`<int:…>` in an address: what no record can have as its id is not there."""

    def __init__(self, url_map: Map, **options: Any) -> None:
        super().__init__(url_map, **{"max": BIGGEST_ID, **options})


def asked_id(text: str) -> int:
    """`request.args.get("after", type=asked_id)`: an id in a query, or as good as none."""
    number = int(text)
    if not 0 <= number <= BIGGEST_ID:
        raise ValueError
    return number


def note_look(noun: str, record_id: int) -> None:
    """Write down that this person sees what only a few may see. Call it before the record is loaded."""
    db.session.rollback()
    with writing():
        looks.note(db.session(), current_user, noun, record_id, at=datetime.now(UTC))
        db.session.commit()


# Answering


def wants_fragment() -> bool:
    htmx = htmx_request.htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def page_or_fragment(page: str, fragment: str, status: int = 200, **values: Any) -> tuple[str, int]:
    """The whole page, or to htmx only the part it asked for: the same template that the page includes."""
    return render_template(fragment if wants_fragment() else page, **values), status


def fragment_or_redirect(
    fragment: str, location: str, *, message: str, undo: int | None = None, **values: Any
) -> BaseResponse:
    """After a change: to htmx the new fragment and what is said aloud, otherwise back to the page (303).

    `undo` is the id of the history event that *Fortryd* would take back.
    """
    if not wants_fragment():
        said_later: Any = {"text": message, "undo": f"/history/{undo}/undo"} if undo else message
        flash(said_later, "success")
        return redirect(location, 303)
    body = render_template(fragment, **values)
    said = render_template("components/_announcement.html", message=message, undo=undo)
    return Response(body + said, mimetype="text/html")


def back_to(location: str, *, message: str) -> BaseResponse:
    """After a change on a full page: the message and the way on; htmx follows with a full load."""
    flash(message, "success")
    if wants_fragment():
        return Response(status=204, headers={"HX-Redirect": quote(location, safe="/?&=%#+:")})
    return redirect(location, 303)


def pdf_shown(filename: str, content: bytes) -> BaseResponse:
    """A document that opens in the browser, and is called so when it is saved."""
    headers = {"Content-Disposition": f'inline; filename="{filename}"'}
    return Response(content, mimetype="application/pdf", headers=headers)


# Forms


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field that somebody else has changed: their value and mine, as shown."""

    name: str
    label: str
    theirs: str
    mine: str


class Form(FlaskForm):  # type: ignore[misc]
    """A form that remembers which version of the record it was opened on.

    Its texts may come into a document, and hold only what can be printed; but for those that are UNPRINTED.
    """

    UNPRINTED: ClassVar[frozenset[str]] = frozenset()

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def get_translations(self, form: object) -> Messages:
            return Messages()

    version = HiddenField()
    conflicts: Sequence[Conflict] = ()
    changed_by: history.Entry | None = None

    @property
    def version_number(self) -> int:
        typed = "" if self.version.raw_data == [] else str(self.version.data or "")
        return int(typed) if typed.isdecimal() else -1

    def validate(self, extra_validators: Any = None) -> bool:
        given = extra_validators or {}
        printed = self._fields.keys() - self.UNPRINTED
        checked = {name: [*given.get(name, ()), refuse_unprintable] for name in printed}
        return bool(super().validate({**given, **checked}))

    def stored(self, record: Any) -> Form:
        """The same form, filled with what is stored now."""
        return type(self)(formdata=None, obj=record)

    def refuse(self, broken: RuleBroken) -> None:
        """Put the sentence at its field, or above the form."""
        if broken.field and broken.field in self:
            self[broken.field].errors = [*self[broken.field].errors, said(broken.sentence)]
        else:
            self.form_errors: list[str] = [*self.form_errors, said(broken.sentence)]


def _shown(field: Any) -> str:
    """What a person reads in the field: the labels chosen, yes or no, or the text in the box."""
    if hasattr(field, "iter_choices"):
        return ", ".join(str(choice.label) for choice in field.iter_choices() if choice.selected)
    if isinstance(field.data, bool):
        return str(gettext("Ja") if field.data else gettext("Nej"))
    return str(field._value()) if hasattr(field, "_value") else str(field.data or "")


def _show_conflict(form: Form, record: Any) -> None:
    """Put both values side by side, and let a second save be a conscious one."""
    _let_go()
    db.session.refresh(record)
    theirs = form.stored(record)
    pairs = [(theirs[key], form[key]) for key in form.data if not isinstance(form[key], HiddenField)]
    form.conflicts = [
        Conflict(mine.name, str(mine.label.text), _shown(their), _shown(mine))
        for their, mine in pairs
        if _shown(their) != _shown(mine)
    ]
    form.changed_by = history.last_change(db.session(), record) if isinstance(record, Audited) else None
    form.version.data = record.version


def _let_go() -> None:
    """Nothing is kept; what follows only reads."""
    db.session.rollback()
    set_write_intent(False)


def attempt(form: Form, action: Callable[[], object], *, record: Model | None = None) -> int:
    """Check the form's shape, then do the one thing: 0 when it is done, else the status to show it with.

    422: refused; 409: somebody else was first; 429: too often. A refused action leaves nothing behind;
    the form holds what was typed and why it was refused.
    """
    if not form.validate_on_submit():
        _let_go()
        return 422
    try:
        action()
        db.session.flush()
    except RuleBroken as broken:
        _let_go()
        form.refuse(broken)
        return 429 if isinstance(broken, TooOften) else 422
    except (Stale, StaleDataError):
        if record is None:
            raise
        _show_conflict(form, record)
        return 409
    return 0


def chosen(field: Any) -> date:
    """The day in a required date field, after `attempt` has checked its shape."""
    assert isinstance(field.data, date)  # noqa: S101
    return field.data


def said(sentence: str) -> str:
    """A domain sentence in the reader's language."""
    return translate(sentence, gettext, locale=str(get_locale()))


def takes_file(largest: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Let this view be sent more than others are: a file of so many bytes, and a form around it."""

    def mark(view: Callable[P, T]) -> Callable[P, T]:
        view.largest_body = largest + 100_000  # type: ignore[attr-defined]
        return view

    return mark


# Errors


def _refusal(template: str, status: int, **values: Any) -> BaseResponse:
    """An error as a page, or to htmx as a sentence in the page's alert region."""
    if wants_fragment():
        body = render_template("components/_alert.html", **values)
        return Response(body, status, {"HX-Retarget": "#alert", "HX-Reswap": "innerHTML"})
    return Response(render_template(template, **values), status)


def rule_broken(error: RuleBroken) -> BaseResponse:
    _let_go()
    status = 429 if isinstance(error, TooOften) else 422
    back = path_on_this_host(request.referrer)
    sentence = said(error.sentence)
    return _refusal(f"errors/{status}.html", status, sentence=sentence, unmet=error.unmet, back=back)


def stale(_error: Exception) -> BaseResponse:
    db.session.rollback()
    sentence = gettext(
        "En anden har ændret det samme i mellemtiden. Intet er gemt. Hent siden igen, og se det nye."
    )
    return _refusal("errors/409.html", 409, sentence=sentence, back=path_on_this_host(request.referrer))


def http_error(error: HTTPException) -> BaseResponse:
    db.session.rollback()
    code = error.code or 500
    if code < 400:
        return error.get_response()
    if code >= 500:
        return _broken_page()
    template = f"errors/{code}.html" if code in {400, 403, 404, 409, 413, 429} else "errors/400.html"
    return Response(render_template(template, request_id=g.get("request_id")), code)


def crash(error: Exception) -> BaseResponse:
    """A bug: logged by type and place with an id, never with values."""
    logs.bug(error)
    if current_app.testing:
        raise error
    return _broken_page()


def busy_or_crash(error: OperationalError) -> BaseResponse:
    """SQLite has one writer: whoever waited for it in vain may try again."""
    if not is_busy(error):
        return crash(error)
    logs.trouble("the database was busy", error)
    answer = _broken_page(503)
    answer.headers["Retry-After"] = "10"
    return answer


def _broken_page(status: int = 500) -> BaseResponse:
    """Rendered without the values of other pages: the person and the language would ask the database."""
    page = current_app.jinja_env.get_template(f"errors/{status}.html")
    return Response(page.render(request_id=g.get("request_id")), status)


# Around each request


def _begin() -> None:
    g.request_id = secrets.token_hex(8)
    set_write_intent(request.method in UNSAFE)
    view = current_app.view_functions.get(request.endpoint or "")
    if largest := getattr(view, "largest_body", None):
        request.max_content_length = largest
    if "\0" in request.path or _holds_zero(request.args) or _holds_zero(request.form):
        abort(400)


def _holds_zero(typed: MultiDict[str, str]) -> bool:
    """A zero character is no text: PostgreSQL refuses to look for it or to keep it."""
    return any("\0" in text for _name, text in typed.items(multi=True))


def _headers(response: BaseResponse) -> BaseResponse:
    response.headers.setdefault("Content-Security-Policy", CSP)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint != "static" and not response.cache_control.public:
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("HX-Request")
    return response


def _release_write_intent(_session: Session) -> None:
    set_write_intent(False)


def _template_values() -> dict[str, Any]:
    return {
        "nav_items": [] if wants_fragment() else nav_items(),
        "locale": str(get_locale()),
        "today": today(),
        "demo_today": current_app.config["TODAY"],
        "current_path": request.path,
    }


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = IdConverter
    Htmx(app)
    app.before_request(_begin)
    CSRFProtect(app)
    app.after_request(_headers)
    app.register_error_handler(RuleBroken, rule_broken)
    app.register_error_handler(Stale, stale)
    app.register_error_handler(StaleDataError, stale)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(OperationalError, busy_or_crash)
    app.register_error_handler(Exception, crash)
    app.context_processor(_template_values)
    if not event.contains(Session, "after_commit", _release_write_intent):
        event.listen(Session, "after_commit", _release_write_intent)
