"""A programme as a TOML file: read with everything wrong named at once, each with its line. No database here.

`programme_parts` says what may stand in the file; the rules below say what must agree.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path as FilePath

from placements.domain.programme_parts import (
    Cohort,
    Criterion,
    Fee,
    KeyDate,
    Module,
    Network,
    Organiser,
    Practicum,
    ProgrammeFile,
    Selection,
    Status,
    Theory,
    Weekday,
)
from placements.domain.rules import RuleBroken
from placements.domain.toml_lines import Path, locate
from placements.domain.toml_records import Faults, record, rule
from placements.domain.toml_values import Log, Problem, Spot
from placements.domain.toml_writing import write_record
from placements.formatting import hours as written_hours
from placements.i18n import Text, _
from placements.models.cohorts import KeyDateKind
from placements.models.hosts import Sector
from placements.models.programmes import Audience, FeePayer, FeeWhen, ModuleRuleKind

_SYNTAX = (
    ("Expected '='", _("Her mangler et lighedstegn efter nøglen.")),
    ("Invalid value", _("Værdien kan ikke læses. Tekster står i anførselstegn, decimaltal med punktum.")),
    ("Invalid date", _("Den dato findes ikke.")),
    ("Illegal character '\\n'", _("Teksten mangler sit sidste anførselstegn.")),
    ("Unterminated string", _("Teksten mangler sit sidste anførselstegn.")),
    ('Expected "\'"', _("Teksten mangler sit sidste anførselstegn.")),
    ("Unescaped", _("En omvendt skråstreg i en tekst skal skrives to gange.")),
    ("Unclosed array", _("Listen bliver ikke lukket med »]«.")),
    ("Unclosed inline", _("Tabellen bliver ikke lukket med »}«.")),
    ("Expected ']", _("Overskriften bliver ikke lukket med »]«.")),
    ("Duplicate inline", _("Den samme nøgle står to gange.")),
    ("Cannot", _("Den samme nøgle eller overskrift står to gange.")),
    ("Expected newline", _("Her står mere på linjen, end der skal.")),
)
_NOT_UTF_8 = _("Her står et tegn, der ikke er UTF-8. Gem filen som UTF-8.")
_UNREADABLE = _("Linjen kan ikke læses som TOML.")


class BadProgrammeFile(RuleBroken):
    """A file that cannot be used, with every reason, a line each."""

    def __init__(self, source: str, problems: list[Problem]) -> None:
        self.source, self.problems = source, sorted(problems)
        super().__init__("\n".join(self.sentences()))

    def sentences(self) -> list[Text]:
        return [
            _(
                "%(source)s, linje %(line)s: %(reason)s",
                source=self.source,
                line=each.line,
                reason=each.reason,
            )
            for each in self.problems
        ]


def read_file(path: FilePath) -> ProgrammeFile:
    """`read` of a file on disk. Raises `RuleBroken` where there is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RuleBroken(_("Filen %(name)s kan ikke åbnes.", name=path.name)) from error
    try:
        return read(data.decode("utf-8-sig"), path.name)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadProgrammeFile(path.name, [Problem(line, _NOT_UTF_8)]) from error


def read(text: str, source: str) -> ProgrammeFile:
    """Raises `BadProgrammeFile`; `source` is what the file is called in it."""
    try:
        values = tomllib.loads(text, parse_float=_exact)
    except (ValueError, RecursionError) as error:
        raise BadProgrammeFile(source, [_syntax_problem(str(error), text)]) from error
    log = Log(locate(text))
    programme: ProgrammeFile = record(ProgrammeFile)(values, Spot(log))
    if log.problems:
        raise BadProgrammeFile(source, log.problems)
    return programme


def write(programme: ProgrammeFile) -> str:
    """The file that `read` gives the same programme back from."""
    return write_record(programme)


def faults(programme: ProgrammeFile) -> list[tuple[Path, Text]]:
    """What `read` would say of its file, by place: one whose parts were put together on screen."""
    log = Log({(): 1})
    record(ProgrammeFile)(tomllib.loads(write(programme), parse_float=_exact), Spot(log))
    return log.faults


def _exact(number: str) -> Decimal:
    """No float on the way; what no number can hold is refused later, as not being one."""
    try:
        return Decimal(number)
    except ArithmeticError:
        return Decimal("nan")


def _syntax_problem(message: str, text: str) -> Problem:
    place = re.search(r"\(at line (\d+), column \d+\)$", message)
    line = int(place[1]) if place else max(1, len(text.splitlines()))
    reasons = (reason for beginning, reason in _SYNTAX if message.startswith(beginning))
    return Problem(line, next(reasons, _UNREADABLE))


def audiences(modules: Iterable[Module]) -> set[Audience]:
    """Whom the programme is for: those to whom some module is offered."""
    return {audience for module in modules for audience in offered_audiences(module.rules)}


