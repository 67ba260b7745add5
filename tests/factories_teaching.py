"""The records of the theory, for tests/factories.py."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any, Protocol, TypeVar

from placements.models.attendance import AbsenceNotice, AbsenceReason, Attendance, OwnStatus, SessionGuest
from placements.models.cohorts import Cohort
from placements.models.completion import CompletionException, CompletionRule
from placements.models.diplomas import Diploma
from placements.models.enrolments import Enrolment
from placements.models.follow_up_days import AttendanceStatus
from placements.models.programmes import Audience, Module, ModuleRule, ModuleRuleKind, Programme
from placements.models.teaching import ModuleRun, RunSignUp, SessionTeacher, TeacherKind, TeachingSession
from placements.models.users import User
from placements.models.warning_contacts import WarningContact

R = TypeVar("R")
MOMENT = datetime(2024, 9, 1, 8, 0, tzinfo=UTC)


class Keeps(Protocol):
    def keep(self, record: R) -> R: ...


class TeachingRecords:
    def module(
        self: Keeps,
        programme: Programme,
        number: int = 2,
        *,
        rules: dict[str, str] | None = None,
        **values: Any,
    ) -> Module:
        """Compulsory for students, unless `rules` say otherwise: audience → rule."""
        values = {"title": f"Modul {number}", "minutes": 360, "text": "Om modulet."} | values
        kinds = {"student": "compulsory"} if rules is None else rules
        made = [
            ModuleRule(audience=Audience(audience), rule=ModuleRuleKind(kind))
            for audience, kind in kinds.items()
        ]
        return self.keep(Module(programme_id=programme.id, number=number, rules=made, **values))

    def run(self: Keeps, cohort: Cohort, module: Module, **values: Any) -> ModuleRun:
        return self.keep(ModuleRun(cohort_id=cohort.id, module_id=module.id, **values))

    def teaching_session(self: Keeps, run: ModuleRun, **values: Any) -> TeachingSession:
        """Three hours on Monday 3 February 2025."""
        values = {"held_on": date(2025, 2, 3), "starts_at": time(9), "ends_at": time(12)} | values
        return self.keep(TeachingSession(run_id=run.id, **values))

    def session_teacher(
        self: Keeps, session: TeachingSession, name: str = "Tove Tang", **values: Any
    ) -> SessionTeacher:
        """A peer who does not sign in."""
        values = {"kind": TeacherKind.PEER} | values
        return self.keep(SessionTeacher(session=session, name=name, **values))

    def sign_up(self: Keeps, run: ModuleRun, enrolment: Enrolment) -> RunSignUp:
        return self.keep(RunSignUp(run_id=run.id, enrolment_id=enrolment.id, signed_up_at=MOMENT))

    def attendance(
        self: Keeps, session: TeachingSession, enrolment: Enrolment, status: str = "present", **values: Any
    ) -> Attendance:
        """Written in the session's register, which counts as kept from then on."""
        session.register_kept_at = session.register_kept_at or MOMENT
        return self.keep(
            Attendance(
                session_id=session.id,
                enrolment_id=enrolment.id,
                status=AttendanceStatus(status),
                **values,
            )
        )

    def own_status(
        self: Keeps, programme: Programme, name: str = "Online", counts_as: str = "present", **values: Any
    ) -> OwnStatus:
        counted = AttendanceStatus(counts_as)
        return self.keep(OwnStatus(programme_id=programme.id, name=name, counts_as=counted, **values))

    def absence_notice(
        self: Keeps, session: TeachingSession, enrolment: Enrolment, reason: str = "work"
    ) -> AbsenceNotice:
        values = {"session_id": session.id, "enrolment_id": enrolment.id, "given_at": MOMENT}
        return self.keep(AbsenceNotice(reason=AbsenceReason(reason), **values))

    def guest(self: Keeps, session: TeachingSession, name: str = "Gitte Gæst") -> SessionGuest:
        return self.keep(SessionGuest(session_id=session.id, name=name))

    def completion_exception(
        self: Keeps, enrolment_id: int, giver: User, **values: Any
    ) -> CompletionException:
        values = {"rule": CompletionRule.DEADLINE, "reason": "Aftalt.", "given_on": MOMENT.date()} | values
        return self.keep(CompletionException(enrolment_id=enrolment_id, given_by_id=giver.id, **values))

    def diploma(self: Keeps, enrolment: Enrolment, number: str = "UB-2025-0100", **values: Any) -> Diploma:
        """Issued on 1 February 2025, without its document."""
        values = {
            "code": f"CODE{number}",
            "issued_on": date(2025, 2, 1),
            "issuer": "Recovery-skolen",
        } | values
        return self.keep(
            Diploma(
                enrolment_id=enrolment.id,
                number=number,
                programme_name=enrolment.cohort.programme.name,
                person_name=enrolment.user.name,
                **values,
            )
        )

    def warning_contact(self: Keeps, enrolment_id: int, name: str = "Ida Kjær") -> WarningContact:
        values = {"name": name, "email": "ida@example.org", "consented_on": MOMENT.date()}
        return self.keep(WarningContact(enrolment_id=enrolment_id, **values))
