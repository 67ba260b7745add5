"""The filters and functions that templates know: dates, money and sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, request, session
from flask_babel import Babel, get_locale
from jinja2.environment import TemplateModule

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


def fixed(name: str) -> TemplateModule:
    """A template that depends on the language alone, rendered once for each: the frame must be cheap."""
    kept: dict[tuple[str, str], TemplateModule] = current_app.extensions.setdefault("fixed_templates", {})
    key = (name, str(get_locale()))
    if key not in kept or current_app.debug:
        kept[key] = current_app.jinja_env.get_template(name).make_module()
    return kept[key]


def init_app(app: Flask) -> None:
    Babel(app, locale_selector=choose_locale, default_translation_directories="translations")
    for name in ("long_date", "full_date", "short_date", "moment", "hours", "kroner", "period", "time_span"):
        app.add_template_filter(_in_locale(getattr(formatting, name)), name)
        app.add_template_global(_in_locale(getattr(formatting, name)), name)
    app.add_template_filter(formatting.clock, "clock")
    app.add_template_filter(formatting.week_number, "week")
    app.add_template_filter(said, "tr")
    app.add_template_filter(lambda value: "" if value is None else said(words.word(value)), "word")
    app.add_template_filter(words.tone, "tone")
    app.add_template_global(asset_path, "asset")
    app.add_template_global(fixed, "fixed")
