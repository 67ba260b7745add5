"""An ornament is drawn once in a process: its lines are the same on every page, and half a diploma's work.

What is kept are the bytes that WeasyPrint would write: a document is the same whether they were kept or not.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

_OTHER_RESOURCES = ("XObject", "Pattern", "Shading")


def install(weasyprint: Any) -> None:
    """Only what `asset:` names is kept, and only in a group of its own: nothing of a person can be in it."""
    image, dictionary = weasyprint.images.SVGImage, weasyprint.pdf.pydyf.Dictionary
    draw, to_bytes = image.draw, weasyprint.pdf.pydyf._to_bytes
    kept: dict[tuple[Any, ...], tuple[bytes, dict[str, dict[str, Any]]]] = {}

    def drawn(self: Any, group: Any, width: float, height: float, style: Any) -> None:
        if not str(self._base_url).startswith("asset:") or group.extra.get("Subtype") != "/Form":
            draw(self, group, width, height, style)
            return
        key = (self._base_url, width, height, *group.stream)
        if key not in kept:
            draw(self, group, width, height, style)
            lines = b"\n".join(to_bytes(line) for line in group.stream)
            if b" Tf\n" in lines or any(group._resources[kind] for kind in _OTHER_RESOURCES):
                return
            states = {name: dict(state) for name, state in group._resources["ExtGState"].items()}
            kept[key] = zlib.compress(lines, 9), states
        group.compress = False
        group.stream, states = [kept[key][0]], kept[key][1]
        group.extra["Filter"] = "/FlateDecode"
        group._resources["ExtGState"].update({name: dictionary(state) for name, state in states.items()})

    image.draw = drawn


def forget(images: Iterable[Any]) -> None:
    """An image refers to the first document that showed it, and so to somebody's name: let go of it."""
    for image in images:
        image._context = image._svg.context = image._svg.stream = None
