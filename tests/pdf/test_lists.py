"""Lists and overviews: from loaded records to plain values, and what of it stands on the paper."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from placements import pdf
from placements.domain.cohort_reports import Asked, CohortReport, Teaching
from placements.domain.evaluation_figures import Figure, Share
from placements.domain.offers import SectorSeats
from placements.domain.outcome_reports import Bar, Distribution
from placements.domain.timelines import Cell, Row, Timeline, Week
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.evaluations import Moment
from placements.models.hosts import Sector
from placements.models.network_groups import MeetingForm, NetworkGroup, NetworkMeeting
from placements.models.programmes import Audience
from placements.models.users import User
from placements.pdf.cohort_report import context as cohort_report
from placements.pdf.group_list import context as group_list
from placements.pdf.participant_list import context as participant_list
from placements.pdf.placement_overview import context as placement_overview
from tests.pdf import reading, records

TODAY = date(2025, 2, 3)


def cohort(**values: Any) -> Cohort:
    programme = records.programme()
    programme.practicum_weeks = 13
    defaults = {"name": "Hold 2024", "slug": "hold-2024", "starts_on": date(2024, 9, 9)}
    dates = {"practicum_starts_on": date(2025, 1, 6), "practicum_ends_on": date(2025, 4, 6)}
    return Cohort(programme=programme, **(defaults | dates | values))


def people(*audiences: Audience) -> list[tuple[Enrolment, Any]]:
    return [
        (
            Enrolment(
                user=User(name=f"Deltager {n}", email=f"d{n}@example.org", phone="20 30 40 50"),
                audience=one,
            ),
            records.unit(),
        )
        for n, one in enumerate(audiences)
    ]


# The people of a cohort


def test_participant_list_says_how_to_reach_people_and_where_they_are() -> None:
    values = participant_list.build(cohort(), people(Audience.STUDENT), in_full=True, on=TODAY)
    assert values["people"] == [
        {
            "name": "Deltager 0",
            "audience": "Studerende",
            "lines": ["d0@example.org", "20 30 40 50"],
            "unit": "Team Åbent Hus",
        }
    ]
    assert values["audience"] == "Studerende"


def test_participant_list_of_teachers_takes_names_along_and_nothing_else() -> None:
    both = people(Audience.PAID_PEER, Audience.COLLEAGUE)
    values = participant_list.build(cohort(), both, in_full=False, on=TODAY, locale="en")
    assert [(one["name"], one["audience"], one["lines"], one["unit"]) for one in values["people"]] == [
        ("Deltager 0", "Paid peer worker", [], ""),
        ("Deltager 1", "Colleague", [], ""),
    ]
    assert values["audience"] == ""
    rendered = pdf.render("participant_list", values, locale="en")
    text = reading.text(rendered.pdf)
    assert (rendered.filename, "2 participants" in text) == ("deltagerliste-hold-2024.pdf", True)
    assert "@" not in text


# A network group


def group() -> NetworkGroup:
    return NetworkGroup(id=4, programme=records.programme(), name="Gruppe Nord", partner=None, place="Huset")


def meeting(**values: Any) -> NetworkMeeting:
    starts = datetime(2025, 2, 13, 15, tzinfo=UTC)
    times = {"starts_at": starts, "ends_at": starts + timedelta(hours=2)}
    return NetworkMeeting(**({"theme": "Grænser", "form": MeetingForm.CASE} | times | values))


def test_group_list_says_when_the_group_meets_and_where() -> None:
    held = [meeting(place="Biblioteket"), meeting(cancelled_at=datetime(2025, 2, 1, tzinfo=UTC))]
    values = group_list.build(group(), [("Amalie Kjær", cohort())], held, others=2, on=TODAY)
    assert json.loads(json.dumps(values)) == values
    text = reading.text(pdf.render("group_list", values).pdf)
    assert "torsdag 13. februar 2025 (uge 7) kl. 16.00-18.00 Grænser Case Biblioteket" in text
    assert "Aflyst Grænser Case Huset" in text
    assert "Amalie Kjær Hold 2024 Desuden 2 fra andre uddannelser." in text


# The practicum week by week


def timeline() -> Timeline:
    mondays = [date(2025, 1, 27) + timedelta(weeks=number) for number in range(3)]
    weeks = [Week(monday.isocalendar().week, monday, monday == TODAY) for monday in mondays]
    days = [Cell(1, "empty"), Cell(1, "follow_up", "1. opfølgningsdag", day=date(2025, 2, 5))]
    bar = [Cell(1, "empty"), Cell(2, "active", "i praktik fra …", short=_("i praktik"))]
    rows = [
        Row(_("Opfølgningsdage"), "", _("1 af 2"), [*days, Cell(1, "empty")]),
        Row("Amalie Kjær", "", _("i praktik fra 3. februar"), bar, placement_id=7),
    ]
    return Timeline([(mondays[0].replace(day=1), 1), (date(2025, 2, 1), 2)], weeks, rows)


def test_overview_draws_the_timeline_of_the_screen() -> None:
    """V-06, V-12."""
    seats = {Sector.REGIONAL: SectorSeats(secured=1, needed=2)}
    values = placement_overview.build(cohort(), timeline(), units={7: records.unit()}, seats=seats, on=TODAY)
    assert json.loads(json.dumps(values)) == values
    assert [(month["name"], month["weeks"]) for month in values["months"]] == [
        ("januar 2025", 1),
        ("februar", 2),
    ]
    assert [(week["number"], week["marked"], week["current"]) for week in values["weeks"]] == [
        (5, False, False),
        (6, True, True),
        (7, False, False),
    ]
    assert [(cell["span"], cell["kind"], cell["text"]) for cell in values["rows"][0]["cells"]] == [
        (1, "empty", ""),
        (2, "active", "i praktik"),
    ]
    printed = pdf.render("placement_overview", values).pdf
    text = reading.text(printed)
    assert (
        "Opfølgningsdage 1 af 2 5. feb. Amalie Kjær Team Åbent Hus i praktik fra 3. februar i praktik" in text
    )
    assert "Regional 1 af 2, mangler 1" in text
    scopes = [element.scope for element in reading.elements(printed) if element.tag == "TH"]
    months, heads, rows, sectors = 2, 5, 2, 3
    assert scopes == ["Row", *["Column"] * (months + heads), *["Row"] * rows, *["Column"] * sectors, "Row"]


def test_overview_names_no_unit_to_those_who_do_not_see_it() -> None:
    values = placement_overview.build(cohort(), timeline(), units={}, seats={}, on=TODAY)
    assert [row["unit"] for row in values["rows"]] == [""]
    assert "praktiksted" not in reading.text(pdf.render("placement_overview", values).pdf)


def test_headings_of_a_long_overview_stand_on_every_page() -> None:
    longest = placement_overview.WORST
    pages = reading.pages(pdf.render("placement_overview", {**longest, "rows": longest["rows"][:8]}).pdf)
    assert ["Studerende og praktiksted Forløb 36 37" in page for page in pages] == [True, True]


def test_a_year_has_every_second_week_and_no_words_in_narrow_bars() -> None:
    """What does not fit in a bar stands in words beside it."""
    mondays = [date(2024, 9, 2) + timedelta(weeks=number) for number in range(52)]
    weeks = [Week(monday.isocalendar().week, monday, False) for monday in mondays]
    day = Cell(1, "follow_up", "1. opfølgningsdag", day=date(2025, 2, 5))
    days = Row(_("Opfølgningsdage"), "", _("1 af 2"), [day, *[Cell(1, "empty")] * 51])
    pause = Cell(1, "break", "pause fra 3. marts", short=_("pause"))
    bars = [Cell(26, "active", "", short=_("i praktik")), pause, Cell(25, "planned", "", short=_("planlagt"))]
    year = Timeline([(mondays[0], 52)], weeks, [days, Row("Amalie Kjær", "", "i praktik hele året", bars)])
    values = placement_overview.build(cohort(), year, units={}, seats={}, on=TODAY)
    text = reading.text(pdf.render("placement_overview", values).pdf)
    assert "sep. 2024 Studerende Forløb 36 38 40 42" in text
    assert "1 af 2: 5. feb. Amalie Kjær i praktik hele året, pause fra 3. marts i praktik planlagt" in text


# A cohort in figures


def report(**values: Any) -> CohortReport:
    people = Distribution("result", _("Sådan gik det"), [Bar(_("Gennemført"), 15), Bar(_("Delvist"), None)])
    asked = Asked(
        Moment.AFTER,
        12,
        [
            Figure("a", _("Hjalp det?"), 12, [], Share(12, None, least=8)),
            Figure("b", _("Var det for langt?"), 12, [], Share(12, None)),
        ],
    )
    defaults: dict[str, Any] = {
        "cohort": cohort(),
        "total": 20,
        "people": [people],
        "teaching": Teaching(26, 4680, 25, 4500, 87),
        "attendance": [],
        "practicum": [],
        "days": records.days(),
        "network": [],
        "outcomes": [],
        "evaluations": [asked],
    }
    return CohortReport(**(defaults | values))


def test_report_says_each_bar_in_words_and_hides_the_few() -> None:
    """V-14."""
    values = cohort_report.build(report(), on=TODAY)
    assert json.loads(json.dumps(values)) == values
    assert [(fact["number"], fact["label"]) for fact in values["facts"]] == [
        ("20", "deltagere"),
        ("26", "undervisningsgange"),
        ("78", "timers undervisning"),
        ("87 %", "af tiden har holdet været til stede"),
    ]
    text = reading.text(pdf.render("cohort_report", values).pdf)
    assert "Sådan gik det Gennemført 15 af 20 (75 %) Delvist Skjult" in text
    assert "Planlagt 26 gange, 78 timer Holdt, med ført protokol 25 gange, 75 timer" in text
    assert "12 har svaret. Hjalp det? Ja Mindst 8 af 12 Var det for langt? Tallene er skjult" in text
    assert (
        "1. opfølgningsdag onsdag 5. februar 2025 (uge 6) 2. opfølgningsdag Datoen er ikke sat endnu" in text
    )
    assert "Skjult: færre end 5 personer, eller et tal, som et mindre kunne regnes ud fra." in text


def test_report_keeps_the_order_of_answers_and_says_first_what_hidden_means() -> None:
    scale = [Bar("1", None), Bar("2", 6), Bar("3", None), Bar("4", 6)]
    values = cohort_report.build(report(people=[Distribution("scale", _("Balancen"), scale)]), on=TODAY)
    text = reading.text(pdf.render("cohort_report", values).pdf)
    assert "Balancen 1 Skjult 2 6 af 20 (30 %) 3 Skjult 4 6 af 20 (30 %)" in text
    assert 0 < text.index("Skjult: færre end 5") < text.index("Balancen")


def test_report_on_fewer_than_five_has_no_figure_of_them() -> None:
    few = replace(report(), total=None, evaluations=[Asked(Moment.AFTER, None, [])])
    values = cohort_report.build(few, on=TODAY, locale="en")
    assert [chart for section in values["sections"] for chart in section["charts"]] == []
    assert [section["lead"] for section in values["sections"] if section["lead"]] == [
        "There are fewer than five in the cohort, so there are no figures about the participants.",
        "There are fewer than five in the cohort, so there are no figures about the participants.",
        "No figures are shown when fewer than 5 have answered.",
    ]
