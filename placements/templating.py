"""The filters and functions that templates know: dates, money and sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, request, session
from flask_babel import Babel, get_locale, gettext
from jinja2.environment import TemplateModule
from markupsafe import Markup, escape

from placements import formatting, words
from placements.access import current_user
from placements.assets import asset_path
from placements.web import said


def choose_locale() -> str:
    """The language picked in this browser, else the person's own, else Danish."""
    languages = current_app.config["LANGUAGES"]
    if not request:
        return "da"
    chosen = session.get("locale")
    if chosen in languages:
        return str(chosen)
    return current_user.locale if current_user.locale in languages else "da"


def _in_locale(function: Callable[..., str]) -> Callable[..., str]:
    def shown(value: Any, *rest: Any) -> str:
        return "" if value is None else function(value, *rest, locale=str(get_locale()))

    return shown


class Catalogue(dict[str, Markup]):
    """`_` in templates: a language's sentences, looked up once, and the parts of pages that need no more.

    The usual `_` asks at every word which language it is to speak, which was a third of the cost of a page.
    """

    def __init__(self, locale: str) -> None:
        super().__init__()
        self.locale = locale
        self.parts: dict[str, TemplateModule] = {}

    def __missing__(self, text: str) -> Markup:
        shown = self[text] = Markup(gettext(text))  # noqa: S704 (ours; what is filled in is escaped)
        return shown

    def __call__(self, text: str, /, **values: Any) -> Markup:
        return self[text] % values if values else self[text]

    def fixed(self, name: str) -> TemplateModule:
        """A template that depends on the language alone, rendered once for each: the frame must be cheap."""
        if name not in self.parts or current_app.debug:
            values = {"_": self, "fixed": self.fixed}
            self.parts[name] = current_app.jinja_env.get_template(name).make_module(values)
        return self.parts[name]


def catalogue() -> Catalogue:
    """In the language of whoever reads, which a mail may change in the middle of a request."""
    kept: dict[str, Catalogue] = current_app.extensions.setdefault("catalogues", {})
    locale = str(get_locale())
    if locale not in kept:
        kept[locale] = Catalogue(locale)
    return kept[locale]


def _language() -> dict[str, Any]:
    spoken = catalogue()
    return {"_": spoken, "fixed": spoken.fixed}


# Where a template has no values of its own: in macros.


def translated(text: str, /, **values: Any) -> Markup:
    return catalogue()(text, **values)


def fixed(name: str) -> TemplateModule:
    return catalogue().fixed(name)


def options(pairs: Iterable[tuple[str, str]], chosen: str = "") -> Markup:
    """The options of a select. Written here, because fifty of them cost a tenth of a template's loop."""
    shown = (
        f'<option value="{_escaped(value)}"{" selected" if value == chosen else ""}>{_escaped(text)}</option>'
        for value, text in pairs
    )
    return Markup("\n".join(shown))  # noqa: S704 (escaped above)


@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    return str(escape(text))


def init_app(app: Flask) -> None:
    Babel(app, locale_selector=choose_locale, default_translation_directories="translations")
    days = ("weekday", "full_weekday", "long_date", "full_date", "short_date")
    for name in (*days, "moment", "full_moment", "hours", "kroner", "period", "time_span"):
        app.add_template_filter(_in_locale(getattr(formatting, name)), name)
        app.add_template_global(_in_locale(getattr(formatting, name)), name)
    app.add_template_filter(_in_locale(formatting.points), "points")
    app.add_template_filter(formatting.clock, "clock")
    app.add_template_filter(formatting.week_number, "week")
    app.add_template_filter(said, "tr")
    app.add_template_filter(lambda value: "" if value is None else said(words.word(value)), "word")
    app.add_template_filter(lambda minutes: said(words.duration(minutes)), "duration")
    app.add_template_filter(words.tone, "tone")
    app.add_template_global(asset_path, "asset")
    app.add_template_global(translated, "_")
    app.add_template_global(options, "options")
    app.add_template_global(fixed, "fixed")
    app.context_processor(_language)
