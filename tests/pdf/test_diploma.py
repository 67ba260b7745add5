"""What stands on a printed diploma."""

from __future__ import annotations

from typing import Any

from placements import pdf
from placements.pdf.diploma.context import SAMPLE
from tests.pdf import reading


def printed(**changes: Any) -> bytes:
    return pdf.render("diploma", {**SAMPLE, **changes}).pdf


def test_diploma_says_everything_it_proves() -> None:
    assert reading.text(printed()) == (
        "Viborg Kommune Uddannelsesbevis Amalie Kjær Nørgaard har gennemført Peer-uddannelsen Viborg "
        "9. september 2024 – 6. april 2025 Alle krav til gennemførelse er opfyldt. "
        "Uddannelsen gør levede erfaringer med psykisk sårbarhed og recovery til en kompetence, som kan "
        "bruges i ligestillet støtte til andre. "
        "78 timers teori 1. Peer-faglighed og erfaringskompetence 2. Recovery og empowerment "
        "3. Stil skarpt på dig selv – en vej til recovery 4. Diagnosemestring, sorg, krise og stigma "
        "5. Livshistoriefortælling 6. Kommunikation og konflikthåndtering 7. Roller og grænser "
        "13 ugers praktik Team Åbent Hus, Region Midtjylland 6. januar – 6. april 2025 "
        "Praktikvejleder Sigrid Krogh Thomsen "
        "Opfølgningsdage onsdag 5. februar 2025 (uge 6) onsdag 12. marts 2025 (uge 11) "
        "Viborg, 11. april 2025 Birgitte Toft Lauridsen Underviser, faguddannet "
        "Jonas Lykke Holm Underviser, peer-uddannet Karen Munk Sørensen Leder af uddannelsen "
        "Se på praktik.example.org/verify, om beviset er ægte · "
        "Bevis nr. UB-2025-0007 · Kode K7QM-3WXR-9TDA-2345"
    )


def test_diploma_is_one_landscape_page() -> None:
    with reading.opened(printed()) as document:
        assert [
            (round(width), round(height)) for width, height in (page.get_size() for page in document)
        ] == [(842, 595)]


def test_diploma_without_practicum_leaves_it_out() -> None:
    text = reading.text(printed(practicum=None, follow_up_days=[]))
    assert "praktik " not in text
    assert "Opfølgningsdage" not in text
    assert "78 timers teori" in text


def test_diploma_without_a_supervisor_leaves_the_line_out() -> None:
    practicum = {**(SAMPLE["practicum"] or {}), "supervisor": ""}
    assert "Praktikvejleder" not in reading.text(printed(practicum=practicum))


def test_code_is_a_picture_too_and_it_is_the_only_one() -> None:
    assert reading.structure(printed()).count("Figure") == 1


def test_file_name_holds_the_number_and_no_name() -> None:
    assert pdf.render("diploma", SAMPLE).filename == "uddannelsesbevis-UB-2025-0007.pdf"
    assert pdf.render("diploma", {**SAMPLE, "number": "../UB 7"}).filename == "uddannelsesbevis-..-UB-7.pdf"
