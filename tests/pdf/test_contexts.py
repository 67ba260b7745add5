"""`build`: from loaded records to plain values."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from placements import pdf
from placements.i18n import _
from placements.models.agreements import AgreementStatus, Party
from placements.models.legal_details import LegalDetails
from placements.models.offer_tasks import OfferTask, TaskKind
from placements.models.offers import Offer
from placements.models.placements import LegalBasis
from placements.pdf.agreement import context as agreement
from placements.pdf.agreement.values import Section, Values
from placements.pdf.diploma import context as diploma
from tests.pdf import reading, records

NAMES = {Party.HOST: "Henrik Bach", Party.COORDINATOR: "Mette Holm"}


def built(version: Any = None, **changes: Any) -> Values:
    options: dict[str, Any] = {
        "follow_up_days": records.days(),
        "names": NAMES,
        "coordinator_contact": ["mette@example.org", "87 87 40 10"],
        "on": date(2025, 2, 3),
    }
    return agreement.build(version or records.version(), **(options | changes))


def part(values: Values, number: int) -> Section:
    return values["sections"][number - 1]


def rows(values: Values, number: int) -> dict[str, str]:
    return {row["label"]: row["value"] for row in part(values, number)["rows"]}


def built_diploma(**changes: Any) -> diploma.Values:
    placement = records.placement()
    options: dict[str, Any] = {
        "placement": placement,
        "follow_up_days": records.days(),
        "signatures": [("Birgitte Toft", "Underviser"), ("Karen Munk", "Leder")],
        "place": "Viborg",
        "code": "K7QM-3WXR-9TDA-2345",
        "verify_url": "https://praktik.example.org/verify/K7QM-3WXR-9TDA-2345",
        "verify_address": "praktik.example.org/verify",
        "design": records.design(),
    }
    return diploma.build(records.diploma(placement), **(options | changes))


def test_agreement_says_period_and_both_days_even_before_they_have_a_date() -> None:
    assert rows(built(), 4) == {
        "Første dag": "mandag 6. januar 2025 (uge 2)",
        "Sidste dag": "søndag 6. april 2025 (uge 14)",
        "Længde": "13 uger",
        "1. opfølgningsdag": "onsdag 5. februar 2025 (uge 6) kl. 9.00-12.00, Recovery-skolen",
        "2. opfølgningsdag": "Datoen er ikke sat endnu",
    }


def test_agreement_marks_the_week_of_a_follow_up_day() -> None:
    weeks = built()["weeks"]
    assert [week["number"] for week in weeks] == list(range(2, 15))
    assert [(week["number"], week["note"]) for week in weeks if week["kind"] == "follow_up"] == [
        (6, "5. feb.")
    ]


def test_agreement_says_hours_and_supervisor() -> None:
    values = built()
    assert rows(values, 5) == {"Timer om ugen": "6,5"}
    assert rows(values, 7) == {"Praktikvejleder": "Sigrid Krogh, sygeplejerske", "Telefon": "78 40 11 25"}


def test_agreement_names_the_three_parties() -> None:
    assert built()["parties"] == [
        {"role": "Studerende", "name": "Amalie Kjær", "lines": ["amalie@example.org"]},
        {
            "role": "Praktiksted",
            "name": "Team Åbent Hus",
            "lines": [
                "Region Hovedstaden",
                "Skovbrynet 8, 8800 Viborg",
                "Ansvarlig: Henrik Bach",
                "78 40 11 22",
            ],
        },
        {
            "role": "Uddannelse",
            "name": "Peer-uddannelsen Viborg",
            "lines": ["Viborg Kommune", "Koordinator: Mette Holm", "mette@example.org", "87 87 40 10"],
        },
    ]


def test_names_are_those_of_the_day_it_was_made() -> None:
    later = built(on=date(2027, 1, 1))
    assert (later["issuer"], later["parties"][1]["lines"][0]) == ("Ny Skole", "Region Østdanmark")
    assert built(on=date(2026, 12, 31))["parties"][1]["lines"][0] == "Region Hovedstaden"


def test_what_the_parties_wrote_becomes_paragraphs_and_points() -> None:
    written = "Først en linje.\n\n- et punkt\n* et til\nTil sidst."
    values = built(records.version(sections={"3": written, "2": "Godkendt af lederen."}))
    assert part(values, 3)["paragraphs"] == ["Den studerendes egne mål:", "Først en linje.", "Til sidst."]
    assert part(values, 3)["points"] == ["et punkt", "et til"]
    assert part(values, 2)["paragraphs"] == ["Godkendt af lederen."]


def test_standing_text_is_told_apart_from_what_the_parties_wrote() -> None:
    clauses = {2: "Den studerende er ikke ansat.", 6: "Ikke en opgave:\n- at give medicin"}
    values = built(records.version(sections={"6": "Samtaler"}), clauses=clauses)
    basis = "Praktikken er en ulønnet studiepraktik og en del af uddannelsen."
    assert part(values, 2)["clause"] == {
        "paragraphs": [basis, "Den studerende er ikke ansat."],
        "points": [],
    }
    assert part(values, 6)["clause"] == {"paragraphs": ["Ikke en opgave:"], "points": ["at give medicin"]}
    assert part(values, 6)["paragraphs"] == ["Samtaler"]
    assert part(values, 9)["clause"] is None


def test_weekly_plan_of_the_offer_is_printed_day_by_day() -> None:
    """Row 67."""
    offer = Offer(weekly_plan={"3": ["12:00", "15:00"], "1": ["09:30", "12:30"]})
    values = built(records.version(records.placement(offer=offer)))
    assert part(values, 5)["table"] == {
        "head": ["Dag", "Tid"],
        "rows": [["tirsdag", "kl. 9.30-12.30"], ["torsdag", "kl. 12.00-15.00"]],
    }
    assert part(built(), 5)["table"] is None


def test_tasks_of_the_offer_are_printed_with_their_shares() -> None:
    """H-07."""
    lines = [
        OfferTask(text="Gåture", kind=TaskKind.INDIVIDUAL, percent=70),
        OfferTask(text="Planter", kind=TaskKind.OTHER, percent=30),
    ]
    values = built(records.version(records.placement(offer=Offer(task_lines=lines))))
    assert part(values, 6)["table"] == {
        "head": ["Opgave", "Slags", "Andel"],
        "rows": [["Gåture", "Støtte til én ad gangen", "70 %"], ["Planter", "Andet arbejde", "30 %"]],
    }
    assert rows(values, 6) == {"Typiske peer-opgaver": "70 % af tiden"}


def test_job_centre_vitas_and_approvals_are_printed() -> None:
    """D-06."""
    details = LegalDetails(
        job_centre="Jobcenter Viborg",
        job_centre_contact="Jens",
        vitas_reference="12345678",
        manager_name="Lise Leder",
        manager_approved_on=date(2024, 12, 1),
        insurance="Jobcentret dækker.",
    )
    placement = records.placement(legal_basis=LegalBasis.JOB_CENTRE, legal_details=details)
    values = built(records.version(placement))
    assert rows(values, 2) == {
        "Jobcenter": "Jobcenter Viborg, Jens",
        "Nummer i VITAS": "12345678",
        "Godkendt af lederen": "Lise Leder, 1. december 2024",
    }
    assert rows(values, 13) == {"Forsikring": "Jobcentret dækker."}


def test_certificates_say_how_they_stand() -> None:
    certificates = {_("Straffeattest"): _("Set %(day)s", day=date(2024, 12, 2))}
    assert rows(built(certificates=certificates), 12) == {"Straffeattest": "Set 2. december 2024"}
    english = rows(built(certificates=certificates, locale="en"), 12)
    assert list(english.values()) == ["Seen 2 December 2024"]


def test_signatures_keep_the_name_of_that_day_and_leave_lines_for_the_others() -> None:
    given = [records.signature(Party.STUDENT, "Amalie Gammelnavn")]
    values = built(records.version(signatures=given, status=AgreementStatus.AWAITING_SIGNATURES))
    assert values["state"] == "awaiting"
    assert [(who["role"], who["name"], who["signed"]) for who in values["signatures"]] == [
        ("Studerende", "Amalie Gammelnavn", "3. februar 2025 kl. 10.12"),
        ("Praktikvært", "Henrik Bach", ""),
        ("Koordinator", "Mette Holm", ""),
    ]


@pytest.mark.parametrize(
    ("basis", "signers"), [(LegalBasis.JOB_CENTRE, 4), (LegalBasis.EMPLOYMENT, 3), (None, 3)]
)
def test_employee_representative_signs_with_the_job_centre_only(
    basis: LegalBasis | None, signers: int
) -> None:
    values = built(records.version(records.placement(legal_basis=basis)))
    assert len(values["signatures"]) == signers


def test_built_agreement_is_plain_and_prints() -> None:
    values = built()
    assert json.loads(json.dumps(values)) == values
    text = reading.text(pdf.render("agreement", values).pdf)
    assert "1 Parter" in text
    assert "9 Rimelig tilpasning" not in text


def test_agreement_without_supervisor_or_basis_leaves_them_out() -> None:
    values = built(records.version(records.placement(supervisor=None, legal_basis=None)), follow_up_days=[])
    assert part(values, 7)["rows"] == []
    assert part(values, 2)["clause"] is None
    assert list(rows(values, 4)) == ["Første dag", "Sidste dag", "Længde"]


def test_diploma_counts_the_compulsory_modules() -> None:
    values = built_diploma()
    assert (values["theory_hours"], values["modules"]) == ("22", ["Modul 1", "Modul 2", "Modul 4"])


def test_diploma_says_practicum_with_the_names_of_its_time() -> None:
    assert built_diploma()["practicum"] == {
        "weeks": "13",
        "period": "6. januar – 6. april 2025",
        "unit": "Team Åbent Hus",
        "organisation": "Region Hovedstaden",
        "supervisor": "Sigrid Krogh",
    }


def test_diploma_without_practicum_ends_the_day_it_was_issued() -> None:
    values = built_diploma(placement=None, follow_up_days=[])
    assert values["practicum"] is None
    assert values["period"] == "9. september 2024 – 11. april 2025"


def test_diploma_says_the_persons_own_hours_and_last_day_where_registers_were_kept() -> None:
    """H-14: extra hours for some audiences."""
    values = built_diploma(
        placement=None, follow_up_days=[], theory_minutes=3360, last_taught_on=date(2024, 12, 11)
    )
    assert (values["theory_hours"], values["period"]) == ("56", "9. september – 11. december 2024")
    uneven = built_diploma(theory_minutes=71 * 60 + 20)
    assert uneven["theory_hours"] == "71 timer 20 min."
    assert "Teori: 71 timer 20 min." in reading.text(pdf.render("diploma", uneven).pdf)


def test_built_diploma_is_plain_and_prints() -> None:
    values = built_diploma()
    assert json.loads(json.dumps(values)) == values
    text = reading.text(pdf.render("diploma", values).pdf)
    assert "Opfølgningsdage onsdag 5. februar 2025 (uge 6) Viborg, 11. april 2025" in text
    assert "amalie@example.org" not in text
