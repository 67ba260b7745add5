"""Example reports, for `flask pdf-samples` and the tests. The figures are invented."""

from __future__ import annotations

from placements.pdf.cohort_report.values import Chart, Section, Values


def _chart(title: str, of: int, counts: dict[str, int], *hidden: str) -> Chart:
    return {
        "title": title,
        "bars": [
            {
                "label": label,
                "percent": round(100 * number / of),
                "text": f"{number} af {of} ({round(100 * number / of)} %)",
            }
            for label, number in counts.items()
        ],
        "hidden": list(hidden),
    }


def _section(title: str, *charts: Chart, lead: str = "", rows: dict[str, str] | None = None) -> Section:
    return {
        "title": title,
        "lead": lead,
        "rows": [{"label": label, "value": value} for label, value in (rows or {}).items()],
        "charts": list(charts),
    }


SAMPLE: Values = {
    "dated": "2025-06-02",
    "slug": "viborg-2024",
    "issuer": "Viborg Kommune",
    "programme": "Peer-uddannelsen Viborg",
    "cohort": "Viborg 2024",
    "began": "9. september 2024",
    "printed": "2. juni 2025",
    "facts": [
        {"number": "24", "label": "deltagere"},
        {"number": "26", "label": "undervisningsgange"},
        {"number": "78", "label": "timers undervisning"},
        {"number": "88 %", "label": "af tiden har holdet været til stede"},
    ],
    "sections": [
        _section(
            "Deltagerne",
            _chart("Sådan gik det", 24, {"Gennemført": 18}, "Delvist", "Mødte ikke op", "Stadig i gang"),
            _chart("Beviser", 24, {"Uddannelsesbevis": 18}, "Deltagerbevis", "Intet bevis"),
        ),
        _section(
            "Undervisningen",
            _chart("Fremmøde mod kravet på 80 %", 24, {"Opfyldt": 18}, "Ikke endnu", "Kan ikke nås"),
            rows={
                "Planlagt": "26 gange, 78 timer",
                "Holdt, med ført protokol": "26 gange, 78 timer",
                "Holdets fremmøde i alt": "88 % af tiden",
            },
        ),
        _section(
            "Praktikken",
            _chart(
                "Sådan står det med praktikken",
                24,
                {"Gennemført": 18},
                "I praktik",
                "Planlagt",
                "Stoppet før tid",
                "Ikke i praktik",
            ),
            _chart(
                "Praktik efter sektor",
                24,
                {"Regional": 11, "Kommunal": 9},
                "Civil",
                "Ikke i praktik",
            ),
            _chart("1. opfølgningsdag, 5. februar 2025", 24, {"Var der": 18, "Var der ikke": 6}),
            rows={
                "Første dag": "mandag 6. januar 2025 (uge 2)",
                "Sidste dag": "søndag 6. april 2025 (uge 14)",
                "1. opfølgningsdag": "onsdag 5. februar 2025 (uge 6)",
                "2. opfølgningsdag": "onsdag 12. marts 2025 (uge 11)",
            },
        ),
        _section(
            "Netværksgrupper",
            _chart(
                "Plads i en gruppe",
                24,
                {"Med i en gruppe": 14, "Tilbudt, eller på venteliste": 5},
                "Takket nej, eller har forladt gruppen",
                "Ikke tilbudt",
            ),
        ),
        _section(
            "Hvad uddannelsen førte til",
            _chart(
                "Bagefter",
                24,
                {"Job som peer": 8, "Uddannelse": 5, "Ikke sagt, eller uden samtykke": 7},
                "Andet job",
                "Frivilligt arbejde",
                "Ved det ikke endnu",
            ),
            _chart("Selvforsørgende før", 24, {}, "Ja", "Nej", "Ved det ikke"),
            _chart("Selvforsørgende efter", 24, {"Ja": 11, "Nej": 6, "Ikke sagt, eller uden samtykke": 7}),
        ),
        _section(
            "Evaluering: Efter uddannelsen",
            _chart("Har uddannelsen bidraget positivt til dit liv?", 19, {"Ja": 19}),
            _chart("Er du selvforsørgende?", 19, {"Ja": 12}),
            _chart(
                "Hvordan var balancen mellem oplæg og øvelser?",
                19,
                {"3": 5, "4": 6, "5": 8},
                "1",
                "2",
            ),
            lead="19 har svaret.",
        ),
    ],
    "suppressed": True,
}

_QUESTION = (
    "Hvor enig er du i, at undervisningen i menneskerettigheder, medborgerskab og samarbejde i "
    "organisationer under forandring har givet dig noget, som du kan bruge i dit arbejde som peer?"
)

WORST: Values = {
    **SAMPLE,
    "issuer": "Lokalpsykiatrisk Center for Rehabilitering, Recovery og Brobygning, Afsnit Nordøst",
    "programme": "Peer-uddannelsen i Region Hovedstaden og Region Sjælland for ansatte og frivillige",
    "cohort": "Hovedstaden og Sjælland, forår 2025, hold for nye i satspuljeprojekterne",
    "facts": [
        {"number": "1.024", "label": "deltagere"},
        {"number": "326", "label": "undervisningsgange"},
        {"number": "1978,25", "label": "timers undervisning"},
        {"number": "100 %", "label": "af tiden har holdet været til stede"},
    ],
    "sections": [
        *SAMPLE["sections"][:5],
        _section(
            "Evaluering: Efter uddannelsen",
            *[
                _chart(
                    _QUESTION,
                    1024,
                    {_QUESTION: 511, "Ja, og jeg har brugt det flere gange, siden vi talte om det": 513},
                    _QUESTION,
                    "Det vil jeg ikke sige",
                )
            ]
            * 12,
            lead="1024 har svaret.",
        ),
    ],
}

_FEW = "Der er færre end fem på holdet, så der er ingen tal om deltagerne."

EMPTY: Values = {
    **SAMPLE,
    "facts": [],
    "sections": [
        _section("Deltagerne", lead=_FEW),
        _section("Undervisningen", lead="Undervisningen er ikke lagt endnu."),
        _section("Praktikken", lead="Praktikken er ikke lagt endnu."),
        _section("Hvad uddannelsen førte til", lead=_FEW),
    ],
    "suppressed": False,
}
