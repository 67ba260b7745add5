"""What may be written in a form's texts; that the printer says the same: `pdf/test_rendering.py`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict
from wtforms import EmailField, HiddenField, StringField, TextAreaField
from wtforms.validators import Email

from placements import printable
from placements.fields import HoursField, LinesField, ListField, TaskLinesField
from placements.web import Form

SENTENCE = "Tegnet 漢 (U+6F22) kan ikke trykkes i dokumentet. Skriv teksten uden det, og prøv igen."


class Typed(Form):
    UNPRINTED = frozenset({"note"})

    name = StringField()
    email = EmailField(validators=[Email("Sådan ser en mail ikke ud.")])
    text = TextAreaField()
    sentences = LinesField()
    words = ListField()
    tasks = TaskLinesField()
    hours = HoursField()
    page = HiddenField()
    note = TextAreaField()


@pytest.fixture(autouse=True)
def _asked(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("field", "typed", "errors"),
    [
        ("name", "Ann 漢", [SENTENCE]),
        ("email", "漢", ["Sådan ser en mail ikke ud."]),
        ("text", "først\nså 漢", [SENTENCE]),
        ("sentences", "først\nså 漢", [SENTENCE]),
        ("words", "dansk, 漢", [SENTENCE]),
        ("tasks-text", "Samtaler 漢", [SENTENCE]),
        ("hours", "٣", []),
        ("page", "漢", []),
        ("note", "Godt klaret 😀", []),
        ("name", "Nguyễn Thị Hương", []),
        ("name", "", []),
    ],
)
def test_text_is_refused_where_it_is_typed(field: str, typed: str, errors: list[str]) -> None:
    """A text that comes into no document may hold anything, and what is no text is not looked at."""
    boxes = {"tasks-kind": "individual", "tasks-percent": ""} if field.startswith("tasks") else {}
    form = Typed(MultiDict({"email": "ann@example.org"} | boxes | {field: typed}), meta={"csrf": False})
    form.validate()
    name = field.partition("-")[0]
    assert form.errors == ({name: errors} if errors else {})
    assert not errors or typed in str(form[name]._value())


def test_sentence_is_said_in_the_language_of_the_reader() -> None:
    with force_locale("en"):
        form = Typed(MultiDict({"email": "a@example.org", "name": "漢"}), meta={"csrf": False})
        form.validate()
    assert form.errors == {
        "name": [
            "The character 漢 (U+6F22) cannot be printed in the document. "
            "Write the text without it and try again."
        ]
    }


def test_fields_left_out_are_fields_of_their_form() -> None:
    """A name that no field has would leave out nothing."""
    forms = [form for form in kinds_of(Form) if form.__module__.startswith("placements.")]
    missing = [(form, name) for form in forms for name in form.UNPRINTED if not hasattr(form, name)]
    assert (missing, sum(bool(form.UNPRINTED) for form in forms) > 20) == ([], True)


def kinds_of(kind: type[Form]) -> Iterator[type[Form]]:
    for below in kind.__subclasses__():
        yield below
        yield from kinds_of(below)


def test_everyday_letters_are_in_every_face_and_need_none_of_them_read() -> None:
    _some, every = printable._glyphs()
    assert printable.EVERYDAY - every == set("\t\n")
    code = (
        "import sys; from placements.printable import unprintable\n"
        "print(unprintable('Åse Müller, Łódź, «½»'), 'fontTools' in sys.modules)\n"
        "print(unprintable('Nguyễn'), 'fontTools' in sys.modules, 'weasyprint' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout == "None False\nNone True False\n"
