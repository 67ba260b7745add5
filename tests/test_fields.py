"""Hours typed the Danish way, and tidy text."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Form

from placements.fields import HoursField, one_line, several_lines


class HoursForm(Form):
    weekly_minutes = HoursField("Timer")


@pytest.fixture
def request_context(app: Flask) -> object:
    with app.test_request_context():
        yield


def typed(text: str) -> HoursForm:
    return HoursForm(MultiDict({"weekly_minutes": text}))


@pytest.mark.usefixtures("request_context")
@pytest.mark.parametrize(
    ("text", "minutes"), [("6", 360), ("7,5", 450), ("7.5", 450), (" 0,25 ", 15), ("", None), ("37", 2220)]
)
def test_hours_are_read_as_minutes(text: str, minutes: int | None) -> None:
    form = typed(text)
    assert (form.validate(), form.weekly_minutes.data) == (True, minutes)


@pytest.mark.usefixtures("request_context")
@pytest.mark.parametrize("text", ["seks", "-1", "NaN", "Infinity", "1e9", "7;5"])
def test_what_is_no_number_of_hours_is_kept_and_refused(text: str) -> None:
    form = typed(text)
    assert not form.validate()
    assert form.weekly_minutes._value() == text
    assert form.errors == {"weekly_minutes": ["Skriv timer som et tal, fx 6 eller 7,5."]}


@pytest.mark.usefixtures("request_context")
def test_stored_minutes_are_shown_as_hours() -> None:
    assert HoursForm(data={"weekly_minutes": 450}).weekly_minutes._value() == "7,5"


def test_text_is_tidied_and_empty_text_is_nothing() -> None:
    assert (one_line("  Team   Nord "), one_line("   "), one_line(None)) == ("Team Nord", None, None)
    assert (several_lines(" a\r\nb \n"), several_lines(" "), several_lines(None)) == ("a\nb", None, None)
