"""How somebody stands, in sentences: to the participant as you, to staff about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from placements.domain import enrolments
from placements.domain.completion import Completion
from placements.domain.completion_accounts import Account
from placements.domain.completion_rules import Standing, worst
from placements.i18n import Text, _
from placements.models.completion import CompletionRule, Verdict
from placements.words import duration, word

BY_EXCEPTION = _("Der er givet en undtagelse, så det tæller som opfyldt.")
NO_SESSIONS = _("Undervisningen er ikke lagt endnu.")
ALL_EXCUSED = _("Alt er lovligt fravær indtil nu, så der er ikke noget fremmøde at regne ud fra endnu.")
TALK = _("Tal med koordinatoren: der kan være en anden vej.")


@dataclass(frozen=True, slots=True)
class PartLine:
    """`title`: the module, where the rule has several parts."""

    title: str
    verdict: Verdict
    sentence: Text
    standing: Standing

    @property
    def account_line(self) -> Text | None:
        """The minutes behind it, where there are any."""
        account = self.standing.account
        if not account.planned:
            return None
        return _(
            "Været med %(attended)s, været væk %(missed)s, kommer endnu %(coming)s.",
            attended=duration(account.attended),
            missed=duration(account.missed),
            coming=duration(account.coming),
        )


@dataclass(frozen=True, slots=True)
class RuleLine:
    rule: CompletionRule
    verdict: Verdict
    parts: list[PartLine]

    @property
    def met(self) -> int:
        return sum(part.standing.met for part in self.parts)

    @property
    def by_exception(self) -> bool:
        return any(part.standing.by_exception for part in self.parts)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person: the attendance nearest to the line for the picture, and a cell for each rule of the table.

    `note` says how the participation stands when it is not running.
    """

    label: str
    href: str
    note: Text | None
    part: str
    account: Account
    share: int
    verdict: Verdict
    sentence: Text
    cells: list[RuleLine | None]


@dataclass(frozen=True, slots=True)
class CohortTable:
    """`bars`: those whose attendance is counted here."""

    rules: list[CompletionRule]
    people: list[PersonLine]
    bars: list[PersonLine]


def table(people: Sequence[Completion], *, linked: bool) -> CohortTable:
    """Everybody, in the order they come; `linked` to the pages that say why."""
    used = [rule for rule in CompletionRule if any(person.of(rule) for person in people)]
    rows = [_person(person, used, linked) for person in people]
    bars = [row for person, row in zip(people, rows, strict=True) if not person.by_hand]
    return CohortTable(used, rows, bars)


def _person(completion: Completion, used: Sequence[CompletionRule], linked: bool) -> PersonLine:
    enrolment, closest = completion.enrolment, completion.closest
    cells = {line.rule: line for line in lines(completion, own=False)}
    return PersonLine(
        label=enrolment.user.name,
        href=f"/enrolments/{enrolment.id}/completion" if linked else "",
        note=None if enrolments.is_active(enrolment) else word(enrolment.status),
        part=_titles(completion).get(closest.module_id or 0, ""),
        account=closest.account,
        share=share(closest),
        verdict=closest.verdict,
        sentence=sentence(completion, closest, own=False),
        cells=[cells.get(rule) for rule in used],
    )


def _titles(completion: Completion) -> dict[int, str]:
    return {module.id: module.title for module in completion.enrolment.cohort.programme.modules}


def lines(completion: Completion, *, own: bool) -> list[RuleLine]:
    """Every rule with a sentence for each part of it."""
    titles = _titles(completion)
    return [
        RuleLine(
            rule,
            worst(standings),
            [
                PartLine(
                    titles.get(one.module_id or 0, ""), one.verdict, sentence(completion, one, own=own), one
                )
                for one in standings
            ],
        )
        for rule, standings in completion.rules
    ]


def sentence(completion: Completion, standing: Standing, *, own: bool) -> Text:
    if standing.by_exception:
        return BY_EXCEPTION
    if standing.rule is CompletionRule.ATTENDANCE:
        percent = completion.enrolment.cohort.programme.attendance_percent
        return _confirmed(standing) if completion.by_hand else attendance(standing, percent, own=own)
    if standing.rule is CompletionRule.COMPULSORY:
        return _compulsory(standing)
    if standing.rule is CompletionRule.DEADLINE:
        return _deadline(completion, standing)
    return PRACTICUM[standing.rule](standing)


