"""A printed document as a reader gets it: the words on the paper (pdfium), the tags around them (pikepdf)."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def pages(pdf: bytes) -> list[str]:
    """The text of each page, line breaks and runs of spaces made one space."""
    with opened(pdf) as document:
        return [_tidy(page.get_textpage().get_text_range()) for page in document]


def text(pdf: bytes) -> str:
    return " ".join(pages(pdf))


def spoken(pdf: bytes) -> str:
    """The text that stands in tags: what a screen reader reads aloud."""
    return _tidy(" ".join(run.text for run in runs(pdf) if run.mark is not None))


def _tidy(text: str) -> str:
    """A hyphen that ends a line is marked by the reader; it was written as a hyphen."""
    return " ".join(text.replace("\ufffe", "-").split())


@dataclass(frozen=True)
class Run:
    """Words painted in one go, or a picture (without words): its mark in the tags, or else an artifact's."""

    page: int
    mark: int | None
    is_artifact: bool
    text: str
    font: str
    box: tuple[float, ...]


def runs(pdf: bytes) -> list[Run]:
    """In the order they are painted, those inside of drawings too."""
    with opened(pdf) as document:
        return [
            run
            for number, page in enumerate(document)
            for run in _painted(page, page.get_textpage(), number, page.raw, False)
        ]


def _painted(page: Any, textpage: Any, number: int, inside: Any, within: bool) -> Iterator[Run]:
    of_page = inside is page.raw
    count = pdfium.FPDFPage_CountObjects if of_page else pdfium.FPDFFormObj_CountObjects
    take = pdfium.FPDFPage_GetObject if of_page else pdfium.FPDFFormObj_GetObject
    for index in range(count(inside)):
        raw = take(inside, index)
        kind, is_artifact = pdfium.FPDFPageObj_GetType(raw), within or _is_artifact(raw)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _painted(page, textpage, number, raw, is_artifact)
        elif kind in (pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_IMAGE):
            thing = pypdfium2.PdfObject(raw, page=page, pdf=page.pdf, textpage=textpage)
            mark, is_text = pdfium.FPDFPageObj_GetMarkedContentID(raw), kind == pdfium.FPDF_PAGEOBJ_TEXT
            yield Run(
                page=number,
                mark=None if mark == -1 else mark,
                is_artifact=is_artifact,
                text=thing.extract() if is_text else "",
                font=thing.get_font().get_base_name() if is_text else "",
                box=thing.get_bounds(),
            )


def _is_artifact(raw: pdfium.FPDF_PAGEOBJECT) -> bool:
    name, size = ctypes.create_string_buffer(64), ctypes.c_ulong()
    wide = ctypes.cast(name, ctypes.POINTER(pdfium.FPDF_WCHAR))
    for index in range(pdfium.FPDFPageObj_CountMarks(raw)):
        pdfium.FPDFPageObjMark_GetName(pdfium.FPDFPageObj_GetMark(raw, index), wide, 64, size)
        if name.raw[: size.value - 2].decode("utf-16-le") == "Artifact":
            return True
    return False


@dataclass
class Element:
    """One tag: a table header's scope, a figure's words and its box (left, bottom, right, top) in points.

    `marks` are the places of its own words (page and mark), `links` what each of its links says it is.
    """

    tag: str
    page: int | None
    scope: str = ""
    alt: str = ""
    language: str = ""
    name: str = ""
    headers: tuple[str, ...] = ()
    box: tuple[int, ...] = ()
    columns: int = 1
    below: list[Element] = field(default_factory=list)
    marks: list[tuple[int | None, int]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def all(self) -> Iterator[Element]:
        """Itself and what is inside, in reading order."""
        yield self
        for element in self.below:
            yield from element.all()


@dataclass(frozen=True)
class File:
    """What the file says of itself, its bookmarks (level and words), and its tags below `tree`."""

    title: str
    author: str
    language: str
    shows_title: bool
    is_tagged: bool
    bookmarks: list[tuple[int, str]]
    sheets: list[tuple[float, ...]]
    unembedded: list[str]
    annotations: int
    pictures: int
    tree: Element


def file(pdf: bytes) -> File:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root, told = opened.Root, opened.docinfo
        places = {page.obj.objgen: index for index, page in enumerate(opened.pages)}
        with opened.open_outline() as outline:
            bookmarks = list(_bookmarks(outline.root, 1))
        return File(
            title=str(told.get("/Title", "")),
            author=str(told.get("/Author", "")),
            language=str(root.get("/Lang", "")),
            shows_title=bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
            is_tagged=bool(root.get("/MarkInfo", {}).get("/Marked", False)),
            bookmarks=bookmarks,
            sheets=[tuple(float(edge) for edge in page.mediabox) for page in opened.pages],
            unembedded=sorted(_unembedded(opened)),
            annotations=sum(len(page.obj.get("/Annots", [])) for page in opened.pages),
            pictures=sum(_is_picture(thing) for thing in opened.objects),
            tree=_element(root.StructTreeRoot.K[0], places),
        )


def _bookmarks(items: Any, level: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield level, item.title
        yield from _bookmarks(item.children, level + 1)


def _unembedded(opened: pikepdf.Pdf) -> Iterator[str]:
    dictionaries = [thing for thing in opened.objects if isinstance(thing, pikepdf.Dictionary)]
    for font in dictionaries:
        embedded = any(f"/FontFile{kind}" in font for kind in ("", "2", "3"))
        if font.get("/Type") == "/FontDescriptor" and not embedded:
            yield str(font.FontName)


def _is_picture(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"


def _element(raw: pikepdf.Dictionary, places: dict[tuple[int, int], int]) -> Element:
    page = places[raw.Pg.objgen] if "/Pg" in raw else None
    attributes = raw.get("/A", {})
    element = Element(
        tag=str(raw.S)[1:],
        page=page,
        scope=str(attributes.get("/Scope", ""))[1:],
        alt=str(raw.get("/Alt", "")),
        language=str(raw.get("/Lang", "")),
        name=str(raw.get("/ID", "")),
        headers=tuple(str(header) for header in attributes.get("/Headers", ())),
        box=tuple(round(float(edge)) for edge in attributes.get("/BBox", ())),
        columns=int(attributes.get("/ColSpan", 1)),
    )
    for kid in raw.get("/K", ()):
        if isinstance(kid, int):
            element.marks.append((page, kid))
        elif kid.get("/Type") == "/OBJR":
            element.links.append(str(kid.Obj.get("/Contents", "")))
        else:
            element.below.append(_element(kid, places))
    return element


def elements(pdf: bytes) -> list[Element]:
    return list(file(pdf).tree.all())


def structure(pdf: bytes) -> list[str]:
    """The tags of the whole document in reading order: "H1", "P", "Table" …"""
    return [element.tag for element in elements(pdf)]


def title(pdf: bytes) -> str:
    return file(pdf).title


def language(pdf: bytes) -> str:
    return file(pdf).language
