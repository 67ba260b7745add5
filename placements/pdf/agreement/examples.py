"""Example agreements, for `flask pdf-samples` and the tests. People, places and numbers are invented."""

from __future__ import annotations

from placements.pdf.agreement.values import Change, Party, Section, Signature, Values, Week, section

_PARTIES: list[Party] = [
    {
        "role": "Studerende",
        "name": "Amalie Kjær Nørgaard",
        "lines": ["amalie.noergaard@example.org", "20 39 72 22"],
    },
    {
        "role": "Praktiksted",
        "name": "Team Åbent Hus",
        "lines": [
            "Region Midtjylland",
            "Skovbrynet 8, 8800 Viborg",
            "Ansvarlig: Henrik Bach Jessen",
            "78 40 11 22",
        ],
    },
    {
        "role": "Uddannelse",
        "name": "Peer-uddannelsen Viborg",
        "lines": ["Viborg Kommune", "Koordinator: Mette Holm Dalsgaard", "koordinator@example.org"],
    },
]

_WEEKS: list[Week] = [
    {
        "number": number,
        "kind": "follow_up" if number in (6, 11) else "practicum",
        "note": {6: "5. feb.", 11: "12. mar."}.get(number, ""),
    }
    for number in range(2, 15)
]

_GIVEN: Signature = {
    "role": "",
    "name": "",
    "signed": "",
    "how": "Underskrevet med kode fra mail",
    "sha256": "9b74c9897bac770ffc029102a200c5de1f6a41b6d1f3f7a85b8f5d5c94e6e0a3",
}
_SIGNATURES: list[Signature] = [
    {**_GIVEN, "role": "Studerende", "name": "Amalie Kjær Nørgaard", "signed": "12. december 2024 kl. 14.05"},
    {**_GIVEN, "role": "Praktikvært", "name": "Henrik Bach Jessen", "signed": "13. december 2024 kl. 9.40"},
    {
        **_GIVEN,
        "role": "Koordinator",
        "name": "Mette Holm Dalsgaard",
        "signed": "16. december 2024 kl. 10.12",
    },
]

_PERIOD = section(
    4,
    rows={
        "Første dag": "mandag 6. januar 2025 (uge 2)",
        "Sidste dag": "søndag 6. april 2025 (uge 14)",
        "Længde": "13 uger",
        "1. opfølgningsdag": "onsdag 5. februar 2025 (uge 6) kl. 9.00-12.00, Recovery-skolen",
        "2. opfølgningsdag": "onsdag 12. marts 2025 (uge 11) kl. 9.00-12.00, Recovery-skolen",
    },
)

_SECTIONS: list[Section] = [
    section(1),
    section(2, "Praktikken er en ulønnet studiepraktik og en fast del af uddannelsen."),
    section(
        3,
        "Praktikken giver den studerende mulighed for at prøve det lærte af i en rigtig hverdag, med "
        "støtte og uden at "
        "skulle kunne det hele på forhånd.",
        points=[
            "at møde andre ligeværdigt og bruge egne erfaringer, når det gavner den anden",
            "at kende sine grænser og sige til i tide",
            "at holde et oplæg om recovery for kolleger sammen med vejlederen (den studerendes eget mål)",
        ],
    ),
    _PERIOD,
    section(
        5,
        "Opfølgningsdage, vejledning og møder i netværksgruppen regnes med i timerne.",
        rows={"Timer om ugen": "6"},
        table={
            "head": ["Dag", "Tid", "Sted"],
            "rows": [
                ["tirsdag", "kl. 9.30-12.30", "Team Åbent Hus"],
                ["torsdag", "kl. 13.00-16.00", "Team Åbent Hus, caféen"],
            ],
        },
    ),
    section(
        6,
        clause={
            "paragraphs": ["Dette er ikke en opgave for den studerende:"],
            "points": [
                "at give medicin eller vurdere en behandling",
                "at skrive i journalen",
                "at være alene på vagt",
            ],
        },
        rows={"Typiske peer-opgaver": "75 % af tiden (mindst to tredjedele)"},
        table={
            "head": ["Opgave", "Form", "Andel"],
            "rows": [
                ["Samtaler og gåture med enkelte brugere", "Individuel", "40 %"],
                ["Åben café og selvhjælpsgruppe", "Gruppe", "35 %"],
                ["Teammøder og oplæg for kolleger", "Organisation", "25 %"],
            ],
        },
    ),
    section(
        7,
        "Vejlederen er til stede de dage, den studerende møder. De taler sammen en halv time om ugen.",
        rows={"Praktikvejleder": "Sigrid Krogh Thomsen, sygeplejerske", "Telefon": "78 40 11 25"},
    ),
    section(
        8,
        "Koordinatoren kan ringes op af begge parter hele vejen. På opfølgningsdagene knyttes oplevelserne "
        "i praktikken til "
        "uddannelsens moduler.",
        rows={
            "Koordinator": "Mette Holm Dalsgaard, 87 87 40 10",
            "Supervision": "2 gange à en time, i gruppe",
        },
    ),
    section(
        9,
        "Den studerende møder ikke før kl. 9.30 og kan trække sig til et stille rum, når der er brug for "
        "det.",
    ),
    section(
        10,
        "Fravær meldes til praktikvejlederen samme dag inden kl. 9.00. Mistede timer kan indhentes efter "
        "aftale.",
    ),
    section(
        11,
        "Den studerende har tavshedspligt om alt, hvad hun hører om brugere og kolleger, også efter "
        "praktikken. "
        "Praktikstedet får kun de oplysninger om den studerende, som står i denne aftale.",
    ),
    section(12, rows={"Straffeattest": "Kræves. Indhentet 2. december 2024, set af praktikstedet."}),
    section(
        13, "Den studerende er dækket af uddannelsens forsikring og følger stedets regler for sikkerhed."
    ),
    section(
        14,
        "Praktikken er ulønnet. Offentlig transport betales af uddannelsen. Kaffe og frokost er gratis på "
        "stedet.",
    ),
    section(
        15,
        rows={
            "Midtvejssamtale": "torsdag 20. februar 2025 (uge 8)",
            "Afsluttende samtale": "torsdag 3. april 2025 (uge 14)",
        },
    ),
    section(
        16,
        "Ændringer skrives i et tillæg, som alle parter underskriver. Hver part kan stoppe aftalen med en "
        "uges varsel.",
    ),
    section(17, "Alle parter har læst aftalen og fået en kopi af den."),
]

