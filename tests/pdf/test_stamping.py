"""Stamped documents: to a reader the same as a full render, the same bytes whoever came before."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pikepdf
import pytest

from placements import pdf
from placements.pdf import Attachment, pool
from placements.pdf.certificate.context import WORST as CERTIFICATE
from placements.pdf.diploma.context import SAMPLE, WORST
from tests.pdf import checker, reading

LONG = {**SAMPLE["practicum"], "unit": "Lokalpsykiatrisk Center for Recovery, Afsnit Nord"}  # type: ignore[dict-item]
LINES = [
    SAMPLE,
    WORST,
    {**SAMPLE, "practicum": None, "follow_up_days": [], "accent": "sea"},
    {**SAMPLE, "practicum": LONG, "person": "Bo & Łukasz <Żółć> (fi) \\"},
    {**SAMPLE, "person": "Anne-Margrethe Bjerregaard Sørensen", "dated": "2026-01-31"},
]


def stamped(values: Any, **options: Any) -> pdf.Rendered:
    return pdf.render("diploma", values, stamped=True, **options)


def links(file: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(file)) as document:
        return [str(one.A.URI) for page in document.pages for one in page.get("/Annots", [])]  # type: ignore[union-attr]


def pixels(file: bytes) -> Any:
    with reading.opened(file) as document:
        return document[0].render(scale=100 / 72).to_numpy().astype(int)


def test_page_says_and_looks_as_in_a_full_render() -> None:
    """Each in another size class, with other lines left out, or broken over more lines."""
    for document, values in [*(("diploma", values) for values in LINES), ("certificate", CERTIFICATE)]:
        one = pdf.render(document, values, stamped=True)
        full = pdf.render(document, values)
        assert one.template_version == f"{full.template_version}-stamped"
        assert reading.text(one.pdf) == reading.text(full.pdf)
        assert reading.spoken(one.pdf) == reading.spoken(full.pdf)
        assert reading.elements(one.pdf) == reading.elements(full.pdf)
        assert reading.title(one.pdf) == reading.title(full.pdf)
        assert links(one.pdf) == links(full.pdf) == [values["verify_url"]]
        assert (abs(pixels(one.pdf) - pixels(full.pdf)) > 8).sum() == 0
        assert checker.problems(one.pdf) == []


def test_same_record_has_the_same_bytes_whoever_came_before() -> None:
    """So nothing of those before is in them either."""
    pool.close()
    for values in LINES[1:]:
        stamped({**values, "number": "UB-9999-1234", "code": "PLAN-TETK-ODEX"})
    after_others = stamped(SAMPLE)
    pool.close()
    assert stamped(SAMPLE) == after_others


@pytest.mark.parametrize("person", ["Nguyễn Thị Hương", "To  mellemrum", " Foran", "Bl\u00f8d\u00adt tegn"])
def test_text_that_cannot_be_stamped_is_rendered_in_full(person: str) -> None:
    assert stamped({**SAMPLE, "person": person}) == pdf.render("diploma", {**SAMPLE, "person": person})


def test_page_that_looks_as_if_it_held_marks_is_rendered_in_full() -> None:
    marked = {**SAMPLE, "aim": "Mål ¤3¤"}
    assert stamped(marked) == pdf.render("diploma", marked)
    assert "– ¤3¤" in reading.title(stamped({**SAMPLE, "person": "¤3¤"}).pdf)


def test_document_that_says_nothing_of_stamping_is_the_same_for_all_who_are_alike() -> None:
    from placements.pdf.emergency_sheet.context import SAMPLE as SHEET

    one = pdf.render("emergency_sheet", SHEET, stamped=True)
    assert reading.text(one.pdf) == reading.text(pdf.render("emergency_sheet", SHEET).pdf)


def test_character_without_a_glyph_is_refused_as_ever() -> None:
    with pytest.raises(pdf.UnprintableText):
        stamped({**SAMPLE, "person": "Ann 漢"})


def test_each_carries_its_own_file() -> None:
    def badge(content: bytes, day: int) -> Attachment:
        return Attachment("badge.jwt", content, "application/vc+jwt", "Badge", date(2026, 1, day))

    stamped(LINES[4], attachments=[badge(b"another", 30)])
    one = stamped(SAMPLE, attachments=[badge(b"eyJhbGciOi.planted", 31)])
    assert checker.problems(one.pdf) == []
    with reading.opened(one.pdf) as document:
        assert bytes(document.get_attachment(0).get_data()) == b"eyJhbGciOi.planted"
    assert b"D:20260131" in one.pdf
    assert b"D:20260130" not in one.pdf


def test_many_come_in_order_with_errors_in_their_places() -> None:
    people = ["Ann", "漢", *(f"Nummer {number}" for number in range(12))]
    found = list(
        pdf.render_many("diploma", [pdf.Page({**SAMPLE, "person": name}) for name in people], stamped=True)
    )
    assert [type(one) for one in found] == [pdf.Rendered, pdf.UnprintableText, *[pdf.Rendered] * 12]
    titles = [reading.title(one.pdf).rpartition("– ")[2] for one in found if isinstance(one, pdf.Rendered)]
    assert titles == [name for name in people if name != "漢"]


def test_hundred_are_stamped_and_few_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MANY", 3)
    for count, expected in ((2, False), (3, True)):
        (one, *_others) = pdf.render_many("diploma", [pdf.Page(SAMPLE)] * count)
        assert isinstance(one, pdf.Rendered)
        assert one.template_version.endswith("-stamped") is expected
