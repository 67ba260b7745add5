"""Which texts of a page are stamped, seen by its own template: it is asked with the real values.

A stamped value answers the template as its own text does (length, truth, comparison), but stands in the page
as a mark. So a page with marks is the same for everybody whose page is laid out alike: size classes, lines
left out and all values that are not stamped stand in it as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

from placements.pdf.qr import qr_image

_OPEN, _CLOSE = "\ue000", "\ue001"
PROBE = "¤"
_MARK = re.compile(f"{_OPEN}(qr )?(\\d+)(?: ([^{_CLOSE}]*))?{_CLOSE}")
_DATED = re.compile(f'(<meta name="dcterms\\.\\w+" content="){_OPEN}(\\d+){_CLOSE}"')
_PROBED = re.compile(f"{PROBE}(\\d+)[n ]*{PROBE}")
_HREF = re.compile(f'( href="){_OPEN}(\\d+){_CLOSE}"')
ADDRESS = "https://stamped.invalid/"
"""What a page with probes links to, and the number, where the address is stamped."""
DAY = "2000-01-01"
"""The date of a page with probes."""

Words = list[str | int]
"""A text with the numbers of stamped values in it."""


class Stamped(str):
    """The value numbered so in a request."""

    number: int

    def __html__(self) -> str:
        return f"{_OPEN}{self.number}{_CLOSE}"


def marked(values: dict[str, Any], paths: Iterable[str]) -> tuple[dict[str, Any], list[str]]:
    """The values with those at the paths ("practicum.unit") stamped; and the texts of these, by number."""
    texts: list[str] = []
    for path in paths:
        values = _at(values, path.split("."), texts)
    return values, texts


def _at(value: Any, path: Sequence[str], texts: list[str]) -> Any:
    if isinstance(value, list):
        return [_at(inner, path, texts) for inner in value]
    if path and isinstance(value, dict):
        return {**value, path[0]: _at(value[path[0]], path[1:], texts)}
    if path or not isinstance(value, str):
        return value
    found = Stamped(value)
    found.number = len(texts)
    texts.append(value)
    return found


def picture(text: str, dark: str = "#000") -> str:
    """The filter `qr`: for a stamped value a mark."""
    return f"{_OPEN}qr {text.number} {dark}{_CLOSE}" if isinstance(text, Stamped) else qr_image(text, dark)


def pictures(page: str) -> list[tuple[int, str]]:
    """Number and colour of each QR code with a mark, in their order."""
    return [(int(found[2]), found[3]) for found in _MARK.finditer(page) if found[1]]


def numbers(page: str) -> set[int]:
    return {int(found[2]) for found in _MARK.finditer(page)}


def addresses(page: str) -> set[int]:
    """The numbers of those that are linked to."""
    return {int(found[2]) for found in _HREF.finditer(page)}


def dated(page: str) -> int | None:
    """The number of the value that dates the file."""
    numbers = {int(found[2]) for found in _DATED.finditer(page)}
    return numbers.pop() if len(numbers) == 1 else None


def is_plain(page: str) -> bool:
    """Does nothing in it look like a probe already?"""
    return PROBE not in page and ADDRESS not in page


def probed(page: str, wide: str, fillers: Mapping[int, str]) -> str:
    """The page with a probe for each mark: somewhat wider by `wide`, some of them longer by their fillers."""

    def probe(found: re.Match[str]) -> str:
        text = f"{PROBE}{found[2]}{wide}{fillers.get(int(found[2]), '')}{PROBE}"
        return qr_image(text, found[3]) if found[1] else text

    page = _DATED.sub(lambda found: f'{found[1]}{DAY}"', page)
    return _MARK.sub(probe, _HREF.sub(lambda found: f'{found[1]}{ADDRESS}{found[2]}"', page))


def words(text: str) -> Words:
    """A printed text, taken apart at its probes."""
    parts: Words = list(_PROBED.split(text))
    parts[1::2] = [int(number) for number in parts[1::2]]
    return [part for part in parts if part != ""]


def has_marks(words: Words) -> bool:
    return any(isinstance(part, int) for part in words)


def filled(words: Words, texts: Sequence[str], written: Callable[[str], str] = str) -> str:
    return "".join(written(texts[part]) if isinstance(part, int) else part for part in words)


def in_xml(text: str) -> str:
    return escape(text, quote=False)
