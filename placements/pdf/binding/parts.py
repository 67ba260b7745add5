"""One document, copied into the file that it is bound into: pages, tags, links and bookmarks.

What only draws (faces, images, colours, streams) is shared with what was copied before when it is the same.
Tags are copied one by one, for they point at their own page and at each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from pikepdf import (
    Array,
    Dictionary,
    Name,
    NameTree,
    NumberTree,
    Object,
    OutlineItem,
    Page,
    Pdf,
    Stream,
    String,
)

LEFT_OUT = frozenset({Name.Widget, Name.FileAttachment})
"""Annotations that belong to the document's own file: its seal, and what is attached to it."""
OF_A_PAGE = frozenset({"/Parent", "/AF", "/Annots", "/StructParents"})
OF_A_LINK = frozenset({"/P", "/Parent", "/AF", "/StructParent"})
OF_A_TAG = frozenset({"/P", "/AF", "/K", "/Pg", "/ID", "/A"})
"""What is not copied as it stands."""

Kept = dict[bytes, Object]


class Part:
    """`first` is the number in the bound file for the part's own number 0 of what has tags."""

    def __init__(self, source: Pdf, bound: Pdf, kept: Kept, *, number: int, first: int) -> None:
        self._source, self._bound, self._kept = source, bound, kept
        self._number, self._first = number, first
        self._copies: dict[tuple[int, int], Object] = {}
        self._elements: dict[tuple[int, int], Object] = {}
        self.ids: dict[bytes, Object] = {}

    # Pages

    def bind(self) -> None:
        """Its pages; each exists before any is filled, for they may point at one another."""
        pages = [page.obj for page in self._source.pages]
        for page in pages:
            self._copies[page.objgen] = self._bound.make_indirect(Dictionary(Type=Name.Page))
        for page in pages:
            copy = self._copies[page.objgen]
            self._fill(copy, page, OF_A_PAGE)
            if "/StructParents" in page:
                copy.StructParents = self._first + int(page.StructParents)
            if links := [self._annotation(link, copy) for link in page.get("/Annots", []) if _stays(link)]:
                copy.Annots = Array(links)
            self._bound.pages.append(Page(copy))

    def _annotation(self, annotation: Object, page: Object) -> Object:
        copy = self._bound.make_indirect(Dictionary(P=page))
        self._fill(copy, annotation, OF_A_LINK)
        if "/StructParent" in annotation:
            copy.StructParent = self._first + int(annotation.StructParent)
        if "/Dest" in annotation:
            copy.Dest = self._destination(annotation.Dest)
        if "/A" in annotation and Name.GoTo == annotation.A.S:
            copy.A = Dictionary(S=Name.GoTo, D=self._destination(annotation.A.D))
        self._copies[annotation.objgen] = copy
        return copy

    def _destination(self, wanted: Any) -> Any:
        """Where a link or a bookmark goes; names, which two documents may both use, become places."""
        if isinstance(wanted, String):
            wanted = NameTree(self._source.Root.Names.Dests)[str(wanted)]
        return self.copied(wanted.D if isinstance(wanted, Dictionary) else wanted)

    def bookmark(self) -> OutlineItem:
        """With the document's title, above its own bookmarks, folded."""
        item = OutlineItem(self.title, Array([self._copies[self._source.pages[0].obj.objgen], Name.Fit]))
        item.is_closed = True
        with self._source.open_outline() as outline:
            item.children.extend(self._bookmarks(outline.root))
        return item

    def _bookmarks(self, found: list[OutlineItem]) -> Iterator[OutlineItem]:
        for one in found:
            item = OutlineItem(one.title, self._destination(one.destination))
            item.children.extend(self._bookmarks(one.children))
            yield item

    @property
    def title(self) -> str:
        return str(self._source.docinfo.Title)

    # Tags

    def tags(self, parent: Object) -> list[Object]:
        """The document's structure, in its own language."""
        found = _listed(self._source.Root.StructTreeRoot.get("/K"))
        tops = [top for top in (self._element(one, parent) for one in found) if top is not None]
        for top in tops:
            top.T = self.title
            top.Lang = top.get("/Lang", self._source.Root.Lang)
        return tops

    def _element(self, element: Object, parent: Object) -> Object | None:
        """None when all that stood in it was left out."""
        copy = self._bound.make_indirect(Dictionary(P=parent))
        self._fill(copy, element, OF_A_TAG)
        if "/Pg" in element:
            copy.Pg = self._copies[element.Pg.objgen]
        if "/ID" in element:
            copy.ID = self._id(element.ID)
            self.ids[bytes(copy.ID)] = copy
        if "/A" in element:
            copy.A = self._attributes(element.A)
        if "/K" in element:
            found = _listed(element.K)
            copy.K = Array([kid for kid in (self._kid(one, copy) for one in found) if kid is not None])
            if found and not len(copy.K):
                return None
        self._elements[element.objgen] = copy
        return copy

    def _kid(self, kid: Any, parent: Object) -> Any:
        """A tag, a piece of the page by its number, or a link."""
        if not isinstance(kid, Dictionary):
            return kid
        if kid.get("/Type") == Name.OBJR:
            link = self._copies.get(kid.Obj.objgen)
            return None if link is None else self._reference(kid, Dictionary(Type=Name.OBJR, Obj=link))
        if kid.get("/Type") == Name.MCR:
            return self._reference(kid, Dictionary(Type=Name.MCR, MCID=kid.MCID))
        return self._element(kid, parent)

    def _reference(self, kid: Object, copy: Dictionary) -> Dictionary:
        if "/Pg" in kid:
            copy.Pg = self._copies[kid.Pg.objgen]
        return copy

    def _attributes(self, source: Object) -> Object:
        """Table cells name their headers by id."""
        if isinstance(source, Array):
            return Array([self._attributes(one) for one in source])
        copy = Dictionary()
        self._fill(copy, source, frozenset({"/Headers"}))
        if "/Headers" in source:
            copy.Headers = Array([self._id(one) for one in source.Headers])
        return copy

    def _id(self, own: Object) -> String:
        """Two documents use the same ids."""
        return String(f"{self._number}-{own}")

    def parents(self) -> Iterator[tuple[int, Object]]:
        """For each page and link, by its number in the bound file, the tags that its content stands in."""
        for number, found in NumberTree(self._source.Root.StructTreeRoot.ParentTree).items():
            if isinstance(found, Array):
                yield self._first + number, Array([self._parent(one) for one in found])
            elif (element := self._parent(found)) is not None:
                yield self._first + number, element

    def _parent(self, element: Any) -> Object | None:
        return self._elements.get(element.objgen) if isinstance(element, Dictionary) else None

    # What draws

    def copied(self, value: Any) -> Any:
        if not isinstance(value, (Dictionary, Array, Stream)):
            return value
        if value.is_indirect and value.objgen in self._copies:
            return self._copies[value.objgen]
        copy = self._copy(value)
        if value.is_indirect:
            self._copies[value.objgen] = copy
        return copy

    def _copy(self, value: Object) -> Object:
        if isinstance(value, Stream):
            raw, head = value.read_raw_bytes(), self._filled(value)
            return self._once(b"stream" + head.unparse() + raw, lambda: Stream(self._bound, raw, head))
        copy: Object = Array(map(self.copied, value)) if isinstance(value, Array) else self._filled(value)
        return self._once(copy.unparse(), lambda: copy) if value.is_indirect else copy

    def _once(self, said: bytes, make: Callable[[], Object]) -> Object:
        key = hashlib.sha256(said).digest()
        if key not in self._kept:
            self._kept[key] = self._bound.make_indirect(make())
        return self._kept[key]

    def _filled(self, source: Object) -> Dictionary:
        copy = Dictionary()
        self._fill(copy, source, frozenset({"/Length"}))
        return copy

    def _fill(self, copy: Object, source: Object, without: frozenset[str]) -> None:
        for key, value in source.items():
            if key not in without:
                copy[key] = self.copied(value)


def _stays(annotation: Object) -> bool:
    return annotation.Subtype not in LEFT_OUT


def _listed(kids: Any) -> list[Any]:
    return list(kids) if isinstance(kids, Array) else [] if kids is None else [kids]
