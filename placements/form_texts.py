"""What may be written in a form's texts: what a document can show, because most of them come into one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import get_locale, gettext
from wtforms import HiddenField, StringField, ValidationError

from placements import printable
from placements.i18n import translate


def refuse_unprintable(_form: Any, field: Any) -> None:
    """A validator for fields of any kind: the printer's sentence, unless something else is wrong."""
    if field.errors or isinstance(field, HiddenField):
        return
    written = field.data if isinstance(field, StringField) else getattr(field, "typed", None)
    for text in _texts_in(written):
        if character := printable.unprintable(text):
            raise ValidationError(translate(printable.sentence(character), gettext, locale=str(get_locale())))


def _texts_in(written: Any) -> Iterator[str]:
    """A box holds one text, or several; `typed` are rows of boxes."""
    if isinstance(written, str):
        yield written
    elif isinstance(written, list | tuple):
        for part in written:
            yield from _texts_in(part)
