"""Every example of every document: conformant, tagged, named, in the right language."""

from __future__ import annotations

import pytest

from placements import pdf
from placements.pdf.attendance_sheet.context import SAMPLE as SHEET
from placements.pdf.diploma.context import WORST
from tests.pdf import checker, reading

NAMES = [f"{document}-{variant.lower()}" for document, variant, _values in pdf.examples()]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    written = pdf.samples(tmp_path_factory.mktemp("samples"))
    return {path.stem: path.read_bytes() for path in written}


def test_samples_are_printed_for_every_document(printed: dict[str, bytes]) -> None:
    assert list(printed) == NAMES
    assert {f"{document}-{variant}" for document in pdf.DOCUMENTS for variant in ("sample", "worst")} <= set(
        NAMES
    )


@pytest.mark.parametrize("name", NAMES)
def test_sample_is_pdf_ua_1_and_pdf_a_3a(printed: dict[str, bytes], name: str) -> None:
    assert checker.problems(printed[name]) == []


def test_checker_names_what_is_wrong(printed: dict[str, bytes]) -> None:
    untitled = printed["diploma-sample"].replace(b"<pdfuaid:part>1<", b"<pdfuaid:part>7<")
    assert [line.split(" ")[0] for line in checker.problems(untitled)] == ["PDF/UA-1:"]


@pytest.mark.parametrize("name", NAMES)
def test_sample_is_tagged_in_danish_with_one_top_heading(printed: dict[str, bytes], name: str) -> None:
    tags = reading.structure(printed[name])
    assert reading.is_tagged(printed[name])
    assert reading.language(printed[name]) == "da"
    assert tags.count("H1") == 1
    assert tags.index("H1") < tags.index("H2")
    assert "H3" not in tags


def test_title_names_the_document_and_the_person(printed: dict[str, bytes]) -> None:
    titles = [reading.title(printed[name]) for name in ("agreement-sample", "diploma-sample")]
    assert titles == [
        "Praktikaftale PA-2024-0007 – Amalie Kjær Nørgaard",
        "Uddannelsesbevis UB-2025-0007 – Amalie Kjær Nørgaard",
    ]


def test_running_lines_are_not_read_aloud(printed: dict[str, bytes]) -> None:
    """Page numbers stand on the paper and in no tag."""
    sample = printed["agreement-sample"]
    assert reading.text(sample).count("Side ") == 4
    assert reading.spoken(sample).count("Side ") == 0
    assert reading.spoken(sample).count("Amalie Kjær Nørgaard er i praktik hos Team Åbent Hus") == 1


def test_table_headers_say_what_they_are_headers_of(printed: dict[str, bytes]) -> None:
    headers = [
        element.scope for element in reading.elements(printed["agreement-draft"]) if element.tag == "TH"
    ]
    period, weeks, hours, plan, supervisor, signers = 5, 14, 1, 3, 2, 3
    assert headers == (
        ["Row"] * period
        + ["Column"] * weeks
        + ["Row"] * (1 + hours)
        + ["Column"] * plan
        + ["Row"] * (supervisor + signers)
    )


def test_code_is_said_in_words_and_its_place_is_on_the_page(printed: dict[str, bytes]) -> None:
    (code,) = [element for element in reading.elements(printed["diploma-sample"]) if element.tag == "Figure"]
    assert code.alt == "QR-kode til siden, der viser, om beviset er ægte"
    assert code.box == (638, 403, 706, 471)


def test_worst_name_has_the_length_the_forms_allow(printed: dict[str, bytes]) -> None:
    assert len(WORST["person"]) == 120
    assert len(reading.pages(printed["diploma-worst"])) == 1
    assert WORST["person"] in reading.text(printed["diploma-worst"])


def test_emergency_sheet_is_one_page_with_the_longest_names(printed: dict[str, bytes]) -> None:
    assert len(reading.pages(printed["emergency_sheet-worst"])) == 1
    assert reading.title(printed["emergency_sheet-sample"]) == "Hvis der sker noget – Amalie Kjær Nørgaard"


def test_attendance_sheet_has_a_page_for_each_session_and_repeats_its_headings(
    printed: dict[str, bytes],
) -> None:
    pages = reading.pages(printed["attendance_sheet-sample"])
    assert ["11. september" in page for page in pages] == [False, True]
    full = {**SHEET, "sheets": [{**SHEET["sheets"][0], "names": [f"Deltager {n}" for n in range(28)]}]}
    assert len(reading.pages(pdf.render("attendance_sheet", full).pdf)) == 1
    long = reading.pages(printed["attendance_sheet-worst"])
    assert ["Underskrift" in page for page in long] == [True, True]
