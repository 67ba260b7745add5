"""For the world of the access tests: the theory of our cohort, and of the neighbour's programme."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Pdf, String
from sqlalchemy import select

from placements.db import writing
from placements.domain import evaluation_links
from placements.models.calendars import CalendarLink
from placements.models.cohorts import Cohort
from placements.models.diplomas import Diploma
from placements.models.enrolments import Enrolment, EnrolmentStatus
from placements.models.evaluations import EvaluationInvitation
from placements.models.pairs import PeerPair
from placements.models.seals import Seal
from placements.models.teaching import StudyGroup, StudyGroupMember, TeachingSession
from placements.pdf.attachments import Attachment, as_plain
from tests.factories_teaching import MOMENT

if TYPE_CHECKING:
    from tests.world import World


def taught(world: World) -> dict[str, Any]:
    """A module on each timetable. Both of our cohort's students are in ours."""
    session = theirs_and_ours(world)
    return {
        "run_id": session.run_id,
        "session_id": session.id,
        "part": "basics",
        "programmes number": 1,
        "audience": "student",
        "teaching_session_id": session.id,
        "module_run_id": session.run_id,
        "exception_id": excepted(world),
        "calendar token": subscribed(world),
        "cohorts group_id": studying(world).id,
        "teacher_id": session.teachers[0].id,
        "warning_contact_id": world.make.warning_contact(world.values["enrolment_id"]).id,
        "sign_up_id": world.make.sign_up(
            session.run, world.make.session.get_one(Enrolment, world.values["enrolment_id"])
        ).id,
        "guest_id": world.make.guest(session).id,
        "peer_pair_id": paired(world).id,
        "diplomas slug": frozen_diploma(world),
        "badges slug": badged(world),
        "badges number": 1,
        "issuer": "recovery-skolen",
        **evaluated(world),
    }


def frozen_diploma(world: World) -> str:
    """Our diploma's document becomes a sealed page that can be bound; the cohort's address."""
    page = io.BytesIO()
    with Pdf.new() as blank:
        blank.add_blank_page()
        top = blank.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
        structure = Dictionary(K=Array([top]), ParentTree=Dictionary(Nums=Array()))
        blank.Root.update({"/StructTreeRoot": structure, "/Lang": String("da"), "/OutputIntents": Array()})
        blank.docinfo.Title = "Bevis"
        blank.save(page)
    diploma = world.make.session.get_one(Diploma, world.values["diploma_id"])
    assert diploma.document is not None
    diploma.document.content = page.getvalue()
    diploma.document.seal = Seal(fingerprint="f", certificate="PEM", is_test=True, first_used_at=MOMENT)
    world.make.keep(diploma)
    return diploma.enrolment.cohort.slug


def badged(world: World) -> str:
    """Our diploma's document carries a badge; the programme's address."""
    diploma = world.make.session.get_one(Diploma, world.values["diploma_id"])
    assert diploma.document is not None
    badge = Attachment("bevis-1.jwt", b"signed", "application/vc+jwt", "", diploma.issued_on)
    diploma.badge_index = 7
    diploma.document.printed = {"attachments": as_plain([badge])}
    world.make.keep(diploma)
    return diploma.enrolment.cohort.programme.slug


def theirs_and_ours(world: World) -> TeachingSession:
    made: dict[str, TeachingSession] = {}
    for slug in ("hovedstaden-2017", "viborg-2024"):
        cohort = world.make.session.scalars(select(Cohort).where(Cohort.slug == slug)).one()
        run = world.make.run(cohort, world.make.module(cohort.programme))
        made[slug] = world.make.teaching_session(run)
        world.make.session_teacher(made[slug])
    return made["viborg-2024"]


def subscribed(world: World) -> str:
    """Amalie's calendar."""
    link = {"token": "calendar-of-amalie", "made_at": MOMENT}
    return world.make.keep(CalendarLink(user_id=world.users["student"].id, **link)).token


def studying(world: World) -> StudyGroup:
    """A study group in each programme; Amalie is in ours."""
    made: dict[str, StudyGroup] = {}
    for slug in ("hovedstaden-2017", "viborg-2024"):
        cohort = world.make.session.scalars(select(Cohort).where(Cohort.slug == slug)).one()
        made[slug] = world.make.keep(StudyGroup(cohort=cohort, name=f"Studiegruppe på {slug}"))
    ours = StudyGroupMember(group=made["viborg-2024"], enrolment_id=world.values["enrolment_id"])
    world.make.keep(ours)
    return made["viborg-2024"]


def paired(world: World) -> PeerPair:
    """A peer and a colleague in each programme, who have completed it: they need no practicum."""
    made: dict[str, PeerPair] = {}
    for slug in ("hovedstaden-2017", "viborg-2024"):
        cohort = world.make.session.scalars(select(Cohort).where(Cohort.slug == slug)).one()
        done = {"status": EnrolmentStatus.COMPLETED}
        peer = world.make.peer(cohort, f"Peer på {slug}", **done)
        made[slug] = world.make.pair(peer, world.make.colleague(cohort, f"Kollega på {slug}", **done))
    return made["viborg-2024"]


def excepted(world: World) -> int:
    """An exception for each of our cohort's students, ours is Amalie's; and whom the others named."""
    ours, giver = world.values["enrolment_id"], world.users["coordinator"]
    people = world.make.session.scalars(
        select(Enrolment.id).join(Cohort).where(Cohort.slug == "viborg-2024", Enrolment.id != ours)
    )
    for enrolment_id in people.all():
        world.make.completion_exception(enrolment_id, giver)
        world.make.warning_contact(enrolment_id, "Fridas bror")
    return world.make.completion_exception(ours, giver).id


def evaluated(world: World) -> dict[str, Any]:
    """Our cohort is asked afterwards; the other programme has a question of its own."""
    make = world.make
    make.question(world.other_programme, text="Hvad siger Noten?")
    evaluation = make.evaluation(make.session.get_one(Cohort, world.values["cohort_id"]), closed_at=None)
    invitation = EvaluationInvitation(evaluation=evaluation, user=world.users["student"])
    make.keep(invitation)
    with writing():
        link = evaluation_links.link_for(make.session, evaluation_links.path_of(invitation))
        make.session.commit()
    assert link is not None
    return {
        "question_id": make.question(world.programme).id,
        "moment": "after",
        "evaluation token": link.rpartition("/")[2],
    }
