"""A printed document as a reader sees it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

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
    said = []
    with opened(pdf) as document:
        for page in document:
            textpage = page.get_textpage()
            for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], textpage=textpage):
                if pdfium.FPDFPageObj_GetMarkedContentID(thing.raw) != -1:
                    said.append(thing.extract())
    return _tidy(" ".join(said))


def _tidy(text: str) -> str:
    """A hyphen that ends a line is marked by the reader; it was written as a hyphen."""
    return " ".join(text.replace("\ufffe", "-").split())


def title(pdf: bytes) -> str:
    with opened(pdf) as document:
        return str(document.get_metadata_dict()["Title"])


def language(pdf: bytes) -> str:
    with opened(pdf) as document:
        buffer = ctypes.create_string_buffer(64)
        wide = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
        return _utf16(buffer, pdfium.FPDFCatalog_GetLanguage(document.raw, wide, 64))


def is_tagged(pdf: bytes) -> bool:
    with opened(pdf) as document:
        return bool(pdfium.FPDFCatalog_IsTagged(document.raw))


@dataclass(frozen=True)
class Element:
    """One tag: a table header's scope, a figure's words and its box (left, bottom, right, top) in points."""

    tag: str
    scope: str
    alt: str
    box: tuple[int, ...]


def structure(pdf: bytes) -> list[str]:
    """The tags of the whole document in reading order: "H1", "P", "Table" …"""
    return [element.tag for element in elements(pdf)]


def elements(pdf: bytes) -> list[Element]:
    found: list[Element] = []
    with opened(pdf) as document:
        for page in document:
            tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
            for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
                found += _below(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index))
            pdfium.FPDF_StructTree_Close(tree)
    return found


def _below(raw: pdfium.FPDF_STRUCTELEMENT) -> list[Element]:
    said = ctypes.create_string_buffer(512)
    found = [
        Element(
            tag=_utf16(said, pdfium.FPDF_StructElement_GetType(raw, said, 512)),
            scope=_scope(raw),
            alt=_utf16(said, pdfium.FPDF_StructElement_GetAltText(raw, said, 512)),
            box=_box(raw),
        )
    ]
    for index in range(pdfium.FPDF_StructElement_CountChildren(raw)):
        if child := pdfium.FPDF_StructElement_GetChildAtIndex(raw, index):
            found += _below(child)
    return found


def _attribute(raw: pdfium.FPDF_STRUCTELEMENT, name: bytes) -> pdfium.FPDF_STRUCTELEMENT_ATTR_VALUE | None:
    for index in range(pdfium.FPDF_StructElement_GetAttributeCount(raw)):
        attributes = pdfium.FPDF_StructElement_GetAttributeAtIndex(raw, index)
        if value := pdfium.FPDF_StructElement_Attr_GetValue(attributes, name):
            return value
    return None


def _scope(raw: pdfium.FPDF_STRUCTELEMENT) -> str:
    said, size = ctypes.create_string_buffer(64), ctypes.c_ulong()
    if value := _attribute(raw, b"Scope"):
        pdfium.FPDF_StructElement_Attr_GetStringValue(value, said, 64, size)
    return _utf16(said, size.value)


def _box(raw: pdfium.FPDF_STRUCTELEMENT) -> tuple[int, ...]:
    edges: list[int] = []
    number = ctypes.c_float()
    if box := _attribute(raw, b"BBox"):
        for edge in range(pdfium.FPDF_StructElement_Attr_CountChildren(box)):
            value = pdfium.FPDF_StructElement_Attr_GetChildAtIndex(box, edge)
            pdfium.FPDF_StructElement_Attr_GetNumberValue(value, number)
            edges.append(round(number.value))
    return tuple(edges)


def _utf16(buffer: ctypes.Array[ctypes.c_char], size: int) -> str:
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le")
