"""Example lists, for `flask pdf-samples` and the tests. People and places are invented."""

from __future__ import annotations

from placements.pdf.group_list.values import Meeting, Values


def _meeting(theme: str, form: str, day: str, place: str = "", *, cancelled: bool = False) -> Meeting:
    return {
        "theme": theme,
        "form": form,
        "day": day,
        "time": "kl. 16.00-18.00",
        "place": place,
        "cancelled": cancelled,
    }


SAMPLE: Values = {
    "dated": "2025-02-03",
    "number": 4,
    "issuer": "Viborg Kommune",
    "group": "Gruppe Nord",
    "programmes": "Peer-uddannelsen Viborg",
    "partner": "Peernetværket Danmark",
    "place": "Medborgerhuset, Vesterbrogade 13",
    "facilitators": "Birgitte Toft, Anders Lykke",
    "printed": "3. februar 2025",
    "others": 0,
    "members": [
        {"name": "Amalie Kjær Nørgaard", "cohort": "Viborg 2024"},
        {"name": "David Aslan", "cohort": "Viborg 2024"},
        {"name": "Helle Winther", "cohort": "Viborg 2024"},
        {"name": "Jonas Brandt Iversen", "cohort": "Viborg 2023"},
        {"name": "Lone Maribo", "cohort": "Viborg 2023"},
    ],
    "meetings": [
        _meeting("At sige fra", "Case", "torsdag 16. januar 2025 (uge 3)"),
        _meeting("Den første tid på stedet", "Oplæg", "torsdag 13. februar 2025 (uge 7)"),
        _meeting("Grænser og fortrolighed", "Case", "torsdag 13. marts 2025 (uge 11)", cancelled=True),
        _meeting("Peer i et team", "Sparring", "torsdag 10. april 2025 (uge 15)", "Biblioteket, sal 2"),
    ],
}

_LONG = (
    "Anne-Margrethe Elisabeth Wilhelmine Østergaard-Kjærsgaard von Hessenstein Christoffersen "
    "Sørensen-Bjerregaard Aagesen-Ål"
)
_COHORT = "Hovedstaden og Sjælland, forår 2025, hold for nye i satspuljeprojekterne"
_PLACE = "Hospitalsparken ved Den Gamle Kystvej 1234, bygning 17, opgang C, 3. sal, 2970 Hørsholm"

WORST: Values = {
    **SAMPLE,
    "issuer": "Lokalpsykiatrisk Center for Rehabilitering, Recovery og Brobygning, Afsnit Nordøst",
    "group": "Netværksgruppen for ansatte peers og frivillige i de nordlige kommuner og på hospitalerne",
    "programmes": "Peer-uddannelsen i Region Hovedstaden og Region Sjælland, Peer-uddannelsen Viborg",
    "partner": "Foreningen for brugere, pårørende og peers i psykiatrien og socialpsykiatrien i Danmark",
    "place": _PLACE,
    "facilitators": f"{_LONG}, {_LONG}",
    "others": 12,
    "members": [{"name": _LONG, "cohort": _COHORT}] * 28,
    "meetings": [
        _meeting(
            "Menneskerettigheder, medborgerskab og samarbejde i organisationer under forandring",
            "Sparring",
            "torsdag 11. september 2025 (uge 37)",
            _PLACE,
            cancelled=number == 3,
        )
        for number in range(12)
    ],
}

EMPTY: Values = {
    **SAMPLE,
    "partner": "",
    "place": "",
    "facilitators": "",
    "members": [],
    "meetings": [],
}
