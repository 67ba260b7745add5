"""What templates say: in the reader's language, and with everything that people typed escaped."""

from __future__ import annotations

from flask import Flask
from flask_babel import force_locale

from placements.templating import catalogue, fixed, options


def test_options_are_escaped_and_one_is_chosen() -> None:
    html = options([("1", "Afsnit <A>"), ('"2"', "B")], '"2"')
    assert html == (
        '<option value="1">Afsnit &lt;A&gt;</option>\n<option value="&#34;2&#34;" selected>B</option>'
    )


def test_sentence_escapes_what_is_filled_in(app: Flask) -> None:
    with app.test_request_context():
        assert catalogue()("Ret forløbet for %(name)s", name="<b>") == "Ret forløbet for &lt;b&gt;"


def test_sentence_follows_the_language_in_the_middle_of_a_request(app: Flask) -> None:
    """A mail is written in its reader's language while somebody else's page is being made."""
    with app.test_request_context():
        before = catalogue()("Annullér")
        with force_locale("en"):
            assert catalogue()("Annullér") == "Cancel"
            assert "Cancel" in str(fixed("components/forms.html").buttons("x", "/y", "Cancel"))
        assert catalogue()("Annullér") == before == "Annullér"
