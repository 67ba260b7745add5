"""The shapes of an upload, of the fixes chosen in a preview, and of the confirmation."""

from __future__ import annotations

import json

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from placements.domain.cohort_import_steps import Wishes
from placements.web import Form


class UploadForm(Form):
    file = FileField(_l("Projektmappe (.xlsx)"), [FileRequired(_l("Vælg en fil først."))])

    @property
    def filename(self) -> str:
        return self.file.data.filename or "" if self.file.data else ""

    def content(self) -> bytes:
        read: bytes = self.file.data.read()
        return read


class FixForm(Form):
    """Buttons carry a place and what to read there; boxes come in pairs, a place and what was typed."""

    def chosen(self) -> dict[str, str]:
        typed = zip(request.form.getlist("at"), request.form.getlist("to"), strict=False)
        wanted = {place: text.strip() for place, text in typed if text.strip()}
        return wanted | _pair(request.form.get("take", ""))

    @property
    def takes_all(self) -> bool:
        return "all" in request.form

    @property
    def starts_over(self) -> bool:
        return "over" in request.form


def _pair(pressed: str) -> dict[str, str]:
    """A button's `["Studerende!D7", "Viborg"]`; anything else is as good as nothing."""
    try:
        found = json.loads(pressed or "[]")
    except ValueError:
        return {}
    whole = isinstance(found, list) and len(found) == 2 and all(isinstance(part, str) for part in found)
    return {found[0]: found[1]} if whole else {}


class ConfirmForm(Form):
    seen = HiddenField()
    offers = RadioField(
        _l("Praktikpladserne"),
        choices=[
            SelectChoice(
                value="open", label=_l("Åbn dem med det samme, så der kan fordeles studerende på dem")
            ),
            SelectChoice(value="draft", label=_l("Gem dem som kladder, som praktikstedet selv åbner")),
        ],
        default="open",
    )
    invite_students = BooleanField(_l("Send en invitation til de nye deltagere"))
    invite_contacts = BooleanField(_l("Send en invitation til de nye kontaktpersoner"))

    @property
    def wishes(self) -> Wishes:
        return Wishes(
            open_offers=self.offers.data != "draft",
            invite_students=bool(self.invite_students.data),
            invite_contacts=bool(self.invite_contacts.data),
        )
