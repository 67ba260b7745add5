"""Why each student is where they are, why not at the first wish, and what would have to change.

Two sets of sentences: one for the coordinator, with names; one that may be passed on to the student, without
anybody else's. Neither ever says that a pair is missing because of what a student keeps confidential.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from placements.domain.allocation_problem import Score
from placements.domain.allocation_rules import (
    SAME_MUNICIPALITY,
    SAME_REGION,
    Case,
    Obstacle,
    Student,
    distance,
    obstacle,
    placed_of,
)
from placements.domain.allocation_shortage import Shortage, shortage
from placements.domain.allocation_solver import Solution, Solver
from placements.i18n import Text, _

NAMED = 5
"""So many are named; the rest are counted."""

OBSTACLES = {
    Obstacle.FULL: _("Der er ingen ledige pladser."),
    Obstacle.FORBIDDEN: _("I har selv udelukket den mulighed."),
    Obstacle.PERIOD: _("Perioden ligger uden for holdets praktik."),
    Obstacle.BUSY: _("Der er allerede et praktikforløb i perioden."),
    Obstacle.SECTOR: _("Praktikken er ikke til den sektor."),
    Obstacle.DAYS: _("Ugedagene passer ikke."),
    Obstacle.REACH: _("Stedet ligger længere væk end ønsket."),
    Obstacle.CLEARANCE: _("Der mangler en attest eller en godkendelse."),
    Obstacle.NOT_POSSIBLE: _("Det er ikke en mulighed."),
}
LOST = (
    _("Men så ville færre få en plads."),
    _("Men så ville fordelingen mellem sektorerne komme længere fra målet."),
    _("Men så ville de samlede ønsker blive dårligere opfyldt."),
    _("Men så ville der samlet blive længere til praktikstederne."),
)
"""What another allocation would cost, for each aim in their order."""
EQUAL = _("Det ville være lige så godt. Lodtrækning har afgjort det.")


class Name(str):
    """The name of a student or an offer inside a sentence; it is stored as its id alone."""

    kind: str
    id: int

    def __new__(cls, text: str, kind: str, record_id: int) -> Name:
        name = super().__new__(cls, text)
        name.kind, name.id = kind, record_id
        return name

    def __getnewargs__(self) -> tuple[str, str, int]:  # type: ignore[override]
        return str(self), self.kind, self.id


@dataclass(frozen=True, slots=True)
class Why:
    """Sentences for the coordinator, and what may be told to the student."""

    reasons: tuple[Text, ...]
    told: tuple[Text, ...]


def listed(names: Sequence[str]) -> str:
    """A, B og C; A, B, C, D, E og 3 andre."""
    if len(names) == 1:
        return names[0]
    if len(names) > NAMED + 1:
        others = len(names) - NAMED
        return _("%(names)s og %(number)s andre", names=_row(names[:NAMED]), number=others)
    return _("%(names)s og %(last)s", names=_row(names[:-1]), last=names[-1])


def _row(names: Sequence[str]) -> str:
    """Names as they are: a list inside a sentence would be written in small letters."""
    row = names[0]
    for name in names[1:]:
        row = _("%(names)s, %(name)s", names=row, name=name)
    return row


class Explainer:
    """Explains one allocation; `solver` has just found it. `name` gives the name of a student or an offer."""

    def __init__(
        self,
        case: Case,
        solver: Solver,
        best: Solution,
        name: Callable[[str, int], str],
    ) -> None:
        self._case, self._solver, self._best = case, solver, best
        self._placed = placed_of(case, best.chosen)
        self._name = name

    def _student(self, student_id: int) -> Name:
        return Name(self._name("student", student_id), "student", student_id)

    def _offer(self, offer_id: int) -> Name:
        return Name(self._name("offer", offer_id), "offer", offer_id)

    def everybody(self) -> dict[int, Why]:
        return {student.id: self.why(student) for student in self._case.facts.students}

    def why(self, student: Student) -> Why:
        offer_id = self._placed.get(student.id)
        if offer_id is None:
            return self._unplaced(student)
        reasons, told = self._outcome(student, offer_id)
        if (student.id, offer_id) in self._case.facts.pinned:
            return Why((*reasons, _("I har selv låst parret.")), told)
        first = min(student.ranks, key=student.ranks.__getitem__, default=offer_id)
        if first == offer_id:
            return Why(reasons, told)
        more = self.why_not(student, first)
        return Why((*reasons, *more.reasons), (*told, *more.told))

    def _outcome(self, student: Student, offer_id: int) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
        named = {"student": self._student(student.id), "unit": self._offer(offer_id)}
        rank = student.ranks.get(offer_id)
        if rank == 1:
            said = _("%(student)s får sit første ønske, %(unit)s.", **named)
            told = _("Du får dit første ønske, %(unit)s.", unit=named["unit"])
        elif rank:
            said = _("%(student)s får sit %(rank)s. ønske, %(unit)s.", rank=rank, **named)
            told = _("Du får dit %(rank)s. ønske, %(unit)s.", rank=rank, unit=named["unit"])
        elif student.ranks:
            said = _("%(student)s får %(unit)s, som ikke er blandt ønskerne.", **named)
            told = _("Du får %(unit)s, som ikke er blandt dine ønsker.", unit=named["unit"])
        else:
            said = _("%(student)s har ikke sendt ønsker og får %(unit)s.", **named)
            told = _("Du får %(unit)s.", unit=named["unit"])
        near = self._near(student, offer_id)
        return (said, *near), (told, *near)

    def _near(self, student: Student, offer_id: int) -> tuple[Text, ...]:
        steps = distance(student.place, self._case.offers[offer_id].place)
        said = {
            SAME_MUNICIPALITY: (_("Stedet ligger i samme kommune."),),
            SAME_REGION: (_("Stedet ligger i samme region."),),
        }
        return said.get(steps, ())

    # Why not

    def why_not(self, student: Student, offer_id: int) -> Why:
        """Why the student is not on this offer, and what would have to change."""
        offer = self._case.offers.get(offer_id)
        unit = self._offer(offer_id)
        if offer is None:
            return _both(_("%(unit)s har ingen ledige pladser.", unit=unit))
        stands = obstacle(self._case.facts, student, offer)
        if stands is not None:
            return Why((_impossible(unit, stands),), (_impossible(unit, _told(stands)),))
        edge = self._case.edge_at.get((student.id, offer_id))
        other = None if edge is None else self._solver.with_edge(edge)
        if other is None:
            return _both(_("Pladserne på %(unit)s er låst til andre.", unit=unit))
        return self._instead(student, unit, other)

    def _instead(self, student: Student, unit: Name, other: Solution) -> Why:
        """The best allocation in which the student has the wish, beside the one that was chosen."""
        moved = self._moved(placed_of(self._case, other.chosen), but=student.id)
        cost = worse(self._best.score, other.score)
        named = {"student": self._student(student.id), "unit": unit}
        if not moved:
            said = _("%(student)s kunne få %(unit)s, uden at andre flyttede.", **named)
            return Why((said, cost), (_("Du kunne få %(unit)s.", unit=unit), cost))
        said = _("%(student)s ville få %(unit)s, hvis %(changes)s.", changes=listed(moved), **named)
        one = _("Du ville få %(unit)s, hvis en anden studerende flyttede.", unit=unit)
        several = _(
            "Du ville få %(unit)s, hvis %(number)s andre studerende flyttede.", unit=unit, number=len(moved)
        )
        return Why((said, cost), (one if len(moved) == 1 else several, cost))

    def _moved(self, placed: dict[int, int], *, but: int) -> list[Text]:
        """What happens to each of the others, in words."""
        everybody = [one for one in self._case.facts.students if one.id != but]
        return [
            self._move(one, self._placed.get(one.id), placed.get(one.id))
            for one in everybody
            if self._placed.get(one.id) != placed.get(one.id)
        ]

    def _move(self, student: Student, before: int | None, after: int | None) -> Text:
        name = self._student(student.id)
        if after is None:
            return _("%(student)s ikke fik en plads", student=name)
        unit, rank = self._offer(after), student.ranks.get(after)
        if rank:
            return _("%(student)s fik sit %(rank)s. ønske, %(unit)s", student=name, rank=rank, unit=unit)
        return _("%(student)s fik %(unit)s", student=name, unit=unit)

    # Nowhere

    def _unplaced(self, student: Student) -> Why:
        name = self._student(student.id)
        said = _("%(student)s får ikke en plads.", student=name)
        told = _("Der er ikke fundet en plads til dig endnu.")
        short = shortage(self._case, self._placed, student.id)
        if short is None:
            counted = tuple(self._counted(student))
            return Why((said, _("Ingen af de åbne pladser er mulige."), *counted), (told,))
        return Why(
            (said, *self._short(short)),
            (told, _("Der er flere studerende end pladser på de steder, du kan være.")),
        )

    def _short(self, short: Shortage) -> Iterable[Text]:
        students = listed([self._student(one) for one in short.student_ids])
        units = listed([self._offer(one) for one in short.offer_ids])
        if len(short.offer_ids) == 1:
            yield _(
                "%(students)s kan kun være på %(units)s, hvor der er %(seats)s.",
                students=students,
                units=units,
                seats=_seats(short.seats),
            )
        else:
            yield _(
                "%(students)s kan kun være på %(units)s, hvor der i alt er %(seats)s.",
                students=students,
                units=units,
                seats=_seats(short.seats),
            )
        yield _("Én plads mere der ville give én mere en plads.")

    def _counted(self, student: Student) -> Iterable[Text]:
        facts = self._case.facts
        found = Counter(obstacle(facts, student, offer) for offer in facts.offers)
        for kind, text in OBSTACLES.items():
            if found[kind]:
                yield _("%(number)s af %(all)s: %(why)s", number=found[kind], all=len(facts.offers), why=text)


def _seats(number: int) -> Text:
    return _("1 plads") if number == 1 else _("%(number)s pladser", number=number)


def _both(sentence: Text) -> Why:
    return Why((sentence,), (sentence,))


def _impossible(unit: Name, stands: Obstacle) -> Text:
    if stands is Obstacle.NOT_POSSIBLE:
        return _("%(unit)s er ikke en mulighed.", unit=unit)
    return _("%(unit)s kan ikke lade sig gøre. %(why)s", unit=unit, why=OBSTACLES[stands])


def _told(stands: Obstacle) -> Obstacle:
    """What the coordinators have decided among themselves is not told as such."""
    return Obstacle.NOT_POSSIBLE if stands is Obstacle.FORBIDDEN else stands


def worse(best: Score, other: Score) -> Text:
    """The first aim that another allocation would miss by more."""
    return next((said for said, one, two in zip(LOST, best, other, strict=True) if two > one), EQUAL)
