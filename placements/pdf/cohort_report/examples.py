"""Example reports, for `flask pdf-samples` and the tests. The figures are invented."""

from __future__ import annotations

from placements.pdf.cohort_report.values import Bar, Chart, Section, Values


def _chart(title: str, of: int, counts: dict[str, int | None]) -> Chart:
    """A number that is None is hidden."""
    return {"title": title, "bars": [_bar(label, number, of) for label, number in counts.items()]}


def _bar(label: str, number: int | None, of: int) -> Bar:
    if number is None:
        return {"label": label, "percent": None, "text": "Skjult"}
    percent = round(100 * number / of)
    return {"label": label, "percent": percent, "text": f"{number} af {of} ({percent} %)"}


def _section(title: str, *charts: Chart, lead: str = "", rows: dict[str, str] | None = None) -> Section:
    return {
        "title": title,
        "lead": lead,
        "rows": [{"label": label, "value": value} for label, value in (rows or {}).items()],
        "charts": list(charts),
    }


def _figures(times: int, planned: str, share: str) -> list[Section]:
    """Of twenty-four people, or of so many times as many."""
    return [*_people(times, planned, share), *_practicum(times), *_after(times)]


def _people(times: int, planned: str, share: str) -> list[Section]:
    of = 24 * times
    return [
        _section(
            "Deltagerne",
            _chart(
                "Sådan gik det",
                of,
                {"Gennemført": 18 * times, "Delvist": None, "Mødte ikke op": None, "Stadig i gang": None},
            ),
            _chart(
                "Beviser",
                of,
                {"Uddannelsesbevis": 18 * times, "Deltagerbevis": None, "Intet bevis": None},
            ),
        ),
        _section(
            "Undervisningen",
            _chart(
                "Fremmøde mod kravet på 80 %",
                of,
                {"Opfyldt": 18 * times, "Ikke endnu": None, "Kan ikke nås": None},
            ),
            rows={"Planlagt": planned, "Holdt, med ført protokol": planned, "Holdets fremmøde i alt": share},
        ),
    ]


def _practicum(times: int) -> list[Section]:
    of = 24 * times
    return [
        _section(
            "Praktikken",
            _chart(
                "Sådan står det med praktikken",
                of,
                {
                    "Gennemført": 18 * times,
                    "I praktik": None,
                    "Planlagt": None,
                    "Stoppet før tid": None,
                    "Ikke i praktik": None,
                },
            ),
            _chart(
                "Praktik efter sektor",
                of,
                {"Regional": 11 * times, "Kommunal": 9 * times, "Civil": None, "Ikke i praktik": None},
            ),
            _chart(
                "1. opfølgningsdag, 5. februar 2025", of, {"Var der": 18 * times, "Var der ikke": 6 * times}
            ),
            rows={
                "Første dag": "mandag 6. januar 2025 (uge 2)",
                "Sidste dag": "søndag 6. april 2025 (uge 14)",
                "1. opfølgningsdag": "onsdag 5. februar 2025 (uge 6)",
                "2. opfølgningsdag": "onsdag 12. marts 2025 (uge 11)",
            },
        ),
    ]


def _after(times: int) -> list[Section]:
    of = 24 * times
    return [
        _section(
            "Netværksgrupper",
            _chart(
                "Plads i en gruppe",
                of,
                {
                    "Med i en gruppe": 14 * times,
                    "Tilbudt, eller på venteliste": 5 * times,
                    "Takket nej, eller har forladt gruppen": None,
                    "Ikke tilbudt": None,
                },
            ),
        ),
        _section(
            "Hvad uddannelsen førte til",
            _chart(
                "Bagefter",
                of,
                {
                    "Job som peer": 8 * times,
                    "Andet job": None,
                    "Uddannelse": 5 * times,
                    "Frivilligt arbejde": None,
                    "Ved det ikke endnu": None,
                    "Ikke sagt, eller uden samtykke": 7 * times,
                },
            ),
            _chart("Selvforsørgende før", of, {"Ja": None, "Nej": None, "Ved det ikke": None}),
            _chart(
                "Selvforsørgende efter",
                of,
                {"Ja": 11 * times, "Nej": 6 * times, "Ikke sagt, eller uden samtykke": 7 * times},
            ),
        ),
    ]


def _asked() -> list[Section]:
    return [
        _section(
            "Evaluering: Efter uddannelsen",
            _chart("Har uddannelsen bidraget positivt til dit liv?", 19, {"Ja": 19}),
            _chart("Er du selvforsørgende?", 19, {"Ja": 12}),
            _chart(
                "Hvordan var balancen mellem oplæg og øvelser?",
                19,
                {"1": None, "2": None, "3": 5, "4": 6, "5": 8},
            ),
            lead="19 har svaret.",
        ),
    ]


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
    "sections": [*_figures(1, "26 gange, 78 timer", "88 % af tiden"), *_asked()],
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
        {"number": "1008", "label": "deltagere"},
        {"number": "326", "label": "undervisningsgange"},
        {"number": "1978,25", "label": "timers undervisning"},
        {"number": "100 %", "label": "af tiden har holdet været til stede"},
    ],
    "sections": [
        *_figures(42, "326 gange, 1978 timer 15 min.", "100 % af tiden"),
        _section(
            "Evaluering: Efter uddannelsen",
            *[
                _chart(
                    _QUESTION,
                    1008,
                    {
                        _QUESTION: 504,
                        f"{_QUESTION} Sig det med dine egne ord": None,
                        "Ja, og jeg har brugt det flere gange, siden vi talte om det": 500,
                        "Det vil jeg ikke sige": None,
                    },
                )
            ]
            * 12,
            lead="1008 har svaret.",
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
