"""The ornament of the documents: two strands of fine lines, experience and professional knowledge, woven.

Drawn from formulas, so that no picture file is kept; asked for in a style sheet as `asset:NAME`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from math import cos, pi, sin

PINE, HEATHER = "#1d5a50", "#93406b"
ACCENTS = {"sea": "#2b6496", "rust": "#9c4a24", "pine": "#3d7d6f"}
"""What stands in for heather where a programme has chosen so."""
_STEPS_PER_TURN = 10

Point = tuple[float, float]


def _smooth(points: list[Point]) -> str:
    """A path through the points, bent like a thin strip of wood (Catmull-Rom, written as cubic curves)."""
    ends = [points[0], *points, points[-1]]
    parts = ["M{:.2f} {:.2f}".format(*points[0])]
    for before, here, there, after in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        first = here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6
        second = there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6
        parts.append("C" + " ".join(f"{x:.2f} {y:.2f}" for x, y in (first, second, there)))
    return "".join(parts)


def _strand(length: float, height: float, turns: float, phase: float, lines: int) -> Iterator[str]:
    """Lines that spread and gather: the middle ones swing less, and each lags a little behind the next."""
    steps = round(turns * _STEPS_PER_TURN)
    for line in range(lines):
        share = line / (lines - 1)
        swing, lag = height / 2 * (0.35 + 0.6 * share), 0.55 * (share - 0.5)
        yield _smooth(
            [
                (length * step / steps, height / 2 + swing * sin(2 * pi * turns * step / steps + phase + lag))
                for step in range(steps + 1)
            ]
        )


def _svg(width: float, height: float, paths: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}mm" '
        f'height="{height:g}mm" fill="none">{paths}</svg>'
    )


def _braid(
    length: float,
    height: float,
    turns: float,
    *,
    lines: int,
    stroke: float,
    opacity: float,
    accent: str = HEATHER,
) -> str:
    strands = ""
    for colour, phase in ((PINE, 0.0), (accent, pi)):
        path = "".join(_strand(length, height, turns, phase, lines))
        strands += f'<path d="{path}" stroke="{colour}" stroke-width="{stroke}" stroke-opacity="{opacity}"/>'
    return strands


def _ring(radius: float, centre_radius: float, circles: int, colour: str, opacity: float) -> str:
    """Circles whose centres lie on a circle: the oldest guilloche of all."""
    drawn = "".join(
        f'<circle cx="{centre_radius * cos(2 * pi * n / circles):.2f}" '
        f'cy="{centre_radius * sin(2 * pi * n / circles):.2f}" r="{radius:g}"/>'
        for n in range(circles)
    )
    return f'<g stroke="{colour}" stroke-opacity="{opacity}">{drawn}</g>'


@cache
def rosette(accent: str = HEATHER) -> str:
    """A wreath with room for a QR code in the middle."""
    rings = (
        _ring(14.5, 34.5, 90, PINE, 0.42) + _ring(9, 34.5, 72, accent, 0.45) + _ring(3.5, 34.5, 60, PINE, 0.5)
    )
    return _svg(100, 100, f'<g transform="translate(50 50)" stroke-width="0.1">{rings}</g>')


@cache
def braid() -> str:
    return _svg(166, 5, _braid(166, 5, 8, lines=5, stroke=0.15, opacity=0.6))


@cache
def long_braid() -> str:
    """The same for a sheet that lies down."""
    return _svg(253, 5, _braid(253, 5, 12, lines=5, stroke=0.15, opacity=0.6))


@cache
def wide_braid(accent: str = HEATHER) -> str:
    return _svg(297, 13, _braid(297, 13, 6, lines=9, stroke=0.14, opacity=0.55, accent=accent))


@cache
def folds() -> str:
    """Where a letter is folded: at a third for M65 and DL (99 mm from its top), at half for C5."""
    return _svg(4, 51, f'<path d="M0 .5H4M0 50H2.5" stroke="{PINE}" stroke-width=".15" stroke-opacity=".6"/>')


@cache
def lines() -> str:
    """Room for three lines of handwriting, 7.5 mm each; who needs fewer shows the upper ones."""
    drawn = "".join(f"M0 {7.5 * number - 0.2:g}H166" for number in (1, 2, 3))
    return _svg(166, 22.5, f'<path d="{drawn}" stroke="{PINE}" stroke-width=".15" stroke-opacity=".7"/>')


def _draft(word: str) -> str:
    text = (
        '<text transform="rotate(-52)" text-anchor="middle" font-family="IBM Plex Serif" font-weight="300" '
        f'font-size="52" letter-spacing="6" fill="{HEATHER}" fill-opacity="0.09">{word}</text>'
    )
    return _svg(210, 297, f'<g transform="translate(115 165)">{text}</g>')


ORNAMENTS: dict[str, Callable[[], str]] = {
    "rosette.svg": rosette,
    "braid.svg": braid,
    "long-braid.svg": long_braid,
    "wide-braid.svg": wide_braid,
    "folds.svg": folds,
    "lines.svg": lines,
    "draft-da.svg": lambda: _draft("UDKAST"),
    "draft-en.svg": lambda: _draft("DRAFT"),
    **{f"rosette-{name}.svg": partial(rosette, colour) for name, colour in ACCENTS.items()},
    **{f"wide-braid-{name}.svg": partial(wide_braid, colour) for name, colour in ACCENTS.items()},
}
