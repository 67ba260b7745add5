"""The texts of a page that are stamped: where each line stands, what it may hold, and how it is written.

WeasyPrint itself breaks, shapes and writes them, so that a stamped line is the line of a full render, kerning
and all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import ceil
from types import SimpleNamespace
from typing import Any

import uharfbuzz

from placements.pdf import marks
from placements.pdf.linking import linked

REPERTOIRE = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x180)))) + "ẞ–—‘’‚“”„…•−"
"""Latin-1 and Latin Extended-A, as far as the face has them; with them a page's fonts are prepared."""
_JOINED = "ff fi fl ffi ffl fj ft tt"
_GLYPHS = re.compile(rb"<([0-9a-f]+)>")
_SLACK = 0.02
_kept: dict[frozenset[str], frozenset[str]] = {}
"""Each repertoire once, however many pages have it."""


class Unfit(Exception):
    """This document is not for stamping; a full render is."""


class Pen:
    """Writes a line with the fonts of a page. Frozen, it knows no glyphs but those that the file holds."""

    def __init__(self, weasyprint: Any, fonts: dict[Any, Any]) -> None:
        self._draw, self._matrix = weasyprint.draw.text.draw_first_line, weasyprint.matrix.Matrix
        self._stream = weasyprint.pdf.stream.Stream(fonts, (0, 0, 1, 1), {}, {}, None, {}, None)
        self.fonts = fonts
        self._letters: dict[bytes, frozenset[str]] = {}
        self._frozen: dict[Any, dict[int, str]] = {}

    def write(self, layout: Any, style: Any, text: str, x: float, y: float) -> tuple[bytes, bytes, bytes]:
        """Matrix, font and glyphs."""
        self._stream.stream, self._stream._current_font = [], None
        layout.set_text(text)
        box = SimpleNamespace(text=text, style=style, pango_layout=layout)
        self._draw(self._stream, box, "clip", "none", self._matrix(d=-1, e=x, f=y))
        if len(self._stream.stream) != 3 or (self._frozen and self._has_new_glyphs()):
            raise Unfit("it is written in several pieces, or needs a new glyph")
        matrix, font, glyphs = self._stream.stream
        return matrix, font, glyphs

    def letters(self, layout: Any, style: Any) -> frozenset[str]:
        """The repertoire, from now on in the font; without letters whose glyph would be read as another."""
        written = self.write(layout, style, "x", 0, 0)[1].split()[0]
        if written not in self._letters:
            font = next(one for one in self.fonts.values() if written == b"/" + one.hash.encode())
            has = uharfbuzz.Face(font.file_content).unicodes
            letters = [letter for letter in REPERTOIRE if ord(letter) in has]
            glyphs = b"".join(_GLYPHS.findall(self.write(layout, style, " ".join(letters), 0, 0)[2]))
            numbers = [int(glyphs[at : at + 4], 16) for at in range(0, len(glyphs), 8)]
            read = zip(letters, numbers, strict=True)
            found = frozenset(letter for letter, number in read if font.to_unicode[number] == letter)
            self._letters[written] = _kept.setdefault(found, found)
            self.write(layout, style, _JOINED, 0, 0)
        return self._letters[written]

    def forget(self) -> None:
        self._stream.stream = []

    def freeze(self) -> None:
        """The faces themselves are in the file now."""
        self._frozen = {key: dict(font.to_unicode) for key, font in self.fonts.items()}
        for font in self.fonts.values():
            font.file_content = b""

    def _has_new_glyphs(self) -> bool:
        new = False
        for key, font in list(self.fonts.items()):
            if len(font.to_unicode) != len(self._frozen.get(key, ())):
                new, font.to_unicode = True, dict(self._frozen.get(key, {}))
        return new


