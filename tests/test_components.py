"""The pieces of pages keep their promises: errors lead to fields, undo works, both values are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template, render_template_string
from wtforms import Form, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Optional


class Sample(Form):
    status = StringField("Status", [InputRequired("Skriv en status")], description="Kort.")
    way = RadioField("Arbejdsform", [InputRequired("Vælg en")], choices=[SelectChoice("a", "Alene")])
    note = StringField("Note", [Optional()])


Soup = Callable[..., BeautifulSoup]


@pytest.fixture
def soup(app: Flask) -> Iterator[Soup]:
    """Renders one call of a component: soup("forms", "field(form.note)", form=form)."""

    def render(component: str, call: str, **values: Any) -> BeautifulSoup:
        source = f'{{% import "components/{component}.html" as c %}}{{{{ c.{call} }}}}'
        return BeautifulSoup(render_template_string(source, **values), "html.parser")

    with app.test_request_context("/"):
        yield render


def refused() -> Sample:
    form = Sample()
    assert not form.validate()
    return form


def test_every_link_of_the_error_summary_leads_to_a_field(soup: Soup) -> None:
    form = refused()
    links = [a["href"] for a in soup("forms", "error_summary(form)", form=form).select("a")]
    fields = "".join(str(soup("forms", f"field(form.{name})", form=form)) for name in ("status", "way"))
    ids = {f"#{tag['id']}" for tag in BeautifulSoup(fields, "html.parser").select("input")}
    assert set(links) == ids


def test_a_field_says_its_hint_and_its_error(soup: Soup) -> None:
    found = soup("forms", "field(form.status)", form=refused())
    box = found.input
    assert box is not None
    said = [found.find(id=key).get_text() for key in str(box["aria-describedby"]).split()]  # type: ignore[union-attr]
    assert said == ["Kort.", "Skriv en status"]
    assert box["aria-invalid"] == "true"


def test_a_field_never_takes_an_id_of_the_frame(soup: Soup) -> None:
    assert soup("forms", "field(form.status)", form=Sample()).input["id"] == "field-status"  # type: ignore[index]


def test_a_field_without_hint_or_error_describes_nothing(soup: Soup) -> None:
    box = soup("forms", "field(form.note)", form=Sample()).input
    assert box is not None
    assert "aria-describedby" not in box.attrs
    assert "aria-invalid" not in box.attrs


def test_only_an_optional_field_says_so(soup: Soup) -> None:
    assert "(valgfrit)" in soup("forms", "field(form.note)", form=Sample()).get_text()
    assert "(valgfrit)" not in soup("forms", "field(form.status)", form=Sample()).get_text()


def test_an_undo_belongs_to_the_pages_form(soup: Soup) -> None:
    """A form behind a table row is dropped by the browser's parser, and its button would do nothing."""
    found = soup("messages", "message('Gemt.', undo='/history/3/undo')")
    button = found.select_one("button[formaction]")
    assert found.form is None
    assert button is not None
    assert (button["form"], button["formaction"]) == ("undo", "/history/3/undo")
    page = BeautifulSoup(render_template("errors/404.html"), "html.parser")
    assert page.select_one("form#undo input[name=csrf_token]") is not None


def test_a_conflict_shows_both_values_and_who(soup: Soup) -> None:
    change = SimpleNamespace(at=datetime(2025, 2, 3, 8, 42, tzinfo=UTC))
    form = SimpleNamespace(
        conflicts=[SimpleNamespace(label="Vejleder", theirs="Anne", mine="Lis")],
        changed_by=SimpleNamespace(actor="Jonas", event=change),
    )
    found = soup("conflict", "conflict(form, '/placements/4')", form=form)
    assert [cell.get_text() for cell in found.select("tbody th, tbody td")] == ["Vejleder", "Anne", "Lis"]
    assert "Jonas nåede at gemme før dig" in found.get_text()
    assert "3. februar 2025 kl. 9.42" in found.get_text()


def test_no_conflict_says_nothing(soup: Soup) -> None:
    form = SimpleNamespace(conflicts=[], changed_by=None)
    assert soup("conflict", "conflict(form, '/placements/4')", form=form).get_text().strip() == ""


def test_a_checklist_says_in_words_what_is_missing(soup: Soup) -> None:
    items = [{"met": True, "text": "Vejleder valgt"}, {"met": False, "text": "Underskrift", "href": "/x"}]
    found = soup("checklist", "checklist(items)", items=items)
    assert [" ".join(li.get_text().split()) for li in found.select("li")] == [
        "På plads: Vejleder valgt",
        "Mangler: Underskrift",
    ]
    assert [a["href"] for a in found.select("a")] == ["/x"]


@pytest.mark.parametrize(("secured", "needed", "filled", "empty"), [(3, 4, 3, 1), (5, 4, 4, 0), (0, 0, 0, 0)])
def test_seats_are_drawn_one_by_one(soup: Soup, secured: int, needed: int, filled: int, empty: int) -> None:
    rows = [{"label": "Regional", "secured": secured, "needed": needed}]
    found = soup("seats", "seats(rows, 'Pladser')", rows=rows)
    assert len(found.select("rect.seat-taken")) == filled
    assert len(found.select("rect.seat-open")) == empty
    assert f"{secured} af {needed}" in found.get_text()


def test_the_crash_page_needs_neither_user_nor_session(app: Flask) -> None:
    page = app.jinja_env.get_template("errors/500.html").render(request_id="7f3a")
    assert "7f3a" in page
    assert "csrf" not in page
