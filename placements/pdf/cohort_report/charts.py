"""Figures as bars with their text twin: a distribution, or how many said yes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from placements.i18n import Text, _
from placements.pdf.cohort_report.values import Bar, Chart


class Counted(Protocol):
    """`number` is None when it is not shown."""

    @property
    def label(self) -> Text | str: ...
    @property
    def number(self) -> int | None: ...


class Distribution(Protocol):
    @property
    def title(self) -> Text: ...
    @property
    def bars(self) -> Sequence[Counted]: ...


class Share(Protocol):
    """Exactly, or as a bound, or hidden."""

    @property
    def of(self) -> int: ...
    @property
    def number(self) -> int | None: ...
    @property
    def least(self) -> int | None: ...
    @property
    def most(self) -> int | None: ...


class Figure(Protocol):
    @property
    def text(self) -> Text | str: ...
    @property
    def of(self) -> int: ...
    @property
    def bars(self) -> Sequence[Counted]: ...
    @property
    def share(self) -> Share | None: ...


def distribution(title: str, bars: Sequence[Counted], of: int) -> Chart:
    return {"title": title, "bars": [_bar(bar.label, bar.number, of) for bar in bars]}


def answers(figure: Figure) -> Chart:
    """A question with its answers; of yes or no the share that said yes."""
    if figure.share is None:
        return distribution(figure.text, figure.bars, figure.of)
    return {"title": figure.text, "bars": [_share(figure.share)]}


def hides(chart: Chart) -> bool:
    return any(bar["percent"] is None for bar in chart["bars"])


def _share(share: Share) -> Bar:
    if share.least is not None:
        text = _("Mindst %(number)s af %(of)s", number=share.least, of=share.of)
        return {"label": _("Ja"), "percent": _percent(share.least, share.of), "text": text}
    if share.most is not None:
        text = _("Højst %(number)s af %(of)s", number=share.most, of=share.of)
        return {"label": _("Ja"), "percent": 0, "text": text}
    return _bar(_("Ja"), share.number, share.of)


def _bar(label: str, number: int | None, of: int) -> Bar:
    if number is None:
        return {"label": label, "percent": None, "text": _("Skjult")}
    percent = _percent(number, of)
    text = _("%(number)s af %(of)s (%(percent)s %%)", number=number, of=of, percent=percent)
    return {"label": label, "percent": percent, "text": text}


def _percent(number: int, of: int) -> int:
    return round(100 * number / of) if of else 0
