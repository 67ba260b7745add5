"""Tasks in shares of somebody's time: how much is typical peer work, and whether that is enough (H-07).

An offer has such a list, and so has a peer who comes from a job: the rule is the same for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.offer_tasks import TaskKind

PEER = frozenset(TaskKind) - {TaskKind.OTHER}
"""What a peer typically does."""

WHOLE = 100
MOST_LINES = 12
LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A task as it is written in the form."""

    text: str
    kind: TaskKind
    percent: int | None = None


class Shared(Protocol):
    @property
    def kind(self) -> TaskKind: ...
    @property
    def percent(self) -> int | None: ...


def is_enough(peer: int, of: int) -> bool:
    """Two thirds pass exactly; whole numbers, so that nothing is rounded."""
    return 3 * peer >= 2 * of


def peer_share(lines: Iterable[Shared]) -> int | None:
    """Percent of the time with typical peer tasks; None while no shares are given."""
    given = [line for line in lines if line.percent is not None]
    return sum(line.percent or 0 for line in given if line.kind in PEER) if given else None


def refuse_bad(lines: Sequence[Line]) -> None:
    """Short texts, and shares that make a whole: of all tasks or of none."""
    if len(lines) > MOST_LINES:
        raise RuleBroken(_("Skriv højst %(most)s opgaver.", most=MOST_LINES), field="task_lines")
    if any(not line.text.strip() or len(line.text) > LONGEST_TEXT for line in lines):
        raise RuleBroken(
            _("Beskriv hver opgave kort, med højst %(longest)s tegn.", longest=LONGEST_TEXT),
            field="task_lines",
        )
    given = [line.percent for line in lines if line.percent is not None]
    if not given:
        return
    if len(given) < len(lines) or any(not 1 <= percent <= WHOLE for percent in given):
        raise RuleBroken(
            _("Skriv en andel fra 1 til 100 for hver opgave, eller slet ingen andele."), field="task_lines"
        )
    if sum(given) != WHOLE:
        raise RuleBroken(
            _("Andelene giver %(sum)s %% tilsammen. De skal give 100 %%.", sum=sum(given)), field="task_lines"
        )
