"""Many documents of one layout: the page is rendered once, and each person's texts are stamped into it.

The page is rendered from probes, never from somebody's values, so a person's file has the same bytes whoever
came before. A text with more lines makes a page of its own; a letter that the page was not prepared for, or a
page whose layout depends on the stamped texts, makes the document a full render.
"""

from __future__ import annotations

import logging
import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import md5
from importlib import import_module
from typing import TYPE_CHECKING, Any

from placements.pdf import marks
from placements.pdf.attachments import Attachment
from placements.pdf.qr import qr_bits
from placements.pdf.stamped_file import StampedFile, as_it_is, stream
from placements.pdf.stamped_lines import Pen, Unfit, paragraphs
from placements.pdf.stamped_objects import Objects, Parts

if TYPE_CHECKING:
    from placements.pdf.engine import Engine

KEPT = 24
"""Pages that a worker keeps, those used last; each is half a megabyte."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ADDRESS = re.compile(r"https?://[\w.~:/?#@!$&'*+,;=-]+", re.ASCII)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Page:
    """What a template is made from; the same for everybody whose page is laid out alike."""

    document: str
    html: str
    pages: int | None
    carried: tuple[tuple[str, str, str], ...]
    heights: tuple[int, ...] = ()


class Stamper:
    """Of one engine. Which values may be stamped, the document's folder says: STAMPED in its `values.py`."""

    def __init__(self, engine: Engine, weasyprint: Any) -> None:
        self._engine, self._weasyprint = engine, weasyprint
        self._templates: OrderedDict[Page, Template | None] = OrderedDict()

    def stamp(
        self,
        document: str,
        values: dict[str, Any],
        locale: str,
        pages: int | None,
        carried: Sequence[Attachment],
    ) -> bytes | None:
        """None: it must be rendered in full."""
        marked, texts = marks.marked(values, _stamped(document))
        about = tuple((one.name, one.mimetype, one.description) for one in carried)
        page = Page(document, self._engine.page(document, marked, locale), pages, about)
        try:
            template = self._template(page, carried)
            with template.forgetting():
                lines = template.broken(texts)
            heights = tuple(map(len, lines))
            if heights != template.heights:
                template = self._template(replace(page, heights=heights), carried, template.fillers(heights))
            with template.forgetting():
                return template.stamp(texts, lines, carried)
        except Unfit:
            return None

    def _template(
        self, page: Page, carried: Sequence[Attachment], fillers: Mapping[int, str] | None = None
    ) -> Template:
        if page not in self._templates:
            self._templates[page] = self._made(page, carried, fillers or {})
            if len(self._templates) > KEPT:
                self._templates.popitem(last=False)
        self._templates.move_to_end(page)
        if template := self._templates[page]:
            return template
        raise Unfit("its page is not for stamping")

    def _made(self, page: Page, carried: Sequence[Attachment], fillers: Mapping[int, str]) -> Template | None:
        """The full render says what is wrong with a page, if anything is."""
        try:
            blank = [one.blank() for one in carried]
            return Template(self._engine, self._weasyprint, page, blank, fillers)
        except Exception as error:
            _log.info("a page of %s is not stamped: %r", page.document, error)
            return None


def _stamped(document: str) -> tuple[str, ...]:
    return tuple(getattr(import_module(f"placements.pdf.{document}.values"), "STAMPED", ()))


