"""What the sheet `Studerende` would do."""

from __future__ import annotations

from datetime import date

from placements.domain import cohorts, enrolments
from placements.domain.cohort_import_known import Known
from placements.domain.cohort_import_plans import Noun, Plan, PlannedStudent, Verb, differences
from placements.domain.cohort_import_problems import Place, Problem
from placements.domain.cohort_import_rows import Rows, StudentRow, folded
from placements.formatting import long_date
from placements.i18n import _
from placements.models.enrolments import Enrolment
from placements.models.programmes import Audience
from placements.models.users import User
from placements.words import word

PHONE, MUNICIPALITY, AUDIENCE, START = _("Telefon"), _("Kommune"), _("Målgruppe"), _("Startdato")


def plan(plan: Plan, rows: Rows, known: Known) -> None:
    audiences = cohorts.audiences(known.cohort)
    for row in rows.students:
        user = known.users.get(row.email)
        problem = _wrong(row, user, known, audiences)
        if problem is not None:
            plan.problems.append(problem)
            rows.unfinished.add(row.email)
            continue
        enrolment = known.enrolments.get(user.id) if user else None
        name = user.name if user else row.name
        changed = _changed(row, enrolment, user) if enrolment and user else []
        verb = Verb.NEW if enrolment is None else Verb.CHANGED if changed else Verb.SAME
        plan.add(Noun.STUDENT, verb, name, changed or [row.email])
        plan.students.append(PlannedStudent(row, user, enrolment, verb))
    _refuse_too_many(plan, known)


def _wrong(row: StudentRow, user: User | None, known: Known, audiences: list[Audience]) -> Problem | None:
    """Whoever is known in this programme is called as there; of others nothing is told."""
    if user is not None and not user.active:
        return row.problem("email", row.email, _("Brugeren med den adresse er lukket. Åbn den først."))
    if user is not None and user.id in known.own_people and folded(user.name) != folded(row.name):
        sentence = _("E-mailen hører til %(name)s. Er det samme person, så brug det navn.", name=user.name)
        return row.problem("name", row.name, sentence, user.name)
    if row.audience is None and len(audiences) > 1:
        return row.problem("audience", None, _("Skriv målgruppen. Uddannelsen har flere."))
    if row.audience is not None and row.audience not in audiences:
        words = [str(word(audience)) for audience in audiences]
        sentence = _("Uddannelsen er ikke for den målgruppe. Den er for: %(words)s.", words=words)
        return row.problem("audience", word(row.audience), sentence, words[0] if len(words) == 1 else None)
    return None


def _changed(row: StudentRow, enrolment: Enrolment, user: User) -> list[str]:
    if not enrolments.is_active(enrolment):
        return []
    return differences(
        [
            (PHONE, user.phone, row.phone),
            (MUNICIPALITY, enrolment.municipality, row.municipality),
            (AUDIENCE, enrolment.audience, row.audience),
            (START, enrolment.starts_on, row.starts_on),
        ],
        _shown,
    )


def _shown(value: object) -> str:
    if isinstance(value, Audience):
        return word(value)
    return long_date(value) if isinstance(value, date) else str(value or "")


def _refuse_too_many(plan: Plan, known: Known) -> None:
    seats = known.cohort.seats
    taken = sum(map(enrolments.is_active, known.enrolments.values()))
    new = sum(student.verb is Verb.NEW for student in plan.students)
    if seats is not None and new and taken + new > seats:
        sentence = _(
            "Holdet har %(seats)s pladser, og %(taken)s er optaget. Filen har %(new)s nye.",
            seats=seats,
            taken=taken,
            new=new,
        )
        plan.problems.append(Problem(Place(plan.students[0].row.layout.sheet.title), "", sentence))
