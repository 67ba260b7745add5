"""What stands in a printed agreement."""

from __future__ import annotations

import re
from typing import Any

import pytest

from placements import pdf
from placements.pdf.agreement.context import DRAFT, SAMPLE, WORST
from placements.pdf.agreement.values import TITLES, section
from tests.pdf import reading


def printed(**changes: Any) -> bytes:
    return pdf.render("agreement", {**SAMPLE, **changes}).pdf


def headings(document: bytes) -> list[str]:
    """ "4 Periode" … in the order they stand."""
    text = reading.text(document)
    found = {
        text.index(f"{number} {title}"): f"{number} {title}"
        for number, title in TITLES.items()
        if f"{number} {title}" in text
    }
    return [found[place] for place in sorted(found)]


def test_all_seventeen_sections_are_printed_in_order() -> None:
    assert headings(printed()) == [f"{number} {title}" for number, title in TITLES.items()]


def test_only_filled_sections_are_printed_and_keep_their_number() -> None:
    filled = [section(9, "Pauser efter behov."), section(10), section(17), section(1)]
    document = printed(sections=sorted(filled, key=lambda part: part["number"]))
    assert headings(document) == ["1 Parter", "9 Rimelig tilpasning", "17 Underskrifter"]


def test_period_names_both_follow_up_days_in_full() -> None:
    text = reading.text(printed())
    assert "mandag 6. januar 2025 (uge 2)" in text
    assert "1. opfølgningsdag onsdag 5. februar 2025 (uge 6) kl. 9.00-12.00, Recovery-skolen" in text
    assert "2. opfølgningsdag onsdag 12. marts 2025 (uge 11) kl. 9.00-12.00, Recovery-skolen" in text


def test_weeks_are_a_table_with_the_special_days_under_them() -> None:
    assert "Uge 2 3 4 5 6 7 8 9 10 11 12 13 14 Særlige dage 5. feb. 12. mar." in reading.text(printed())


def test_signed_agreement_says_who_signed_and_when() -> None:
    text = reading.text(printed())
    assert "Mette Holm Dalsgaard Underskrevet med kode fra mail 16. december 2024 kl. 10.12" in text
    assert text.count("Dokumentets kontroltal (sha256): 9b74c98") == 3
    assert "Dato og underskrift" not in text
    assert "dkast" not in text.lower()


def test_unsigned_agreement_is_marked_as_draft_on_every_page() -> None:
    pages = reading.pages(pdf.render("agreement", DRAFT).pdf)
    assert len(pages) == 2
    assert all("Udkast" in page and "UDKAST" in page for page in pages)
    assert " ".join(pages).count("Dato og underskrift") == 3


def test_agreement_waiting_for_signatures_can_be_signed_on_paper() -> None:
    pages = reading.pages(printed(state="awaiting", signatures=WORST["signatures"]))
    assert all("Udkast" in page for page in pages)
    assert "UDKAST" not in " ".join(pages)
    assert " ".join(pages).count("Underskrevet med kode fra mail") == 1
    assert " ".join(pages).count("Dato og underskrift") == 3


@pytest.mark.parametrize("lines", range(0, 30, 3))
def test_signatures_never_leave_their_heading(lines: int) -> None:
    """However far down the page they fall: heading and every signature stand on one page."""
    filler = [section(3, *["En linje."] * lines)]
    parts = [section(1), *filler, *[part for part in SAMPLE["sections"] if part["number"] > 3]]
    pages = reading.pages(printed(sections=parts))
    (with_heading,) = [page for page in pages if "17 Underskrifter" in page]
    assert with_heading.count("Underskrevet med kode fra mail") == 3


def test_headings_are_never_last_on_a_page() -> None:
    ends = [page.rsplit(" Udkast", 1)[0] for page in reading.pages(pdf.render("agreement", WORST).pdf)]
    titles = "|".join(re.escape(title) for title in TITLES.values())
    assert len(ends) > 9
    assert [end for end in ends if re.search(rf"\d+ ({titles})$", end)] == []


def test_number_and_version_are_in_text_and_file_name() -> None:
    rendered = pdf.render("agreement", SAMPLE)
    assert rendered.filename == "praktikaftale-PA-2024-0007-v2.pdf"
    assert "Aftale PA-2024-0007, version 2" in reading.spoken(rendered.pdf)
