"""Letters and the programme of a follow-up day: what they say, and what they never say (V-06, V-09, D-07)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from placements import pdf
from placements.models.follow_up_days import FollowUpTopic
from placements.models.users import User
from placements.pdf._letter.values import Contact
from placements.pdf.decision_letter import context as decision
from placements.pdf.follow_up_programme import context as programme
from placements.pdf.host_letter import context as host
from placements.pdf.invoice_basis import context as invoice
from placements.pdf.municipality_letter import context as municipality
from tests.pdf import reading, records

METTE: Contact = {"name": "Mette Holm", "title": "Koordinator", "lines": ["87 87 40 10"]}
SENT: dict[str, Any] = {
    "reference": "U-2024-0031",
    "issuer": "Viborg Kommune",
    "sender": "Viborg Kommune, 8800 Viborg",
    "recipient": ["Skive Kommune", "7800 Skive"],
    "contact": METTE,
    "on": date(2024, 8, 26),
}
TELLING = (
    *("peer", "recovery", "psyk", "sårbar", "diagnos", "helbred", "syg", "behandl", "handicap", "misbrug"),
    *("mental", "health", "illness", "vulnerab", "disab", "treatment"),
)
"""Beginnings and parts of words that tell what the course is about, or why somebody takes it."""


def telling(text: str) -> set[str]:
    return {word for word in TELLING if word in text.lower()}


def host_letter(**changes: Any) -> host.Values:
    options: dict[str, Any] = {
        "accepted": True,
        "host": User(name="Henrik Bach"),
        "coordinator": User(name="Mette Holm", email="mette@example.org", phone="87 87 40 10"),
        "follow_up_days": records.days(),
        "on": date(2024, 12, 2),
    }
    placement = records.placement()
    placement.id = 7
    return host.build(placement, **(options | changes))


def test_host_letter_says_who_when_and_whom_to_ask() -> None:
    values = host_letter()
    assert values["recipient"] == [
        *("Region Hovedstaden", "Team Åbent Hus", "Att. Henrik Bach", "Skovbrynet 8", "8800 Viborg")
    ]
    assert (values["student"], values["student_lines"]) == ("Amalie Kjær", ["amalie@example.org"])
    assert (values["hours"], values["period"]) == ("6,5 timer", "6. januar – 6. april 2025")
    assert (values["supervisor"], values["supervisor_lines"]) == ("Sigrid Krogh", ["78 40 11 25"])
    assert values["days"] == [
        "onsdag 5. februar 2025 (uge 6), kl. 9.00-12.00",
        "2. opfølgningsdag har ingen dato endnu",
    ]
    text = reading.text(pdf.render("host_letter", values).pdf)
    assert (
        "Kære Henrik Bach Tak, fordi I tager imod. Amalie Kjær er hos jer 6. januar – 6. april 2025" in text
    )
    assert "Venlig hilsen Mette Holm Koordinator Viborg Kommune" in text


def test_host_letter_names_no_student_before_the_unit_has_said_yes() -> None:
    values = host_letter(accepted=False, host=None, coordinator=None, locale="en")
    assert (values["student"], values["student_lines"], values["hours"]) == ("", [], "6.5 hours")
    text = reading.text(pdf.render("host_letter", values, locale="en").pdf)
    assert "Amalie" not in text
    assert "Will you take a student in practicum? Dear colleagues" in text


def test_programme_ties_topics_to_modules() -> None:
    """V-06."""
    cohort = records.placement().cohort
    cohort.slug = "viborg-2024"
    day = records.days()[0]
    day.cohort = cohort
    day.topics = [
        FollowUpTopic(text="Grænser", module=cohort.programme.modules[1]),
        FollowUpTopic(text="Næste skridt", module=None),
    ]
    values = programme.build(
        day, teachers=[User(name="Jonas Lykke")], coordinator=None, on=date(2025, 1, 20), locale="da"
    )
    rendered = pdf.render("follow_up_programme", values)
    assert rendered.filename == "opfoelgningsdag-viborg-2024-1.pdf"
    text = reading.text(rendered.pdf)
    assert "onsdag 5. februar 2025 (uge 6) Tid kl. 9.00-12.00 Sted Recovery-skolen" in text
    assert "Undervisere Jonas Lykke" in text
    assert "Emne Modul Grænser 2. Modul 2 Næste skridt Hele uddannelsen" in text
    assert "Amalie" not in text


def decided(kind: decision.Kind, **changes: Any) -> decision.Values:
    options: dict[str, Any] = {
        "person": "Frida Falk",
        "programme": "Peer-uddannelsen Viborg",
        "cohort": "Hold 2024",
        "begins": date(2024, 9, 9),
        "ends": date(2025, 4, 6),
        "answer_by": date(2024, 9, 2),
        "reasons": ["many", "talk"],
        "opens": date(2025, 6, 16),
    }
    return decision.build(kind, **(SENT | options | changes))


@pytest.mark.parametrize(
    ("kind", "heading", "says"),
    [
        ("offer", "Du er tilbudt en plads", "senest mandag 2. september 2024 (uge 36), om du tager imod"),
        ("waiting_list", "Du er skrevet på ventelisten", "Du er nummer 3 på listen."),
        ("next_year", "En plads til dig på næste hold", "Du skal ikke søge igen."),
        ("rejection", "Svar på din ansøgning", "åbent for ansøgninger fra 16. juni 2025."),
    ],
)
def test_decision_says_what_was_decided(kind: decision.Kind, heading: str, says: str) -> None:
    values = decided(kind, place=3)
    text = reading.text(pdf.render("decision_letter", values).pdf)
    assert f"{heading} Kære Frida Falk Tak for din ansøgning" in text
    assert says in text
    assert ("Derfor" in text) == (kind == "rejection") == bool(values["reasons"])


def test_reasons_are_kind_words_of_ours_in_both_languages() -> None:
    assert decided("rejection", reasons=["age"])["reasons"] == [
        "Man skal være fyldt 18 år, når holdet begynder."
    ]
    english = decided("rejection", reasons=list(decision.REASONS), locale="en")["reasons"]
    assert len(english) == len(decision.REASONS)
    assert telling(" ".join([*decision.REASONS.values(), *english])) == set()


def asked(**changes: Any) -> municipality.Values:
    options: dict[str, Any] = {
        "municipality": "Skive Kommune",
        "applicant": "Frida Falk",
        "starts_on": date(2024, 9, 9),
        "ends_on": date(2025, 4, 6),
        "amount": 14000,
    }
    return municipality.build(**(SENT | options | changes))


def test_municipality_is_asked_to_pay_or_to_apply_for_a_free_place() -> None:
    """V-09: only municipalities of the region can apply for one."""
    text = reading.text(pdf.render("municipality_letter", asked(free_place_in="Region Midtjylland")).pdf)
    assert "Godkend, at kommunen betaler 14.000 kr. for forløbet." in text
    assert "søg om en friplads eller et tilskud. Det kan kommuner i Region Midtjylland." in text
    assert "EAN-nummer (GLN), 13 cifre" in text
    assert "friplads" not in reading.text(pdf.render("municipality_letter", asked()).pdf)


def billed(**changes: Any) -> invoice.Values:
    options: dict[str, Any] = {
        "payer": "Skive Kommune",
        "ean": "5790 0012 3456 0",
        "payer_contact": ["Lone Kirk"],
        "lines": [("Første halvdel", 7000), ("Anden halvdel", 7500)],
        "status": "promised",
        "due_on": date(2024, 10, 9),
    }
    return invoice.build(**(SENT | options | changes))


def test_invoice_basis_adds_up_and_checks_the_number_it_goes_to() -> None:
    """D-07."""
    values = billed(vat_note="Fritaget for moms.")
    text = reading.text(pdf.render("invoice_basis", values).pdf)
    assert "EAN-nummer (GLN) 5790001234560 Kontrolcifret passer Kontaktperson" in text
    assert "Første halvdel 7.000 kr. Anden halvdel 7.500 kr. I alt 14.500 kr. Fritaget for moms." in text
    assert "Status Lovet, ikke sendt endnu Betales senest 9. oktober 2024" in text
    assert billed(locale="en")["total"] == "DKK 14,500"


@pytest.mark.parametrize("ean", ["5790001234567", "579000123456", "57900012345601", ""])
def test_number_that_is_not_right_is_said_to_be_wrong(ean: str) -> None:
    assert billed(ean=ean)["ean_is_right"] is False


@pytest.mark.parametrize("locale", ["da", "en"])
@pytest.mark.parametrize("document", ["municipality_letter", "invoice_basis"])
def test_what_leaves_for_a_payer_does_not_tell_what_the_course_is_about(document: str, locale: str) -> None:
    """D-07: for every example; the letter to the applicant, who knows, shows that the words are found."""
    printed = [
        reading.text(pdf.render(name, values, locale=locale).pdf)
        for name, _variant, values in pdf.examples()
        if name == document
    ]
    assert [telling(text) for text in printed] == [set()] * 3
    assert telling(reading.text(pdf.render("decision_letter", decided("offer")).pdf)) == {"peer"}


def test_address_stands_in_the_window_of_the_envelope() -> None:
    """20 to 110 mm from the left and 47 to 77 mm from the top, for windows of C5, M65 and DL."""
    lines, millimetre = host.SAMPLE["recipient"][:-1], 72 / 25.4  # the town stands in the sender's line too
    with reading.opened(pdf.render("host_letter", host.SAMPLE).pdf) as document:
        texts = document[0].get_textpage()
        found = [texts.search(line).get_next() for line in lines]
        boxes = [texts.get_charbox(place[0]) for place in found if place]
    assert len(boxes) == len(lines)
    assert {round(left / millimetre) for left, _bottom, _right, _top in boxes} == {22}
    assert all(47 < 297 - edge / millimetre < 77 for box in boxes for edge in (box[1], box[3]))
