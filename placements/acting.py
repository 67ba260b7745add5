"""A mailbox that several share: each says with every act which of them it is.

The question stands in the act's own form (`components/acting.html`) and is answered once for a session. What
is sent without an answer, from whatever form, is kept and asked about on a page of its own; nothing is done.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, Response, current_app, g, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from placements import printable
from placements.access import EVERYBODY, audience_of, become, current_user
from placements.db import db, set_write_intent
from placements.domain import contacts
from placements.fields import one_line
from placements.web import UNSAFE, said, wants_fragment

LONGEST = 120
FIELDS = frozenset({"acting_as", "acting_name"})


def _said() -> str:
    """Whom they chose or wrote; a name that is written counts before one that is chosen."""
    return one_line(request.form.get("acting_name")) or one_line(request.form.get("acting_as")) or ""


def _is_act() -> bool:
    if request.method not in UNSAFE or not current_user.is_authenticated or not current_user.shared:
        return False
    return audience_of(current_app.view_functions[str(request.endpoint)]) != EVERYBODY


def _ask_who() -> BaseResponse | None:
    """Before every act from a shared mailbox."""
    if not _is_act():
        return None
    name = _said()
    if FIELDS & request.form.keys() and not name:
        return _asked_first(gettext("Vælg eller skriv, hvem du er."))
    if len(name) > LONGEST:
        return _asked_first(gettext("Her er plads til 120 tegn."))
    if character := printable.unprintable(name):
        return _asked_first(said(printable.sentence(character)))
    if not (name or current_user.acting_name):
        return _asked_first(gettext("Vælg eller skriv, hvem du er."))
    become(name or current_user.acting_name or "")
    return None


def _asked_first(problem: str) -> BaseResponse:
    """The question alone, with what was typed behind it, ready to be sent again."""
    set_write_intent(False)
    hidden = FIELDS | {"csrf_token", "once"}
    typed = [(name, text) for name, text in request.form.items(multi=True) if name not in hidden]
    g.acting_problem = problem
    values = {"typed": typed, "again": request.full_path.rstrip("?"), "problem": problem}
    if wants_fragment():
        body = render_template("sign_in/_who_alert.html", **values)
        return Response(body, 422, {"HX-Retarget": "#alert", "HX-Reswap": "innerHTML"})
    return Response(render_template("sign_in/who.html", **values), 422)


@dataclass(frozen=True, slots=True)
class Question:
    """Who is it, of `people`? `key` makes the ids of a form's fields its own."""

    key: str
    people: list[str]
    chosen: str
    problem: str

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(name, name) for name in self.people]


def question() -> Question | None:
    """For a form of somebody who shares the account; nothing for all others."""
    if not (current_user.is_authenticated and current_user.shared):
        return None
    if "acting_people" not in g:
        g.acting_people = contacts.sharing(db.session(), current_user)
        g.acting_forms = 0
    g.acting_forms += 1
    chosen, problem = current_user.acting_name or "", str(g.get("acting_problem", ""))
    people = [*g.acting_people, *([chosen] if chosen and chosen not in g.acting_people else [])]
    return Question(f"{'asked' if problem else 'who'}-{g.acting_forms}", people, chosen, problem)


def init_app(app: Flask) -> None:
    app.before_request(_ask_who)
    app.add_template_global(question, "acting_question")