def _confirmed(standing: Standing) -> Text:
    if standing.day:
        return _("Fremmødet er bekræftet %(day)s.", day=standing.day)
    return _("Fremmødet er ikke bekræftet endnu.")


def attendance(standing: Standing, percent: int, *, own: bool) -> Text:
    """What may still be missed; or what there is to build on."""
    if standing.met:
        return _enough(standing, own=own)
    if standing.lost:
        if own:
            return _("Med det, der er planlagt, kan du ikke længere nå %(percent)s %%.", percent=percent)
        return _("Kan ikke længere nå %(percent)s %% med det, der er planlagt.", percent=percent)
    if not standing.account.counted:
        return ALL_EXCUSED if standing.account.planned else NO_SESSIONS
    if not standing.may_miss:
        left = duration(standing.account.coming)
        return (
            _("Du skal være med hele tiden i de sidste %(left)s.", left=left)
            if own
            else _("Skal være med hele tiden i de sidste %(left)s.", left=left)
        )
    return may_miss(standing, own=own)


def may_miss(standing: Standing, *, own: bool) -> Text:
    left = duration(standing.may_miss)
    if own:
        return _("Du kan højst være væk i %(left)s mere.", left=left)
    return _("Kan højst være væk i %(left)s mere.", left=left)


def _enough(standing: Standing, *, own: bool) -> Text:
    times = {
        "attended": duration(standing.account.attended),
        "counted": duration(standing.account.counted),
    }
    if own:
        return _("Du har været med nok: %(attended)s af %(counted)s.", **times)
    return _("Har været med nok: %(attended)s af %(counted)s.", **times)


def _compulsory(standing: Standing) -> Text:
    if standing.day:
        return _("Gennemført %(day)s.", day=standing.day)
    return _("Ikke gennemført endnu.")


def _deadline(completion: Completion, standing: Standing) -> Text:
    last_day = completion.last_day
    if standing.met:
        return (
            _("Gennemført %(day)s. Fristen er %(last_day)s.", day=standing.day, last_day=last_day)
            if standing.day
            else _("Der er ikke noget, der skal gennemføres inden fristen.")
        )
    if standing.lost:
        return _("Fristen var %(last_day)s. %(talk)s", last_day=last_day, talk=TALK)
    if standing.day and last_day and standing.day <= last_day:
        return _(
            "Sidste dag er %(last_day)s. Med det, der er planlagt, er det gennemført %(day)s.",
            last_day=last_day,
            day=standing.day,
        )
    return _("Sidste dag er %(last_day)s. Det, der er planlagt nu, er ikke nok.", last_day=last_day)


def _weeks(standing: Standing) -> Text:
    if standing.done >= standing.needed and not standing.met:
        return _("Alle %(needed)s uger er gået. Praktikken er ikke afsluttet endnu.", needed=standing.needed)
    return _("%(done)s af %(needed)s uger.", done=standing.done, needed=standing.needed)


def _hours(standing: Standing) -> Text:
    """They warn and block nothing (docs/decisions/018)."""
    done, needed = duration(standing.done), duration(standing.needed)
    if standing.met:
        return _("%(done)s af %(needed)s er bekræftet.", done=done, needed=needed)
    return _("%(done)s af %(needed)s er bekræftet. Det stopper ikke beviset.", done=done, needed=needed)


def _days(standing: Standing) -> Text:
    said = _("%(done)s af %(needed)s dage.", done=standing.done, needed=standing.needed)
    return _("%(said)s %(talk)s", said=said, talk=TALK) if standing.lost else said


PRACTICUM: dict[CompletionRule, Callable[[Standing], Text]] = {
    CompletionRule.PRACTICUM_WEEKS: _weeks,
    CompletionRule.PRACTICUM_HOURS: _hours,
    CompletionRule.FOLLOW_UP_DAYS: _days,
}


def share(standing: Standing) -> int:
    """Whole percent of what has a register, never rounded up: 79.9 is not 80."""
    kept = standing.account.attended + standing.account.missed
    return standing.account.attended * 100 // kept if kept else 0