def offered_audiences(rules: Mapping[Audience, ModuleRuleKind]) -> set[Audience]:
    return {audience for audience, kind in rules.items() if kind is not ModuleRuleKind.NOT_OFFERED}


def _repeated(keys: Iterable[Hashable]) -> Iterator[tuple[int, Hashable]]:
    seen: set[Hashable] = set()
    for index, key in enumerate(keys):
        if key in seen:
            yield index, key
        seen.add(key)


@rule(ProgrammeFile)
def numbers_differ(modules: tuple[Module, ...]) -> Faults:
    for index, key in _repeated(module.number for module in modules):
        yield ("modules", index, "number"), _("Modul %(number)s står der to gange.", number=key)


@rule(ProgrammeFile)
def statuses_differ(statuses: tuple[Status, ...]) -> Faults:
    for index, key in _repeated(status.name for status in statuses):
        yield ("statuses", index, "name"), _("Ordet »%(name)s« står der to gange.", name=key)


@rule(ProgrammeFile)
def slugs_differ(cohorts: tuple[Cohort, ...]) -> Faults:
    for index, key in _repeated(cohort.slug for cohort in cohorts):
        yield ("cohorts", index, "slug"), _("Holdet »%(slug)s« står der to gange.", slug=key)


@rule(Selection)
def keys_differ(criteria: tuple[Criterion, ...]) -> Faults:
    for index, key in _repeated(criterion.key for criterion in criteria):
        yield ("criteria", index, "key"), _("Kravet »%(key)s« står der to gange.", key=key)


@rule(Cohort)
def kinds_differ(key_dates: tuple[KeyDate, ...]) -> Faults:
    for index, kind in _repeated(key_date.kind for key_date in key_dates):
        yield ("key_dates", index, "kind"), _("Holdet har allerede en dato af slagsen »%(kind)s«.", kind=kind)


@rule(ProgrammeFile)
def one_way_to_name_the_organiser(organiser: str | None, organisers: tuple[Organiser, ...]) -> Faults:
    if organiser is None and not organisers:
        yield ("organiser",), _("Her mangler »organiser«: hvem der står for uddannelsen.")
    if organiser is not None and organisers:
        yield ("organiser",), _("Skriv enten »organiser« eller »[[organisers]]«, ikke begge dele.")


@rule(Organiser)
def organiser_begins_before_it_ends(from_: date | None, to: date | None) -> Faults:
    if from_ and to and to <= from_:
        yield ("to",), _("»to« skal ligge efter »from«.")


@rule(ProgrammeFile)
def organisers_follow_each_other(organisers: tuple[Organiser, ...]) -> Faults:
    """Without a gap, or a diploma of that time would have no issuer (H-10)."""
    for index, (earlier, later) in enumerate(pairwise(organisers), start=1):
        if earlier.to is None or earlier.to != later.from_:
            yield (
                ("organisers", index),
                _("»from« skal være samme dag som »to« hos den forrige, %(name)s.", name=earlier.name),
            )


@rule(Fee)
def nobody_pays_nothing(payer: FeePayer, amount: int) -> Faults:
    if payer is FeePayer.NONE and amount:
        yield ("amount",), _("Når ingen betaler, skal »amount« være 0.")


@rule(ProgrammeFile)
def home_is_known(fee: Fee | None, home_municipalities: tuple[str, ...]) -> Faults:
    if fee and fee.when is FeeWhen.NOT_HOME and not home_municipalities:
        yield ("fee", "when"), _("»not_home« kræver, at »home_municipalities« siger, hvem der bor hjemme.")


@rule(Theory)
def weeks_go_with_sessions(weeks: int | None, sessions_per_week: int | None) -> Faults:
    if (weeks is None) is not (sessions_per_week is None):
        given = "weeks" if weeks else "sessions_per_week"
        yield (given,), _("Skriv både »weeks« og »sessions_per_week« eller ingen af dem.")


@rule(ProgrammeFile)
def module_hours_sum(theory: Theory | None, modules: tuple[Module, ...]) -> Faults:
    """V-05: 13 weeks, twice 3 hours, 78 in all."""
    if not theory or not theory.weeks or not theory.sessions_per_week:
        return
    planned = theory.weeks * theory.sessions_per_week * theory.hours_per_session
    found = sum((module.hours for module in modules), Decimal(0))
    if found != planned:
        yield (
            ("theory",),
            _(
                "Modulerne har tilsammen %(found)s timer, men teorien har %(planned)s "
                "(uger gange undervisningsgange gange timer).",
                found=written_hours(found),
                planned=written_hours(planned),
            ),
        )


