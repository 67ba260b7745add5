"""The objects of a PDF as WeasyPrint made them, before they are written: which of them hold stamped texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from placements.pdf import marks
from placements.pdf.attachments import Attachment
from placements.pdf.stamped_lines import Paragraph, Pen, Unfit

if TYPE_CHECKING:
    from placements.pdf.engine import Engine

Parts = list[bytes | marks.Words]
"""A dictionary as it is written, and the strings in it that hold stamped values."""

_STRING = re.compile(rb"<feff([0-9a-f]+)>|\(%b(\d+)\)" % re.escape(marks.ADDRESS.encode()))
"""Words, or an address."""
_PICTURE = re.compile(rb"/i[0-9a-f]{32}[01] Do")
_PROBE_IN_ADDRESS = b"%C2%A4"


class Objects:
    def __init__(self, engine: Engine, weasyprint: Any, laid_out: Any, blank: Sequence[Attachment]) -> None:
        seen: list[Any] = []
        engine.write(laid_out, blank, seen.append)
        pdf, to_bytes = seen[0], weasyprint.pdf.pydyf._to_bytes
        self.root, self.info = pdf.catalog.number, pdf.info.number
        self.all = pdf.objects[: self.info + 1]
        pages = [self.all[_number(one)] for one in pdf.page_references]
        self.contents = {
            number: [to_bytes(line) for line in self.all[number].stream]
            for number in (_number(page["Contents"]) for page in pages)
        }
        self.metadata = _number(pdf.catalog["Metadata"])
        streams = [one for one in self.all if hasattr(one, "stream")]
        self.images = [one.number for one in streams if one.extra.get("Subtype") == "/Image"]
        self.files = [one for one in streams if one.extra.get("Type") == "/EmbeddedFile"]
        self._dictionaries = [one for one in self.all[1:] if not hasattr(one, "stream")]

    def packet(self) -> str:
        """The metadata, XML."""
        text: str = self.all[self.metadata].stream[0].decode()
        return text

    def said(self) -> dict[int, Parts]:
        """The dictionaries with stamped texts (the title, what a picture shows …); and the one that dates."""
        found = {}
        for one in self._dictionaries:
            data = one.data
            if _PROBE_IN_ADDRESS in data:
                raise Unfit("it stands in an address")
            parts = _parts(data)
            if len(parts) > 1 or one.number == self.info:
                found[one.number] = parts
        return found

    def still(self, paragraphs: Sequence[Paragraph], pen: Pen) -> list[object]:
        """All that must stay where it is, whatever is stamped. Finds the lines."""
        for one in paragraphs:
            one.find(self.contents, pen)
        contents = {
            number: [_PICTURE.sub(b"", one) for one in written] for number, written in self.contents.items()
        }
        for paragraph in paragraphs:
            for matrix_at, glyphs_at in paragraph.places:
                contents[paragraph.content][matrix_at] = contents[paragraph.content][glyphs_at] = b""
        return [contents, *(_parts(one.data) for one in self._dictionaries if _has_a_place(one))]


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _has_a_place(one: Any) -> bool:
    return one.get("Type") in ("/StructElem", "/Page") or "Dest" in one or "Rect" in one


def _parts(data: bytes) -> Parts:
    parts, start = Parts(), 0
    for found in _STRING.finditer(data):
        words: marks.Words = [int(found[2])] if found[2] else marks.words(_text(found[1]))
        if marks.has_marks(words):
            parts += [data[start : found.start()], words]
            start = found.end()
    return [*parts, data[start:]]


def _text(written: bytes) -> str:
    return bytes.fromhex(written.decode()).decode("utf-16-be")
