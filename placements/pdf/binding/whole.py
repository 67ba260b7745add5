"""The file that documents are bound into: PDF/UA-1 and PDF/A-3a, with a title and a language of its own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, OutlineItem, Pdf, Stream, String

from placements.pdf.binding.parts import Kept, Part
from placements.pdf.conformance import UA_IDENTIFICATION

_METADATA = """\
<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" pdfaid:part="3" pdfaid:conformance="A"/>
<rdf:Description rdf:about="">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title></rdf:Description>
{identification}
</x:xmpmeta>
<?xpacket end="r"?>"""


class Whole:
    def __init__(self, title: str, language: str) -> None:
        self._title, self._language = title, language
        self._pdf = Pdf.new()
        self._top = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
        self._kept: Kept = {}
        self._bookmarks: list[OutlineItem] = []
        self._parents = Array()
        self._ids: dict[bytes, Any] = {}
        self._next = 0

    def add(self, document: str | Path) -> None:
        """Bind it behind the others. Nothing of its file is needed afterwards."""
        number = len(self._bookmarks)
        with Pdf.open(document) as source:
            part = Part(source, self._pdf, self._kept, number=number, first=self._next)
            part.bind()
            self._top.K.extend(part.tags(self._top))
            for tagged, tags in part.parents():
                self._parents.append(tagged)
                self._parents.append(tags)
                self._next = tagged + 1
            self._ids |= part.ids
            self._bookmarks.append(part.bookmark())
            self._pdf.Root.OutputIntents = part.copied(source.Root.OutputIntents)

    def save(self, into: str | Path) -> None:
        """The same bytes for the same documents; never half a file under the name that was asked for."""
        self._catalogue()
        unfinished = Path(f"{into}.{os.getpid()}")
        self._pdf.save(
            unfinished,
            min_version="1.7",
            object_stream_mode=ObjectStreamMode.generate,
            deterministic_id=True,
            fix_metadata_version=False,
        )
        unfinished.replace(into)

    def _catalogue(self) -> None:
        root = self._pdf.Root
        root.Lang, root.MarkInfo = String(self._language), Dictionary(Marked=True)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.StructTreeRoot = self._structure()
        said = _METADATA.format(title=escape(self._title), identification=UA_IDENTIFICATION.decode())
        root.Metadata = Stream(self._pdf, said.encode(), Type=Name.Metadata, Subtype=Name.XML)
        self._pdf.docinfo.Title = self._title
        with self._pdf.open_outline() as outline:
            outline.root.extend(self._bookmarks)

    def _structure(self) -> Any:
        top, numbers = Array([self._top]), Dictionary(Nums=self._parents)
        root = self._pdf.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=top,
                ParentTree=numbers,
                ParentTreeNextKey=self._next,
            )
        )
        if self._ids:
            names = [part for key in sorted(self._ids) for part in (String(key.decode()), self._ids[key])]
            root.IDTree = Dictionary(Names=Array(names))
        self._top.P = root
        return root
