"""Every example of every document: conformant, heard as it is seen, named, in the right language."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from placements import pdf
from placements.formatting import long_date
from placements.pdf.attendance_sheet.context import SAMPLE as SHEET
from placements.pdf.diploma.context import WORST
from tests.pdf import checker, reading, semantics
from tests.pdf.samples import EXAMPLES, in_english, printed


def test_every_document_has_a_sample_and_a_worst_case() -> None:
    wanted = {f"{document}-{variant}" for document in pdf.DOCUMENTS for variant in ("sample", "worst")}
    assert wanted - EXAMPLES.keys() == set()


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_passes_every_check(name: str) -> None:
    assert checker.problems(printed(name)) + semantics.problems(printed(name)) == []


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name.endswith("-sample")])
def test_english_sample_is_heard_as_it_is_seen(name: str) -> None:
    assert semantics.problems(in_english(name), "en") == []


def test_samples_are_written_to_files_named_after_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "DOCUMENTS", ("talk",))
    written = pdf.samples(tmp_path)
    assert [path.stem for path in written] == [name for name in EXAMPLES if name.startswith("talk-")]
    assert written[0].read_bytes() == printed("talk-sample")


def test_checker_names_what_is_wrong() -> None:
    untitled = printed("diploma-sample").replace(b"<pdfuaid:part>1<", b"<pdfuaid:part>7<")
    assert [line.split(" ")[0] for line in checker.problems(untitled)] == ["PDF/UA-1:"]


def test_title_names_the_document_and_the_person() -> None:
    titles = [reading.title(printed(name)) for name in ("agreement-sample", "diploma-sample")]
    assert titles == [
        "Praktikaftale PA-2024-0007 – Amalie Kjær Nørgaard",
        "Uddannelsesbevis UB-2025-0007 – Amalie Kjær Nørgaard",
    ]


def test_running_lines_are_not_read_aloud() -> None:
    """Page numbers stand on the paper and in no tag."""
    sample = printed("agreement-sample")
    assert reading.text(sample).count("Side ") == 3
    assert reading.spoken(sample).count("Side ") == 0
    assert reading.spoken(sample).count("Amalie Kjær Nørgaard er i praktik hos Team Åbent Hus") == 1


def test_table_headers_say_what_they_are_headers_of() -> None:
    headers = [
        element.scope for element in reading.elements(printed("agreement-draft")) if element.tag == "TH"
    ]
    period, weeks, hours, plan, supervisor, signers = 5, 14, 1, 3, 2, 3
    assert headers == (
        ["Row"] * period
        + ["Column"] * weeks
        + ["Row"] * (1 + hours)
        + ["Column"] * plan
        + ["Row"] * (supervisor + signers)
    )


def test_code_is_said_in_words_and_its_place_is_on_the_page() -> None:
    (code,) = [element for element in reading.elements(printed("diploma-sample")) if element.tag == "Figure"]
    assert code.alt == "QR-kode til siden, der viser, om beviset er ægte"
    assert code.box == (638, 403, 706, 471)


def test_worst_name_has_the_length_the_forms_allow() -> None:
    assert len(WORST["person"]) == 120
    assert len(reading.pages(printed("diploma-worst"))) == 1
    assert WORST["person"] in reading.text(printed("diploma-worst"))


def test_lists_say_on_the_first_page_when_they_are_from_and_what_to_do_with_them() -> None:
    for name in ("group_list-worst", "participant_list-worst"):
        assert ["Printet 3. februar 2025" in page for page in reading.pages(printed(name))].index(True) == 0


def test_weeks_of_the_agreement_stand_with_their_section() -> None:
    (page,) = [page for page in reading.pages(printed("agreement-sample")) if "Forløbet uge for uge" in page]
    assert page.index("4 Periode") < page.index("Forløbet uge for uge") < page.index("Særlige dage")


def test_worst_diploma_has_its_date_as_it_is_printed() -> None:
    assert WORST["place_and_date"] == f"Frederiksberg, {long_date(date.fromisoformat(WORST['dated']))}"


def test_emergency_sheet_is_one_page_with_the_longest_names() -> None:
    assert len(reading.pages(printed("emergency_sheet-worst"))) == 1
    assert reading.title(printed("emergency_sheet-sample")) == "Hvis der sker noget – Amalie Kjær Nørgaard"


def test_attendance_sheet_has_a_page_for_each_session_and_repeats_its_headings() -> None:
    pages = reading.pages(printed("attendance_sheet-sample"))
    assert ["11. september" in page for page in pages] == [False, True]
    full = {**SHEET, "sheets": [{**SHEET["sheets"][0], "names": [f"Deltager {n}" for n in range(28)]}]}
    assert len(reading.pages(pdf.render("attendance_sheet", full).pdf)) == 1
    long = reading.pages(printed("attendance_sheet-worst"))
    assert ["Underskrift" in page for page in long] == [True, True]