@rule(ProgrammeFile)
def introduction_hours_sum(theory: Theory | None, modules: tuple[Module, ...]) -> Faults:
    """H-13, H-14: the days times the hours a day, for those who have most days."""
    for index, module in enumerate(modules):
        if not theory or not module.introduction_days:
            continue
        planned = max(module.introduction_days.values()) * theory.hours_per_session
        if module.hours != planned:
            yield (
                ("modules", index, "hours"),
                _(
                    "Introduktionens dage giver %(planned)s timer, men modulet har %(found)s.",
                    planned=written_hours(planned),
                    found=written_hours(module.hours),
                ),
            )


@rule(Module)
def extras_are_for_those_who_take_it(
    rules: Mapping[Audience, ModuleRuleKind],
    introduction_days: Mapping[Audience, int],
    extra_hours: Mapping[Audience, Decimal],
) -> Faults:
    for key, given in (("introduction_days", introduction_days), ("extra_hours", extra_hours)):
        for audience in given:
            if audience not in offered_audiences(rules):
                yield (key, audience), _("Modulet bliver ikke tilbudt målgruppen »%(name)s«.", name=audience)


@rule(ProgrammeFile)
def network_is_for_participants(network: Network | None, modules: tuple[Module, ...]) -> Faults:
    for index, audience in enumerate(network.offered_to if network else ()):
        if audience not in audiences(modules):
            yield (
                ("network", "offered_to", index),
                _("Ingen af modulerne er for målgruppen »%(name)s«.", name=audience),
            )


@rule(Practicum)
def shares_sum(sectors: Mapping[Sector, Decimal]) -> Faults:
    """V-12."""
    total = sum(sectors.values(), Decimal(0))
    if sectors and total != 1:
        yield ("sectors",), _("Andelene skal give 1 tilsammen, men giver %(total)s.", total=_decimal(total))


def _decimal(value: Decimal) -> str:
    return format(value.normalize(), "f").replace(".", ",")


@rule(KeyDate)
def meeting_ends_after_it_starts(starts_at: datetime, ends_at: datetime | None) -> Faults:
    if ends_at is not None and ends_at <= starts_at:
        yield ("ends_at",), _("»ends_at« skal ligge efter »starts_at«.")


@rule(Cohort)
def key_dates_come_in_order(starts_on: date, key_dates: tuple[KeyDate, ...]) -> Faults:
    """Applications open, then the deadline, then the start, which is the cohort's own first day."""
    found = {key_date.kind: (index, key_date.starts_at) for index, key_date in enumerate(key_dates)}
    opening, deadline = found.get(KeyDateKind.APPLICATIONS_OPEN), found.get(KeyDateKind.APPLICATION_DEADLINE)
    start = found.get(KeyDateKind.START)
    if opening and deadline and deadline[1] <= opening[1]:
        yield (
            ("key_dates", deadline[0], "starts_at"),
            _("Ansøgningsfristen skal ligge efter ansøgningsstarten."),
        )
    if deadline and deadline[1].date() > starts_on:
        yield ("key_dates", deadline[0], "starts_at"), _("Ansøgningsfristen skal ligge før holdets start.")
    if start and start[1].date() != starts_on:
        yield ("key_dates", start[0], "starts_at"), _("Datoen skal være den samme som holdets »starts_on«.")


@rule(Cohort)
def weekdays_go_with_time(theory_weekdays: tuple[Weekday, ...] | None, theory_time: time | None) -> Faults:
    if bool(theory_weekdays) is not (theory_time is not None):
        given = "theory_weekdays" if theory_weekdays else "theory_time"
        yield (given,), _("Skriv både »theory_weekdays« og »theory_time« eller ingen af dem.")


@rule(ProgrammeFile)
def weekdays_match_sessions(theory: Theory | None, cohorts: tuple[Cohort, ...]) -> Faults:
    sessions = theory.sessions_per_week if theory else None
    for index, cohort in enumerate(cohorts):
        if sessions and cohort.theory_weekdays and len(cohort.theory_weekdays) != sessions:
            yield (
                ("cohorts", index, "theory_weekdays"),
                _("Der skal være %(count)s ugedage, en til hver undervisningsgang.", count=sessions),
            )


@rule(ProgrammeFile)
def practicum_follows_theory(
    theory: Theory | None, practicum: Practicum | None, cohorts: tuple[Cohort, ...]
) -> Faults:
    """V-06."""
    weeks = theory.weeks or 0 if theory else 0
    for index, cohort in enumerate(cohorts):
        if cohort.practicum_starts_on is None:
            continue
        where = ("cohorts", index, "practicum_starts_on")
        if practicum is None:
            yield where, _("Uddannelsen har ingen praktik; der mangler et afsnit »[practicum]«.")
        elif cohort.practicum_starts_on < cohort.starts_on + timedelta(weeks=weeks):
            yield where, _("Praktikken begynder, før teorien er slut.")
