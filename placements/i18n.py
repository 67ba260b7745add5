"""Sentences for people, marked for translation where no request exists.

The source language is Danish. `_("…", name=value)` gives a `Text`: a plain `str` holding the Danish
sentence, which also remembers its message id and values, so the web layer can say it in another language.
A value may be a date, a moment, another `Text` or a list of words.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from placements.formatting import long_date, moment


class Text(str):
    """A Danish sentence that can be said again in another language."""

    msgid: str
    params: dict[str, Any]

    def __new__(cls, msgid: str, params: dict[str, Any]) -> Text:
        text = super().__new__(cls, fill(msgid, params, locale="da"))
        text.msgid, text.params = msgid, params
        return text

    def __getnewargs__(self) -> tuple[str, dict[str, Any]]:  # type: ignore[override]
        return self.msgid, self.params


def fill(template: str, params: dict[str, Any], *, locale: str) -> str:
    """Put the values in; without any, the template is the sentence."""
    if not params:
        return template
    return template % {name: _written(value, locale) for name, value in params.items()}


def _written(value: Any, locale: str) -> Any:
    """As it stands inside a sentence: 3. februar 2025 (kl. 9.30); studerende, praktikvært."""
    if isinstance(value, datetime):
        return moment(value, locale=locale)
    if isinstance(value, date):
        return long_date(value, locale=locale)
    if isinstance(value, list):
        return ", ".join(word.lower() for word in value)
    return value


def _(msgid: str, **params: Any) -> Text:
    return Text(msgid, params)


def translate(sentence: str, gettext: Callable[[str], str], *, locale: str) -> str:
    """Say `sentence` in the language that `gettext` speaks; a plain `str` is returned unchanged."""
    if not isinstance(sentence, Text):
        return sentence

    def said(value: Any) -> Any:
        if isinstance(value, list):
            return [said(one) for one in value]
        return translate(value, gettext, locale=locale) if isinstance(value, Text) else value

    params = {name: said(value) for name, value in sentence.params.items()}
    return fill(gettext(sentence.msgid), params, locale=locale)
