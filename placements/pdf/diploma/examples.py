"""Example diplomas, for `flask pdf-samples` and the tests. People, places and numbers are invented."""

from __future__ import annotations

from placements.pdf.diploma.values import Values

SAMPLE: Values = {
    "heading": "Uddannelsesbevis",
    "accent": "heather",
    "number": "UB-2025-0007",
    "code": "K7QM-3WXR-9TDA-2345",
    "verify_url": "https://praktik.example.org/verify/K7QM-3WXR-9TDA-2345",
    "verify_address": "praktik.example.org/verify",
    "dated": "2025-04-11",
    "issuer": "Viborg Kommune",
    "programme": "Peer-uddannelsen Viborg",
    "person": "Amalie Kjær Nørgaard",
    "period": "9. september 2024 – 6. april 2025",
    "aim": "Uddannelsen gør levede erfaringer med psykisk sårbarhed og recovery til en kompetence, "
    "som kan bruges i ligestillet støtte til andre.",
    "theory_hours": "78",
    "modules": [
        "Peer-faglighed og erfaringskompetence",
        "Recovery og empowerment",
        "Stil skarpt på dig selv – en vej til recovery",
        "Diagnosemestring, sorg, krise og stigma",
        "Livshistoriefortælling",
        "Kommunikation og konflikthåndtering",
        "Roller og grænser",
    ],
    "practicum": {
        "weeks": "13",
        "period": "6. januar – 6. april 2025",
        "unit": "Team Åbent Hus",
        "organisation": "Region Midtjylland",
        "supervisor": "Sigrid Krogh Thomsen",
    },
    "follow_up_days": ["onsdag 5. februar 2025 (uge 6)", "onsdag 12. marts 2025 (uge 11)"],
    "completion": "Alle krav til gennemførelse er opfyldt.",
    "place_and_date": "Viborg, 11. april 2025",
    "signatures": [
        {"name": "Birgitte Toft Lauridsen", "title": "Underviser, faguddannet"},
        {"name": "Jonas Lykke Holm", "title": "Underviser, peer-uddannet"},
        {"name": "Karen Munk Sørensen", "title": "Leder af uddannelsen"},
    ],
}

WORST: Values = {
    **SAMPLE,
    "heading": "Bevis for gennemført peer-uddannelse med",
    "person": "Anne-Margrethe Elisabeth Wilhelmine Østergaard-Kjærsgaard von Hessenstein "
    "Christoffersen Sørensen-Bjerregaard Aagesen-Ål",
    "issuer": "Partnerskabet bag Peer-Uddannelsen i Region Hovedstaden og de deltagende kommuner og "
    "foreninger",
    "programme": "Peer-uddannelsen for medarbejdere, frivillige og kolleger i den regionale og kommunale "
    "psykiatri",
    "aim": "Uddannelsen gør levede erfaringer med psykisk sårbarhed og recovery til en kompetence, som kan "
    "bruges i "
    "ligestillet støtte til andre, i grupper, i den enkelte samtale og i de forandringer, som "
    "arbejdspladsen selv "
    "ønsker at skabe sammen med de mennesker, den er til for.",
    "modules": [
        "Peer-faglighed og erfaringskompetence i mødet med mennesker i den regionale og kommunale psykiatri",
        "Recovery og empowerment: fra håb og egne valg til fælles ansvar i hverdagen på arbejdspladsen",
        "Stil skarpt på dig selv – en vej til recovery gennem samtale, refleksion og arbejde i studiegrupper",
        "Diagnosemestring, sorg, krise og stigma: at forstå egne og andres reaktioner uden at dømme dem",
        "Livshistoriefortælling: at dele sin historie, når det gavner, og lade den hvile, når det ikke gør",
        "Kommunikation og konflikthåndtering i samarbejdet med kolleger, pårørende, ledere og myndigheder",
        "Roller og grænser: at være en tydelig rollemodel og passe på sig selv i et langt arbejdsliv",
    ],
    "practicum": {
        "weeks": "13",
        "period": "28. oktober 2024 – 26. januar 2025",
        "unit": "Lokalpsykiatrisk Center for Rehabilitering, Recovery og Brobygning, Afsnit Nordøst",
        "organisation": "Region Østdanmark, Den Samlede Psykiatri og Socialområdet",
        "supervisor": "Bartholomæus Christian Rosenkrantz-Thorvaldsen",
    },
    "completion": "Alle krav til gennemførelse er opfyldt efter en skriftlig undtagelse fra fristen på "
    "tolv måneder.",
    "dated": "2025-11-26",
    "place_and_date": "Frederiksberg, 26. november 2025",
    "signatures": [
        {
            "name": "Frederikke Augusta Rosenkrantz-Thorvaldsen",
            "title": "Underviser, faguddannet og supervisor",
        },
        {
            "name": "Bartholomæus Christian Vestergaard-Nielsen",
            "title": "Underviser, peer-uddannet og koordinator",
        },
        {
            "name": "Charlotte-Amalie Bjerregaard Frandsen-Lund",
            "title": "Leder af partnerskabets sekretariat",
        },
    ],
}
