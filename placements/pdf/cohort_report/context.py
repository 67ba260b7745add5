"""A cohort in figures, for a steering group: what may be told of everybody, and nothing of the few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from placements.formatting import full_date, hours, long_date
from placements.i18n import Text, _
from placements.models.cohorts import Cohort
from placements.models.evaluations import Moment
from placements.models.follow_up_days import FollowUpDay
from placements.pdf.cohort_report import charts
from placements.pdf.cohort_report.charts import Distribution, Figure
from placements.pdf.cohort_report.examples import EMPTY, SAMPLE, WORST
from placements.pdf.cohort_report.values import Chart, Fact, Section, Values
from placements.pdf.language import said
from placements.words import duration, word

__all__ = ["EMPTY", "FILENAME", "SAMPLE", "WORST", "build"]

FILENAME = "rapport-{slug}.pdf"


class Teaching(Protocol):
    @property
    def sessions(self) -> int: ...
    @property
    def minutes(self) -> int: ...
    @property
    def held(self) -> int: ...
    @property
    def held_minutes(self) -> int: ...
    @property
    def share(self) -> int | None: ...


class Asked(Protocol):
    @property
    def moment(self) -> Moment: ...
    @property
    def answered(self) -> int | None: ...
    @property
    def figures(self) -> Sequence[Figure]: ...


class Report(Protocol):
    """`domain.cohort_reports.CohortReport`."""

    @property
    def cohort(self) -> Cohort: ...
    @property
    def total(self) -> int | None: ...
    @property
    def people(self) -> Sequence[Distribution]: ...
    @property
    def teaching(self) -> Teaching: ...
    @property
    def attendance(self) -> Sequence[Distribution]: ...
    @property
    def practicum(self) -> Sequence[Distribution]: ...
    @property
    def days(self) -> Sequence[FollowUpDay]: ...
    @property
    def network(self) -> Sequence[Distribution]: ...
    @property
    def outcomes(self) -> Sequence[Distribution]: ...
    @property
    def evaluations(self) -> Sequence[Asked]: ...


FEW = _("Der er færre end fem på holdet, så der er ingen tal om deltagerne.")


def build(report: Report, *, on: date, locale: str = "da") -> Values:
    """Everything must be loaded, and hidden where it is about the few."""
    cohort = report.cohort
    sections = [section for section in _sections(report, locale) if section]
    values: Values = {
        "dated": on.isoformat(),
        "slug": cohort.slug,
        "issuer": cohort.programme.organiser_on(on),
        "programme": cohort.programme.name,
        "cohort": cohort.name,
        "began": long_date(cohort.starts_on, locale=locale),
        "printed": long_date(on, locale=locale),
        "facts": _facts(report, locale),
        "sections": sections,
        "suppressed": any(charts.hides(chart) for section in sections for chart in section["charts"]),
    }
    return said(values, locale)  # type: ignore[no-any-return]


def _facts(report: Report, locale: str) -> list[Fact]:
    """What the steering group asks first; only what there is."""
    teaching = report.teaching
    found = (
        (report.total, report.total, _("deltagere")),
        (teaching.sessions, teaching.sessions, _("undervisningsgange")),
        (teaching.minutes, hours(teaching.minutes / 60, locale=locale), _("timers undervisning")),
        (teaching.share, f"{teaching.share} %", _("af tiden har holdet været til stede")),
    )
    return [{"number": str(number), "label": label} for known, number, label in found if known]


def _sections(report: Report, locale: str) -> Iterable[Section | None]:
    yield _told(report, _("Deltagerne"), report.people)
    yield _teaching(report)
    yield _practicum(report, locale)
    if report.network:
        yield _told(report, _("Netværksgrupper"), report.network)
    yield _told(report, _("Hvad uddannelsen førte til"), report.outcomes)
    for asked in report.evaluations:
        yield _evaluation(asked)


def _section(
    title: Text, *, lead: str = "", rows: dict[str, str] | None = None, charts: Sequence[Chart] = ()
) -> Section:
    lines = [{"label": label, "value": value} for label, value in (rows or {}).items()]
    return {"title": title, "lead": lead, "rows": lines, "charts": list(charts)}  # type: ignore[typeddict-item]


def _charts(report: Report, distributions: Sequence[Distribution]) -> list[Chart]:
    if report.total is None:
        return []
    return [charts.distribution(one.title, one.bars, report.total) for one in distributions]


def _told(report: Report, title: Text, distributions: Sequence[Distribution]) -> Section:
    lead = FEW if report.total is None else ""
    return _section(title, lead=lead, charts=_charts(report, distributions))


def _teaching(report: Report) -> Section:
    teaching = report.teaching
    title = _("Undervisningen")
    if not teaching.sessions:
        return _section(title, lead=_("Undervisningen er ikke lagt endnu."))
    rows: dict[str, str] = {
        _("Planlagt"): _times(teaching.sessions, teaching.minutes),
        _("Holdt, med ført protokol"): _times(teaching.held, teaching.held_minutes),
    }
    if teaching.share is not None:
        rows[_("Holdets fremmøde i alt")] = _("%(percent)s %% af tiden", percent=teaching.share)
    return _section(title, rows=rows, charts=_charts(report, report.attendance))


def _times(sessions: int, minutes: int) -> Text:
    if sessions == 1:
        return _("1 gang, %(length)s", length=duration(minutes))
    return _("%(sessions)s gange, %(length)s", sessions=sessions, length=duration(minutes))


def _practicum(report: Report, locale: str) -> Section | None:
    """Nothing for a programme without one."""
    if not report.cohort.programme.practicum_weeks:
        return None
    title, cohort = _("Praktikken"), report.cohort
    if not (cohort.practicum_starts_on and cohort.practicum_ends_on):
        return _section(title, lead=_("Praktikken er ikke lagt endnu."))
    rows: dict[str, str] = {
        _("Første dag"): full_date(cohort.practicum_starts_on, locale=locale),
        _("Sidste dag"): full_date(cohort.practicum_ends_on, locale=locale),
    }
    for day in report.days:
        rows[_("%(number)s. opfølgningsdag", number=day.number)] = (
            full_date(day.held_on, locale=locale) if day.held_on else _("Datoen er ikke sat endnu")
        )
    return _section(title, rows=rows, charts=_charts(report, report.practicum))


def _evaluation(asked: Asked) -> Section:
    title = _("Evaluering: %(moment)s", moment=word(asked.moment))
    if asked.answered is None:
        return _section(title, lead=_("Der vises ikke tal, når færre end 5 har svaret."))
    lead = _("%(number)s har svaret.", number=asked.answered)
    return _section(title, lead=lead, charts=[charts.answers(figure) for figure in asked.figures])
