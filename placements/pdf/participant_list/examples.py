"""Example lists, for `flask pdf-samples` and the tests. People, places and numbers are invented."""

from __future__ import annotations

from placements.pdf.participant_list.values import Person, Values

_PEOPLE = (
    ("Amalie Kjær Nørgaard", "amalie.noergaard@example.org", "20 39 72 22", "Team Åbent Hus"),
    ("Bo Toft Lauridsen", "bo.toft@example.org", "", "Psykiatrisk Afsnit Vest"),
    ("Cecilie Dam", "cecilie@example.org", "28 11 90 47", "Værestedet Kompasset"),
    ("David Aslan", "david.aslan@example.org", "31 24 55 08", "Team Åbent Hus"),
    ("Esther Ladegaard", "esther.ladegaard@example.org", "22 70 13 96", ""),
    ("Fatima El-Amin", "fatima@example.org", "60 48 31 75", "Klinik for Unge, Viborg"),
    ("Gorm Aamann Poulsen", "gorm.aamann@example.org", "25 66 04 12", "Bostøtten Nord"),
    ("Helle Winther", "helle.winther@example.org", "", "Bostøtten Nord"),
)


def _person(name: str, email: str, phone: str, unit: str, audience: str = "Studerende") -> Person:
    return {
        "name": name,
        "audience": audience,
        "lines": [line for line in (email, phone) if line],
        "unit": unit,
    }


SAMPLE: Values = {
    "dated": "2025-02-03",
    "slug": "viborg-2024",
    "issuer": "Viborg Kommune",
    "programme": "Peer-uddannelsen Viborg",
    "cohort": "Viborg 2024",
    "begins": "mandag 9. september 2024 (uge 37)",
    "printed": "3. februar 2025",
    "audience": "Studerende",
    "in_full": True,
    "people": [_person(*known) for known in _PEOPLE],
}

_LONG = (
    "Anne-Margrethe Elisabeth Wilhelmine Østergaard-Kjærsgaard von Hessenstein Christoffersen "
    "Sørensen-Bjerregaard Aagesen-Ål"
)
_UNIT = "Lokalpsykiatrisk Center for Rehabilitering, Recovery og Brobygning, Afsnit Nordøst"
_MAIL = "anne-margrethe.elisabeth.oestergaard-kjaersgaard@lokalpsykiatrien.example.org"

WORST: Values = {
    **SAMPLE,
    "issuer": _UNIT,
    "programme": "Peer-uddannelsen i Region Hovedstaden og Region Sjælland for ansatte og frivillige",
    "cohort": "Hovedstaden og Sjælland, forår 2025, hold for nye i satspuljeprojekterne",
    "audience": "",
    "people": [
        _person(_LONG, _MAIL, "+45 20 39 72 22", _UNIT, audience)
        for audience in ("Lønnet peer", "Frivillig peer", "Kollega", "Studerende")
        for _number in range(7)
    ],
}

EMPTY: Values = {**SAMPLE, "audience": "", "in_full": False, "people": []}
