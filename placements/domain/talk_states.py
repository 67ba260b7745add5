"""The states of a talk: planned, written by the host, shared, and answered by the student."""

from __future__ import annotations

from placements.domain.rules import moves, target_of
from placements.i18n import _
from placements.models.talks import Talk, TalkStatus

S = TalkStatus

TRANSITIONS = moves(
    plan=((S.PLANNED,), S.PLANNED),
    write=((S.PLANNED, S.WRITTEN), S.WRITTEN),
    share=((S.WRITTEN,), S.SHARED),
    take_back=((S.SHARED,), S.WRITTEN),
    agree=((S.SHARED,), S.CLOSED),
    disagree=((S.SHARED,), S.DISAGREED),
    close=((S.DISAGREED,), S.CLOSED),
)

REFUSALS = {
    "plan": _("Samtalen er allerede skrevet, så dagen kan ikke flyttes her."),
    "write": _("Samtalen er delt med den studerende. Tag den tilbage, hvis den skal rettes."),
    "share": _("Samtalen er allerede delt, eller der er ikke skrevet noget endnu."),
    "take_back": _("Den studerende har svaret, så samtalen kan ikke rettes mere."),
    "agree": _("Samtalen venter ikke på dit svar. Den er ved at blive rettet, eller du har svaret."),
    "disagree": _("Samtalen venter ikke på dit svar. Den er ved at blive rettet, eller du har svaret."),
    "close": _("Kun en samtale, som den studerende ikke er enig i, skal afsluttes her."),
}
"""Why a verb is refused in any other state than its own."""

UNSHARED = frozenset({S.PLANNED, S.WRITTEN})
"""The host's and the coordinator's own: the student does not see it yet."""

WRITTEN = frozenset({S.WRITTEN})
WAITING = frozenset({S.SHARED})
DISAGREED = frozenset({S.DISAGREED})


def is_writable(talk: Talk | None) -> bool:
    return talk is None or talk.status in UNSHARED


def is_written(talk: Talk | None) -> bool:
    return talk is not None and talk.status in WRITTEN


def is_shared(talk: Talk | None) -> bool:
    """The student has it, answered or not."""
    return talk is not None and talk.status not in UNSHARED


def is_waiting(talk: Talk | None) -> bool:
    """For the student's answer."""
    return talk is not None and talk.status in WAITING


def is_disagreed(talk: Talk | None) -> bool:
    """And the coordinator has not dealt with it."""
    return talk is not None and talk.status in DISAGREED


def move(talk: Talk, verb: str) -> None:
    talk.status = target_of(TRANSITIONS, verb, talk.status, REFUSALS[verb])