class Template:
    """One page with its places, and the file around it."""

    def __init__(
        self,
        engine: Engine,
        weasyprint: Any,
        page: Page,
        blank: Sequence[Attachment],
        fillers: Mapping[int, str],
    ) -> None:
        if not marks.is_plain(page.html):
            raise Unfit("it holds what looks like a probe")
        self._pydyf = weasyprint.pdf.pydyf
        self._dated, self._numbers = marks.dated(page.html), marks.numbers(page.html)
        self._addresses = marks.addresses(page.html)
        narrow, wide = (
            engine.lay_out(page.document, marks.probed(page.html, more, fillers), page.pages)
            for more in ("", "nn")
        )
        self._pen, other = Pen(weasyprint, narrow.fonts), Pen(weasyprint, wide.fonts)
        self._paragraphs, moved = paragraphs(weasyprint, narrow), paragraphs(weasyprint, wide)
        self.heights = tuple(one.height for one in self._paragraphs)
        if page.heights and self.heights != page.heights:
            raise Unfit("it breaks otherwise")
        for one, further in zip(self._paragraphs, moved, strict=True):
            one.align(further)
            one.prepare(self._pen)
        pdf, same = (Objects(engine, weasyprint, one, blank) for one in (narrow, wide))
        if pdf.still(self._paragraphs, self._pen) != same.still(moved, other):
            raise Unfit("the layout depends on what is stamped")
        self._pen.freeze()
        self._keep(pdf, marks.pictures(page.html))

    def _keep(self, pdf: Objects, pictures: Sequence[tuple[int, str]]) -> None:
        """What is the person's own, and the rest as it is written."""
        self._contents, self._said, self._files = pdf.contents, pdf.said(), pdf.files
        self._pictures = dict(zip(pdf.images, pictures, strict=True))
        self._packet, self._metadata = pdf.metadata, pdf.packet()
        own = {*self._contents, *self._said, *self._pictures, self._packet}
        own |= {one.number for one in self._files}
        self._file = StampedFile(pdf.all, own, root=pdf.root, info=pdf.info)

    def broken(self, texts: Sequence[str]) -> list[list[str]]:
        """The lines of each paragraph. Raises `Unfit` for what only a full render can show."""
        if any(not _is_even(texts[number]) for number in self._numbers):
            raise Unfit("spaces in it would be joined, or it is empty")
        if not all(_ADDRESS.fullmatch(texts[number]) for number in self._addresses):
            raise Unfit("not an address that stays as it is")
        return [one.broken(texts) for one in self._paragraphs]

    @contextmanager
    def forgetting(self) -> Iterator[None]:
        """Nothing of the person stays."""
        try:
            yield
        finally:
            self._pen.forget()
            for one in self._paragraphs:
                one.forget()

    def fillers(self, heights: Sequence[int]) -> dict[int, str]:
        """What makes the probes of a page so many lines high."""
        return {
            _last(one.words): one.filler(height)
            for one, height in zip(self._paragraphs, heights, strict=True)
            if height > one.height
        }

    def stamp(self, texts: Sequence[str], lines: Sequence[list[str]], carried: Sequence[Attachment]) -> bytes:
        contents = {number: list(written) for number, written in self._contents.items()}
        for one, broken in zip(self._paragraphs, lines, strict=True):
            one.stamp(contents[one.content], broken, self._pen)
        own = {number: stream(b"\n".join(written)) for number, written in contents.items()}
        own |= {number: _picture(texts[said], dark) for number, (said, dark) in self._pictures.items()}
        day = self._day(texts)
        own |= {number: self._dictionary(parts, texts, day) for number, parts in self._said.items()}
        own[self._packet] = self._xmp(texts, day)
        for file, brought in zip(self._files, carried, strict=True):
            own[file.number] = self._carried(file, brought)
        return self._file.write(own)

    def _day(self, texts: Sequence[str]) -> str:
        day = marks.DAY if self._dated is None else texts[self._dated]
        if not _DAY.fullmatch(day):
            raise Unfit("not a day")
        return day

    def _dictionary(self, parts: Parts, texts: Sequence[str], day: str) -> bytes:
        said = b"".join(
            part if isinstance(part, bytes) else self._pydyf.String(marks.filled(part, texts)).data
            for part in parts
        )
        return said.replace(_pdf_day(marks.DAY), _pdf_day(day)) if self._dated is not None else said

    def _xmp(self, texts: Sequence[str], day: str) -> bytes:
        packet = self._metadata if self._dated is None else self._metadata.replace(marks.DAY, day)
        text = marks.filled(marks.words(packet), texts, marks.in_xml).encode()
        return as_it_is(text, "/Type /Metadata/Subtype /XML")

    def _carried(self, file: Any, one: Attachment) -> bytes:
        dated = self._pydyf.String(f"D:{one.dated:%Y%m%d}000000Z")
        about = {
            "CheckSum": f"<{md5(one.content, usedforsecurity=False).hexdigest()}>",
            "Size": len(one.content),
            "CreationDate": dated,
            "ModDate": dated,
        }
        extra = self._pydyf.Dictionary({**file.extra, "Params": self._pydyf.Dictionary(about)})
        written: bytes = self._pydyf.Stream([one.content], extra, compress=True).data
        return written


def _last(words: marks.Words) -> int:
    return [part for part in words if isinstance(part, int)][-1]


def _is_even(text: str) -> bool:
    """Would HTML leave its spaces as they are?"""
    return text != "" and text == " ".join(text.split())


def _pdf_day(day: str) -> bytes:
    return b"(D:%b)" % day.replace("-", "").encode()


def _picture(text: str, dark: str) -> bytes:
    """A QR code of two colours."""
    side, bits = qr_bits(text)
    colours = f"/ColorSpace [/Indexed /DeviceRGB 1 <{dark.removeprefix('#')}ffffff>]/BitsPerComponent 1"
    size = f"/Width {side}/Height {side}/Interpolate false"
    return stream(bits, f"/Type /XObject/Subtype /Image{size}{colours}")