class Paragraph:
    """A text with stamped values in it, on one line or several. `room` is how wide a line may become."""

    def __init__(self, weasyprint: Any, boxes: Sequence[Any], room: float, *, alone: bool) -> None:
        self._break, self._style, self._room = weasyprint.text.line_break, boxes[0].style, room
        self._may_wrap = (
            alone and self._style["hyphens"] == "manual" and self._style["text_align_all"] != "justify"
        )
        self._texts = [box.pango_layout.text for box in boxes]
        self._feet = [(box.position_x, box.position_y + box.baseline) for box in boxes]
        self.words = marks.words(" ".join(self._texts))
        self._layout = self._break.Layout(self._style)
        self._width = self._measured(self._texts[0])
        self._letters: frozenset[str] = frozenset()
        self._anchor, self._font = 0.0, b""
        self.content = 0
        self.places: list[tuple[int, int]] = []

    @property
    def height(self) -> int:
        return len(self._texts)

    def _measured(self, text: str) -> float:
        self._layout.set_text(text)
        width: float = self._break.line_size(self._layout.get_first_line()[0], self._style)[0]
        return width

    def align(self, wider: Paragraph) -> None:
        """How a line moves as it grows: not at all, by half, or wholly. Several lines may not move."""
        moved = self._feet[0][0] - wider._feet[0][0]
        self._anchor = moved / (wider._width - self._width) if self.height == 1 else 0.0
        if min(abs(self._anchor - share) for share in (0, 0.5, 1)) > 0.01:
            raise Unfit("its lines move")

    def prepare(self, pen: Pen) -> None:
        """Have the repertoire in the fonts."""
        self._letters = pen.letters(self._layout, self._style)

    def _written(self, pen: Pen, text: str, x: float = 0, y: float = 0) -> tuple[bytes, bytes, bytes]:
        return pen.write(self._layout, self._style, text, x, y)

    def find(self, contents: dict[int, list[bytes]], pen: Pen) -> None:
        """Where its lines are written, each in one place."""
        for text, (x, y) in zip(self._texts, self._feet, strict=True):
            matrix, self._font, glyphs = self._written(pen, text, x, y)
            found = [
                (number, at)
                for number, written in contents.items()
                for at, line in enumerate(written)
                if line == matrix and glyphs in written[at + 1 : at + 3]
            ]
            if len(found) != 1:
                raise Unfit("it is not where it was laid out")
            self.content, at = found[0]
            self.places.append((at, contents[self.content].index(glyphs, at)))

    def filler(self, height: int) -> str:
        """Words that make it so many lines high."""
        missing = (height - 0.6) * self._room - self._width
        return " nnn" * ceil(missing / (self._measured("nnn nnn") - self._measured("nnn")))

    def broken(self, texts: Sequence[str]) -> list[str]:
        """The lines of somebody's text, as the page breaks it."""
        text = marks.filled(self.words, texts)
        if not self._letters.issuperset(text):
            raise Unfit("a letter that the page was not prepared for")
        if linked(written := marks.in_xml(text)) != written:
            raise Unfit("it would become a link")
        if self._measured(text) <= self._room - _SLACK:
            return [text]
        if not self._may_wrap or self._anchor:
            raise Unfit("it does not stand on its line")
        lines: list[str] = []
        rest: int | None = 0
        while rest is not None:
            text = text.encode()[rest:].decode()
            layout, _length, rest, *_sizes = self._break.split_first_line(
                text, self._style, None, self._room, 0
            )
            lines.append(layout.text)
        return lines

    def stamp(self, content: list[bytes], lines: Sequence[str], pen: Pen) -> None:
        for text, (x, y), (at, glyphs_at) in zip(lines, self._feet, self.places, strict=True):
            if self._anchor:
                x += self._anchor * (self._width - self._measured(text))
            content[at], font, content[glyphs_at] = self._written(pen, text, x, y)
            if font != self._font:
                raise Unfit("a letter of another face")

    def forget(self) -> None:
        self._layout.set_text("")


def paragraphs(weasyprint: Any, laid_out: Any) -> list[Paragraph]:
    """Those with marks, page by page."""
    kinds = weasyprint.formatting_structure.boxes
    found = []
    for page in laid_out.pages:
        for block, lines in _blocks(page._page_box, kinds):
            texts = [[box for box in line.descendants() if isinstance(box, kinds.TextBox)] for line in lines]
            if not any(_is_probed(box.pango_layout.text) for boxes in texts for box in boxes):
                continue
            alone = all(
                len(boxes) == 1 and len(line.children) == 1 for boxes, line in zip(texts, lines, strict=True)
            )
            if len(lines) > 1 and not alone:
                raise Unfit("several lines with more than one text")
            first = lines[0].children[0].position_x
            if alone:
                found.append(Paragraph(weasyprint, [boxes[0] for boxes in texts], block.width, alone=True))
            else:
                found += [
                    Paragraph(weasyprint, [box], block.width - (box.position_x - first), alone=False)
                    for box in texts[0]
                    if _is_probed(box.pango_layout.text)
                ]
    return found


def _is_probed(text: str) -> bool:
    return marks.PROBE in text


def _blocks(box: Any, kinds: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Each block with lines, and its lines."""
    children = getattr(box, "children", ())
    if lines := [child for child in children if isinstance(child, kinds.LineBox)]:
        yield box, lines
    for child in children:
        yield from _blocks(child, kinds)
