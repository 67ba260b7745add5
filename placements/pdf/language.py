"""What is said in a document, in the reader's language. The source sentences are Danish."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path
from typing import Any

from placements.i18n import Text, translate

TRANSLATIONS = Path(__file__).parent.parent / "translations"


@cache
def catalogue(locale: str) -> gettext.NullTranslations:
    return gettext.translation("messages", TRANSLATIONS, [locale], fallback=True)


def said(value: Any, locale: str) -> Any:
    """The same plain values with every `Text` in them said in the language, as plain `str`."""
    if isinstance(value, dict):
        return {key: said(inner, locale) for key, inner in value.items()}
    if isinstance(value, list):
        return [said(inner, locale) for inner in value]
    if isinstance(value, Text):
        return str.__str__(translate(value, catalogue(locale).gettext, locale=locale))
    return value
