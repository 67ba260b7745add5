"""What no validator asks of a document: does somebody who hears it get what somebody who sees it gets?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tests.pdf.reading import Element, File, Run, file, runs

FAMILIES = ("IBM-Plex-Sans", "IBM-Plex-Serif")
MAY_BE_EMPTY = ("TD",)
PAGE_NUMBERS = {"side", "af", "page", "of"}
ADDRESS = re.compile(r"\S+@\S+\.\w+|https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:org|com|net|eu|dk)\b\S*")


class Document:
    """A file, its tags and its words side by side."""

    def __init__(self, pdf: bytes, language: str) -> None:
        self.file: File = file(pdf)
        self.runs: list[Run] = runs(pdf)
        self.expected_language = language
        self.elements = list(self.file.tree.all())
        self.owners = {mark: element for element in self.elements for mark in element.marks}
        self.words: dict[tuple[int | None, int], str] = {}
        for run in self.runs:
            if run.mark is not None:
                place = run.page, run.mark
                self.words[place] = self.words.get(place, "") + run.text

    def of(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def said(self, element: Element) -> str:
        """The words of an element and of all inside of it."""
        marks = [mark for part in element.all() for mark in part.marks]
        return " ".join("".join(self.words.get(mark, "") for mark in marks).split())


def problems(pdf: bytes, language: str = "da") -> list[str]:
    """One line each: the name of the check and what it found."""
    document = Document(pdf, language)
    return [f"{check.__name__[1:]}: {found}" for check in CHECKS for found in check(document)]


def _language(document: Document) -> Iterator[str]:
    if document.file.language != document.expected_language:
        yield f"{document.file.language!r}, not {document.expected_language!r}"


def _title(document: Document) -> Iterator[str]:
    if not document.file.title.strip(" –"):
        yield "there is none"
    if not document.file.shows_title:
        yield "the window shows the name of the file instead"


def _headings(document: Document) -> Iterator[str]:
    levels = [int(heading.tag[1]) for heading in document.of("H1", "H2", "H3", "H4", "H5", "H6")]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"{levels.count(1)} of the first level, the first is an h{levels[0] if levels else 0}"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"h{after} after h{before}"


def _bookmarks(document: Document) -> Iterator[str]:
    """Every section and what stands under it; the title of the file is none."""
    expected = [(int(part.tag[1]) - 1, document.said(part)) for part in document.of("H2", "H3", "H4")]
    got = [(level, " ".join(title.split())) for level, title in document.file.bookmarks]
    if got != expected:
        yield f"{got}, headings are {expected}"
    if len(document.file.sheets) > 1 and not got:
        yield "there are none in a document of several pages"


def _tables(document: Document) -> Iterator[str]:
    for table in document.of("Table"):
        rows = [part for part in table.all() if part.tag == "TR"]
        tags = ["".join(cell.tag[1] for cell in row.below) for row in rows]
        head = next((place for place, cells in enumerate(tags) if "D" in cells), len(tags))
        widths = {sum(cell.columns for cell in row.below) for row in rows}
        if "H" not in "".join(tags):
            yield f"no header in {document.said(table)[:60]!r}"
        if len(widths) > 1:
            yield f"rows of {widths} cells in {document.said(table)[:60]!r}"
        if head > 2 or any("H" in cells[1:] for cells in tags[head:]):
            yield f"headers beside the first column and above the second row in {document.said(table)[:60]!r}"
        yield from _headers(document, table)


def _headers(document: Document, table: Element) -> Iterator[str]:
    heads = [cell for cell in table.all() if cell.tag == "TH"]
    for cell in heads:
        if cell.scope not in ("Row", "Column"):
            yield f"no scope on {document.said(cell)!r}"
        if not document.said(cell):
            yield "a header without words"
    names = {cell.name for cell in heads}
    for cell in table.all():
        if cell.tag == "TD" and not (cell.headers and names.issuperset(cell.headers)):
            yield f"no header for {document.said(cell)!r}"


def _figures(document: Document) -> Iterator[str]:
    for figure in document.of("Figure"):
        if not figure.alt.strip():
            yield "one without words for it"
        left, bottom, right, top = document.file.sheets[figure.page or 0]
        box = figure.box or (-1, -1, -1, -1)
        if not (left <= box[0] < box[2] <= right + 1 and bottom <= box[1] < box[3] <= top + 1):
            yield f"{figure.alt!r} is not on the page: {figure.box}"


def _pictures(document: Document) -> Iterator[str]:
    """Ornaments are drawn; what is an image of points says something."""
    painted = [run for run in document.runs if not run.font]
    for run in painted:
        if run.mark is None or document.owners[run.page, run.mark].tag != "Figure":
            yield f"one on page {run.page + 1} that is no figure"
    if document.file.pictures > len(painted):
        yield "one in the background"


def _links(document: Document) -> Iterator[str]:
    links = document.of("Link")
    if sum(len(link.links) for link in links) != document.file.annotations:
        yield f"{document.file.annotations} places to click, {len(links)} links in the tags"
    for link in links:
        if not document.said(link):
            yield "one without words"
        if not link.links or not all(link.links):
            yield f"{document.said(link)!r} does not say where it leads"


def _addresses(document: Document) -> Iterator[str]:
    for place, words in document.words.items():
        owner = document.owners.get(place)
        if owner and owner.tag != "Link" and (found := ADDRESS.search(words)):
            yield f"{found[0]} is no link"


def _lists(document: Document) -> Iterator[str]:
    inside = {id(part) for whole in document.of("L") for part in whole.below}
    for whole in document.of("L"):
        if not whole.below or any(part.tag not in ("LI", "L") for part in whole.below):
            yield f"a list of {[part.tag for part in whole.below]}"
    for item in document.of("LI"):
        if id(item) not in inside or "LBody" not in [part.tag for part in item.below]:
            yield f"{document.said(item)!r} is no item of a list"


def _empty(document: Document) -> Iterator[str]:
    for element in document.elements:
        if not (element.below or element.marks or element.links or element.tag in MAY_BE_EMPTY):
            yield f"a {element.tag}"


def _reachable(document: Document) -> Iterator[str]:
    """Every word stands in one tag, or is an artifact."""
    for run in document.runs:
        tagged = (run.page, run.mark) in document.owners
        if tagged == run.is_artifact:
            wrong = "both content and artifact" if tagged else "neither content nor artifact"
            yield f"{run.text!r} on page {run.page + 1} is {wrong}"
    painted = {(run.page, run.mark) for run in document.runs}
    if lost := document.owners.keys() - painted:
        yield f"tags around what is not on the page: {sorted(lost)[:3]}"


def _order(document: Document) -> Iterator[str]:
    """It is read as it is painted, and painted from the first page to the last."""
    places = [mark for element in document.elements for mark in element.marks]
    for before, after in pairwise(places):
        if after < before:
            yield f"{document.words.get(after)!r} is read after {document.words.get(before)!r}"


def _running(document: Document) -> Iterator[str]:
    """What stands at the same place on every page is a running line; headers of a table are not."""
    seen: dict[tuple[str, tuple[int, ...]], set[int]] = {}
    for run in document.runs:
        if run.mark is not None and run.text.strip():
            key = run.text.strip(), tuple(round(edge) for edge in run.box)
            seen.setdefault(key, set()).add(run.page)
    heads = {document.said(cell) for cell in document.of("TH")}
    for (text, _box), on in seen.items():
        if len(on) == len(document.file.sheets) > 1 and text not in heads:
            yield f"{text!r} is read aloud on every page"


def _margins(document: Document) -> Iterator[str]:
    """What an artifact says is said in the tags too, or is who made the file or a page number."""
    content = " ".join([document.said(document.file.tree), document.file.title, document.file.author])
    said = set(_words(content)) | PAGE_NUMBERS
    decoration = " ".join(run.text for run in document.runs if run.is_artifact)
    if unsaid := sorted(set(_words(decoration)) - said):
        yield f"only there: {', '.join(unsaid)}"


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+", text.casefold()) if len(word) > 1]


def _fonts(document: Document) -> Iterator[str]:
    for name in document.file.unembedded:
        yield f"{name} is not in the file"
    for font in sorted({run.font for run in document.runs if run.font}):
        if not font.partition("+")[2].startswith(FAMILIES):
            yield f"{font} is not ours"


CHECKS = (
    _language,
    _title,
    _headings,
    _bookmarks,
    _tables,
    _figures,
    _pictures,
    _links,
    _addresses,
    _lists,
    _empty,
    _reachable,
    _order,
    _running,
    _margins,
    _fonts,
)
