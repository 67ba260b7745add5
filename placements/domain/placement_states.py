"""The states of a placement: what each means for a seat, which verbs lead on, and who may use them."""

from __future__ import annotations

from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken, moves, open_verbs, target_of
from placements.i18n import _
from placements.models.placements import Placement, PlacementStatus
from placements.models.users import Role

S = PlacementStatus

TRANSITIONS = moves(
    propose=((S.DRAFT,), S.PROPOSED),
    accept=((S.PROPOSED,), S.ACCEPTED),
    decline=((S.PROPOSED,), S.DECLINED),
    ask_again=((S.PROPOSED, S.ACCEPTED), S.PROPOSED),
    agree=((S.ACCEPTED,), S.AGREED),
    start=((S.AGREED,), S.ACTIVE),
    complete=((S.ACTIVE,), S.COMPLETED),
    end_early=((S.ACTIVE,), S.ENDED_EARLY),
    cancel=((S.DRAFT, S.PROPOSED, S.ACCEPTED, S.AGREED), S.CANCELLED),
)

RELEASED = frozenset({S.DECLINED, S.CANCELLED, S.ENDED_EARLY})
"""Ended without being completed: the seat is free again."""

CALLED_OFF = RELEASED - {S.ENDED_EARLY}
"""Came to nothing before it began."""

OCCUPYING = frozenset(S) - RELEASED
"""Takes a seat of its offer, and the student's time."""

UNANSWERED = frozenset({S.PROPOSED})
"""The host has been asked and has not answered."""

UNACCEPTED = frozenset({S.DRAFT, S.PROPOSED})
"""No host has said yes yet."""

GIVEN = OCCUPYING - UNACCEPTED
"""A host has said yes: nobody else can be given that seat."""

EXPECTED = GIVEN - frozenset({S.COMPLETED})
"""The student is on the way or there: the unit needs to know whom to call."""

ASKS_STUDENT = frozenset({S.ACCEPTED})
"""The host has said yes, and the student may still say no."""

RUNNING = frozenset({S.ACTIVE})
FINISHED = frozenset({S.COMPLETED})

BEGUN = RUNNING | FINISHED | (RELEASED - CALLED_OFF)
"""Has been a practicum for some time: its hours, supervisions and visits are kept."""

PLANNED = frozenset({S.DRAFT, S.PROPOSED, S.ACCEPTED, S.AGREED})
"""Not begun yet."""

MOVABLE = frozenset({S.DRAFT, S.PROPOSED, S.ACCEPTED})
"""Nothing is signed: the unit and the legal basis may still change."""

EDITABLE = PLANNED | RUNNING

SEEN_BY_STUDENT = frozenset({S.ACCEPTED, S.AGREED, S.ACTIVE, S.COMPLETED, S.ENDED_EARLY})
SEEN_BY_HOST = SEEN_BY_STUDENT | {S.PROPOSED}

ANSWERS = frozenset({"accept", "decline"})
"""What a host says to a proposal."""

NEEDS_REASON = frozenset({"decline", "cancel", "end_early"})

REFUSALS = {
    "propose": _("Forløbet er allerede foreslået eller slut."),
    "accept": _("Forløbet venter ikke på et svar."),
    "decline": _("Forløbet venter ikke på et svar."),
    "ask_again": _("Praktikstedet kan ikke ændres nu."),
    "agree": _("Praktikstedet har ikke sagt ja, eller aftalen er allerede på plads."),
    "start": _("Kun et forløb med en underskrevet aftale kan begynde."),
    "complete": _("Kun et forløb, der er i gang, kan gennemføres."),
    "end_early": _("Kun et forløb, der er i gang, kan stoppes før tid."),
    "cancel": _("Forløbet er begyndt eller slut og kan ikke aflyses."),
}
"""Why a verb is refused in any other state than its own."""

CALLED_OFF_MEANWHILE = _(
    "Forløbet er aflyst i mellemtiden, så der er ikke noget at svare på. "
    "Kontakt koordinatoren, hvis I stadig kan tage imod en studerende."
)

_ONWARD = ("propose", "accept", "agree", "start", "complete")

_BY_ITSELF = frozenset({"agree", "ask_again"})
"""Follows from something else: the last signature; a change of unit, whose new host has not said yes."""


def is_draft(placement: Placement) -> bool:
    return placement.status is S.DRAFT


def is_called_off(placement: Placement) -> bool:
    return placement.status in CALLED_OFF


def is_released(placement: Placement) -> bool:
    return placement.status in RELEASED


def host_said_yes(placement: Placement) -> bool:
    """Then the unit may know how to reach the student."""
    return placement.status in GIVEN | BEGUN


def onward_verb(placement: Placement) -> str:
    """The verb that carries the placement on; empty when it has ended."""
    return next((verb for verb in _ONWARD if placement.status in TRANSITIONS[verb].sources), "")


def speaks_as(placement: Placement, actor: Actor) -> Role:
    """In which role this person meets the placement; who coordinates it is not also its host here."""
    if placement.programme_id in actor.programme_ids:
        return Role.COORDINATOR
    return Role.HOST if placement.unit_id in actor.unit_ids else Role.STUDENT


def refuse_unless_open(placement: Placement, verb: str) -> PlacementStatus:
    """The state that the verb leads to, or the sentence that says why not."""
    if verb in ANSWERS and placement.status is S.CANCELLED:
        raise RuleBroken(CALLED_OFF_MEANWHILE)
    return target_of(TRANSITIONS, verb, placement.status, REFUSALS[verb])


def verbs_of(placement: Placement, actor: Actor) -> frozenset[str]:
    """The verbs this person may use on this placement, in whatever state it is."""
    if placement.programme_id in actor.programme_ids:
        return frozenset(TRANSITIONS) - _BY_ITSELF
    if placement.unit_id in actor.unit_ids:
        return ANSWERS
    return frozenset()


def verbs_for(placement: Placement, actor: Actor) -> list[str]:
    """The verbs this person can use now, in the order of the table."""
    allowed = verbs_of(placement, actor)
    return [verb for verb in open_verbs(TRANSITIONS, placement.status) if verb in allowed]