_CHANGES: list[Change] = [
    {
        "section": 4,
        "title": "Periode",
        "label": "Sidste dag",
        "before": "søndag 30. marts 2025 (uge 13)",
        "after": "søndag 6. april 2025 (uge 14)",
    },
    {
        "section": 9,
        "title": "Rimelig tilpasning",
        "label": "",
        "before": "",
        "after": "Den studerende møder ikke før kl. 9.30 og kan trække sig til et stille rum, når der er "
        "brug for det.",
    },
]

SAMPLE: Values = {
    "number": "PA-2024-0007",
    "version": 2,
    "state": "signed",
    "dated": "2024-12-16",
    "issuer": "Viborg Kommune",
    "programme": "Peer-uddannelsen Viborg",
    "cohort": "Hold 2024",
    "student": "Amalie Kjær Nørgaard",
    "unit": "Team Åbent Hus",
    "period": "6. januar – 6. april 2025",
    "parties": _PARTIES,
    "weeks": _WEEKS,
    "sections": _SECTIONS,
    "signatures": _SIGNATURES,
    "changed_since": 1,
    "changes": _CHANGES,
}

DRAFT: Values = {
    **SAMPLE,
    "version": 1,
    "state": "draft",
    "changed_since": 0,
    "changes": [],
    "sections": [part for part in _SECTIONS if part["number"] in (1, 4, 5, 7, 17)],
    "signatures": [{**signature, "signed": ""} for signature in _SIGNATURES],
}

_LONG_NAME = (
    "Anne-Margrethe Elisabeth Wilhelmine Østergaard-Kjærsgaard von Hessenstein Christoffersen "
    "Sørensen-Bjerregaard Aagesen-Ål"
)
_LONG_TEXT = (
    "Den studerende, praktikvejlederen og koordinatoren taler sammen om, hvad der fungerer, og hvad der "
    "skal laves om, før "
    "nogen af dem beslutter noget alene. Hvis samarbejdet bliver svært, siges det højt, mens det stadig er "
    "til at løse, og "
    "den, der siger det, får tid til at forklare sig i ro."
)


def _lengthened(part: Section) -> Section:
    return {
        **part,
        "rows": [*part["rows"], {"label": "En lang betegnelse for et vilkår", "value": _LONG_TEXT}],
        "clause": {"paragraphs": [_LONG_TEXT], "points": ["kort punkt"]},
        "paragraphs": [*part["paragraphs"], _LONG_TEXT, _LONG_TEXT],
        "points": [*part["points"], _LONG_TEXT, "kort punkt"],
    }


WORST: Values = {
    **SAMPLE,
    "state": "awaiting",
    "issuer": "Partnerskabet bag Peer-Uddannelsen i Region Hovedstaden og de deltagende kommuner og "
    "foreninger",
    "programme": "Peer-uddannelsen for medarbejdere, frivillige og kolleger i den regionale og kommunale "
    "psykiatri",
    "student": _LONG_NAME,
    "unit": "Lokalpsykiatrisk Center for Rehabilitering, Recovery og Brobygning, Afsnit Nordøst",
    "parties": [
        {
            **_PARTIES[0],
            "name": _LONG_NAME,
            "lines": ["en.usaedvanligt.lang.adresse.uden.mellemrum@praktik.example.org"],
        },
        {
            **_PARTIES[1],
            "name": "Lokalpsykiatrisk Center for Rehabilitering, Recovery og Brobygning, Afsnit Nordøst",
        },
        _PARTIES[2],
    ],
    "sections": [_lengthened(part) for part in _SECTIONS],
    "changes": [
        *_CHANGES,
        {
            "section": 10,
            "title": "Fravær og sygdom",
            "label": "En lang betegnelse for et vilkår",
            "before": _LONG_TEXT,
            "after": f"{_LONG_TEXT} {_LONG_TEXT}",
        },
        {
            "section": 11,
            "title": "Tavshedspligt og databeskyttelse",
            "label": "",
            "before": "enusaedvanligtlangtordudenmellemrum" * 4,
            "after": "",
        },
    ],
    "signatures": [
        {**_SIGNATURES[0], "name": _LONG_NAME},
        {**_SIGNATURES[1], "signed": ""},
        {**_SIGNATURES[2], "signed": ""},
        {
            **_GIVEN,
            "role": "Medarbejderrepræsentant",
            "name": "Bartholomæus Christian Rosenkrantz-Thorvaldsen",
            "signed": "",
        },
    ],
}
