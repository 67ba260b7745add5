"""What stands on a certificate of participation, what a design hides, and documents bound for the printer."""

from __future__ import annotations

from datetime import date
from typing import Any

from placements import pdf
from placements.models.diploma_designs import Accent
from placements.pdf.certificate import context
from placements.pdf.certificate.context import SAMPLE
from placements.pdf.diploma.context import sample
from placements.pdf.diploma.values import Values
from tests.pdf import reading, records

EVERYTHING = ["modules", "hours", "practicum_place", "supervisor"]


def built(**changes: Any) -> Values:
    """Of somebody who attended nine hours of the first module and half an hour of the third."""
    placement = records.placement()
    modules = placement.cohort.programme.modules
    for number, module in enumerate(modules, 1):
        module.id = number
    options: dict[str, Any] = {
        "modules": modules,
        "minutes": {1: 540, 3: 30},
        "last_day": date(2024, 11, 20),
        "placement": None,
        "signatures": [("Karen Munk", "Leder")],
        "place": "Viborg",
        "code": "K7QM-3WXR-9TDA-2345",
        "verify_url": "https://praktik.example.org/verify/K7QM-3WXR-9TDA-2345",
        "verify_address": "praktik.example.org/verify",
        "design": records.design(),
    }
    return context.build(records.diploma(placement), **(options | changes))


def test_certificate_says_hours_and_modules_attended() -> None:
    text = reading.text(pdf.render("certificate", SAMPLE).pdf)
    assert text.startswith("Viborg Kommune Deltagerbevis Frida Falk har deltaget i Peer-uddannelsen Viborg")
    assert "Undervisning: 43 timer 30 min. 1. Peer-faglighed og erfaringskompetence (9 timer)" in text
    assert "gennemført" not in text
    assert "opfyldt" not in text
    assert "%" not in text


def test_built_certificate_counts_what_was_attended_up_to_the_last_day() -> None:
    values = built()
    assert (values["theory_hours"], values["modules"]) == (
        "9 timer 30 min.",
        ["Modul 1 (9 timer)", "Modul 3 (30 min.)"],
    )
    assert values["period"] == "9. september – 20. november 2024"
    assert (values["practicum"], values["follow_up_days"]) == (None, [])
    assert "Modul 1 (9 timer)" in reading.text(pdf.render("certificate", values).pdf)


def test_certificate_without_hours_names_the_modules_alone() -> None:
    values = built(
        design=records.design(blocks=["modules"], accent=Accent.RUST), placement=records.placement()
    )
    assert (values["theory_hours"], values["modules"]) == ("", ["Modul 1", "Modul 3"])
    assert values["practicum"] is not None
    assert (values["practicum"]["unit"], values["practicum"]["supervisor"]) == ("", "")
    text = reading.text(pdf.render("certificate", values).pdf)
    assert "13 ugers praktik 6. januar – 6. april 2025" in text
    assert "Team Åbent Hus" not in text


def test_sample_of_a_design_shows_what_it_shows() -> None:
    programme = records.programme()
    programme.practicum_weeks = 13
    shown = sample(records.design(heading="Bevis", blocks=EVERYTHING), programme)
    hidden = sample(
        records.design(heading=None, blocks=[], leader_name="Ea", leader_title="Rektor"), programme
    )
    assert (shown["heading"], hidden["heading"]) == ("Bevis", "Uddannelsesbevis")
    assert (shown["theory_hours"], hidden["theory_hours"]) == ("78", "")
    assert (len(shown["modules"]), hidden["modules"]) == (4, [])
    assert hidden["signatures"][-1] == {"name": "Ea", "title": "Rektor"}
    assert reading.text(pdf.render("diploma", hidden).pdf).count("Team Åbent Hus") == 0
