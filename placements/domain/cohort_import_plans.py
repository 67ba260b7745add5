"""What a workbook would do: what is new, what is changed, what is there already. Nothing is written here."""

from __future__ import annotations

import enum
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from placements.domain.cohort_import_problems import Problem
from placements.domain.cohort_import_rows import PracticumRow, Row, SiteRow, StudentRow
from placements.i18n import Text, _
from placements.models.enrolments import Enrolment
from placements.models.hosts import Contact, Organisation, Unit
from placements.models.offers import Offer
from placements.models.placements import Placement
from placements.models.users import User


class Verb(enum.StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class Noun(enum.StrEnum):
    STUDENT = "student"
    ORGANISATION = "organisation"
    UNIT = "unit"
    CONTACT = "contact"
    OFFER = "offer"
    PLACEMENT = "placement"


NOUNS: dict[Noun, Text] = {
    Noun.STUDENT: _("Deltagere"),
    Noun.ORGANISATION: _("Organisationer"),
    Noun.UNIT: _("Afsnit"),
    Noun.CONTACT: _("Kontaktpersoner og praktikvejledere"),
    Noun.OFFER: _("Praktikpladser"),
    Noun.PLACEMENT: _("Praktikforløb"),
}
VERBS: dict[Verb, Text] = {Verb.NEW: _("Nye"), Verb.CHANGED: _("Ændres"), Verb.SAME: _("Findes i forvejen")}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of what would happen; the details say from what to what."""

    noun: Noun
    verb: Verb
    name: str
    details: tuple[str, ...] = ()

    @property
    def detail(self) -> str:
        return ", ".join(self.details)


@dataclass(slots=True)
class PlannedStudent:
    """`user` and `enrolment` are those that exist already."""

    row: StudentRow
    user: User | None
    enrolment: Enrolment | None
    verb: Verb


@dataclass(slots=True)
class PlannedContact:
    """`at` is the row that names the person."""

    at: Row
    name: str
    email: str | None
    contact: Contact | None
    is_supervisor: bool
    verb: Verb


@dataclass(slots=True)
class PlannedSite:
    """A unit, with what the workbook says of it. `row` is empty when only `Praktik` names it."""

    row: SiteRow | None
    name: str
    organisation_name: str
    organisation: Organisation | None = None
    unit: Unit | None = None
    verb: Verb = Verb.SAME
    seats: int | None = None
    offers: list[Offer] = field(default_factory=list)
    offer_verb: Verb = Verb.SAME
    needs_offer: bool = False
    contacts: list[PlannedContact] = field(default_factory=list)

    def contact_called(self, name: str) -> PlannedContact | None:
        return next((c for c in self.contacts if c.name.casefold() == name.casefold()), None)


@dataclass(slots=True)
class PlannedPlacement:
    row: PracticumRow
    site: PlannedSite
    user: User | None
    supervisor: PlannedContact | None
    placement: Placement | None
    verb: Verb


@dataclass(slots=True)
class Plan:
    """`source` stands for the file and the fixes it was read with."""

    source: str = ""
    students: list[PlannedStudent] = field(default_factory=list)
    sites: list[PlannedSite] = field(default_factory=list)
    placements: list[PlannedPlacement] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)

    def add(self, noun: Noun, verb: Verb, name: str, detail: Iterable[str] = ()) -> Verb:
        self.steps.append(Step(noun, verb, name, tuple(detail)))
        return verb

    @property
    def changes_nothing(self) -> bool:
        return all(step.verb is Verb.SAME for step in self.steps)

    @property
    def counts(self) -> dict[Noun, Counter[Verb]]:
        counted: dict[Noun, Counter[Verb]] = {noun: Counter() for noun in Noun}
        for step in self.steps:
            counted[step.noun][step.verb] += 1
        return counted

    def of(self, noun: Noun, verb: Verb) -> list[Step]:
        return [step for step in self.steps if (step.noun, step.verb) == (noun, verb)]

    @property
    def fingerprint(self) -> str:
        """The same as long as the same would happen: whoever confirms has seen just this."""
        told = [[step.noun, step.verb, step.name, step.detail] for step in self.steps]
        told.append([self.source, *(problem.line() for problem in self.problems)])
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def differences(pairs: Iterable[tuple[Text, object, object]], show: Callable[[object], str]) -> list[str]:
    """What the workbook says otherwise; a cell that is empty says nothing."""
    return [
        _("%(label)s: %(old)s → %(new)s", label=label, old="–" if old is None else show(old), new=show(new))
        for label, old, new in pairs
        if new is not None and new != old
    ]
