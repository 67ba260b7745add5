"""A letter's text in each language; what stands in it is checked by name before it is saved."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse
from wtforms import TextAreaField
from wtforms.validators import InputRequired

from placements.access import current_user, roles_allowed
from placements.blueprints.application_letters import bp
from placements.clause_language import render
from placements.db import db
from placements.domain import application_letters, programmes
from placements.models.application_decisions import ApplicationLetter, DecisionKind
from placements.models.programmes import Programme
from placements.web import Form, attempt, back_to, get_or_404

Answer = str | BaseResponse | tuple[str, int]
KINDS = {kind.value: kind for kind in DecisionKind}


class LetterForm(Form):
    """Opened on the text that holds now; `version` is 0 until somebody has saved one."""

    text = TextAreaField(
        _l("Brevets tekst"), [InputRequired(_l("Skriv en tekst, eller tag den medfølgende tilbage."))]
    )
    kind: DecisionKind
    locale: str

    @classmethod
    def on(
        cls, letter: ApplicationLetter | None, kind: DecisionKind, locale: str, **options: Any
    ) -> LetterForm:
        version = letter.version if letter else 0
        form = cls(version=version, text=application_letters.source(letter, kind, locale), **options)
        form.kind, form.locale = kind, locale
        return form

    def stored(self, record: ApplicationLetter) -> LetterForm:
        return LetterForm.on(record, self.kind, self.locale, formdata=None)


Loaded = tuple[Programme, ApplicationLetter | None, DecisionKind]


def _load(slug: str, kind: str, locale: str) -> Loaded:
    programme = get_or_404(programmes.coordinated_by(current_user), slug=slug)
    if kind not in KINDS or locale not in application_letters.LOCALES:
        abort(404)
    saved = application_letters.of_programme(db.session(), programme.id)
    return programme, saved.get((KINDS[kind], locale)), KINDS[kind]


def _page(programme: Programme, letter: ApplicationLetter | None, form: LetterForm) -> str:
    text = form.text.data or ""
    problems = application_letters.problems(text)
    values = application_letters.example(form.kind, form.locale)
    return render_template(
        "application_letters/edit.html",
        programme=programme,
        letter=letter,
        form=form,
        problems=problems,
        reading=[] if problems else application_letters.paragraphs(render(text, values)),
        names=application_letters.VALUES,
        flags=application_letters.FLAGS,
    )


@bp.get("")
@roles_allowed("coordinator")
def index(slug: str) -> Answer:
    programme = get_or_404(programmes.coordinated_by(current_user), slug=slug)
    saved = application_letters.of_programme(db.session(), programme.id)
    own = {key for key, letter in saved.items() if letter.text is not None}
    return render_template(
        "application_letters/index.html",
        programme=programme,
        kinds=list(DecisionKind),
        locales=application_letters.LOCALES,
        own=own,
    )


@bp.get("/<kind>/<locale>")
@roles_allowed("coordinator")
def edit(slug: str, kind: str, locale: str) -> Answer:
    programme, letter, which = _load(slug, kind, locale)
    return _page(programme, letter, LetterForm.on(letter, which, locale, formdata=None))


@bp.post("/<kind>/<locale>")
@roles_allowed("coordinator")
def save(slug: str, kind: str, locale: str) -> Answer:
    programme, letter, which = _load(slug, kind, locale)
    form = LetterForm.on(letter, which, locale)

    def action() -> None:
        _save(programme, which, locale, form.text.data, form)

    if refused := attempt(form, action, record=letter):
        return _page(programme, letter, form), refused
    return _saved(slug, kind, locale, gettext("Brevet er gemt. Det, der er sendt, ændrer sig ikke."))


@bp.post("/<kind>/<locale>/shipped")
@roles_allowed("coordinator")
def take_shipped(slug: str, kind: str, locale: str) -> Answer:
    programme, _letter, which = _load(slug, kind, locale)
    _save(programme, which, locale, None, Form())
    return _saved(slug, kind, locale, gettext("Den medfølgende tekst gælder igen."))


def _save(programme: Programme, kind: DecisionKind, locale: str, text: str | None, form: Form) -> None:
    application_letters.save(db.session(), programme, kind, locale, text=text, version=form.version_number)


def _saved(slug: str, kind: str, locale: str, message: str) -> BaseResponse:
    db.session.commit()
    return back_to(f"/programmes/{slug}/letters/{kind}/{locale}", message=message)
