"""PDF/UA-1 and PDF/A-3a in one file: what WeasyPrint 70.0 leaves out or gets wrong, put right.

The engine refuses another version, because the functions replaced here are not promised to anyone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from placements.pdf.attachments import Attachment

VARIANT = "pdf/a-3a"

_POINTS_PER_PIXEL = 0.75
_SVG = "{http://www.w3.org/2000/svg}svg"
_MAY_BE_EMPTY = ("/TD", "/TH")
_SCOPES = {"row": {"Scope": "/Row"}, "col": {"Scope": "/Column"}}
UA_IDENTIFICATION = b"""\
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


def finish(document: Any, pdf: Any, *, attachments: Sequence[Attachment] = ()) -> None:
    _say_pdf_ua(pdf)
    _mend_attachments(pdf, {one.name: one.mimetype for one in attachments})


def _say_pdf_ua(pdf: Any) -> None:
    """In the one rdf:RDF that readers look at; uncompressed, as archives want it."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.compress = False
    (packet,) = metadata.stream
    metadata.stream = [packet.replace(b"</rdf:RDF>", UA_IDENTIFICATION)]


def _mend_attachments(pdf: Any, mimetypes: dict[str, str]) -> None:
    """Each associated file is listed once, with its own media type instead of one guessed."""
    if "AF" not in pdf.catalog:
        return
    listed = pdf.catalog["AF"]
    listed[:] = list(dict.fromkeys(listed))
    for reference in listed:
        file = pdf.objects[int(reference.split()[0])]
        stream = pdf.objects[int(file["EF"]["F"].split()[0])]
        mimetype = mimetypes[file["UF"].string]
        stream.extra["Subtype"] = "/" + mimetype.replace("/", "#2f").replace("+", "#2b")


def install(weasyprint: Any) -> None:
    _make_margins_artifacts(weasyprint)
    _mend_tags(weasyprint)
    _end_streams_clearly(weasyprint.pdf.pydyf.Stream)


def _end_streams_clearly(stream_type: Any) -> None:
    """CR and LF after a stream: one that ends in CR, as every 256th does, would seem too short by a byte."""
    written = stream_type.data.fget

    def data(stream: Any) -> bytes:
        return bytes(written(stream).removesuffix(b"\nendstream") + b"\r\nendstream")

    stream_type.data = property(data)


def _make_margins_artifacts(weasyprint: Any) -> None:
    """Running headers and footers are repeated on every page: not content, so not read aloud each time."""
    drawing, margin_box = weasyprint.draw, weasyprint.formatting_structure.boxes.MarginBox
    draw = drawing.draw_stacking_context

    def draw_stacking_context(stream: Any, context: Any) -> None:
        if stream._tags is None or not isinstance(context.box, margin_box):
            draw(stream, context)
            return
        tags, stream._tags = stream._tags, None
        stream.begin_marked_content("Artifact", weasyprint.pdf.pydyf.Dictionary({"Type": "/Pagination"}))
        draw(stream, context)
        stream.end_marked_content()
        stream._tags = tags

    drawing.draw_stacking_context = draw_stacking_context


def _mend_tags(weasyprint: Any) -> None:
    """What each tag lacks is added; a tag around nothing (a box to tick, a line to write on) is left out."""
    tagging, margin_box = weasyprint.pdf.tags, weasyprint.formatting_structure.boxes.MarginBox
    build = tagging._build_box_tree

    def build_box_tree(
        box: Any, parent: Any, pdf: Any, page: int, nums: Any, annotations: Any, tags: Any
    ) -> Iterator[Any]:
        if isinstance(box, margin_box):
            return
        for element in build(box, parent, pdf, page, nums, annotations, tags):
            if box.element is not None and box.element_tag not in ("html", "body"):
                _mend(element, box, pdf, page, weasyprint.pdf.pydyf.String)
            if element["K"] or element["S"] in _MAY_BE_EMPTY:
                yield element

    tagging._build_box_tree = build_box_tree


def _mend(element: Any, box: Any, pdf: Any, page: int, string: Any) -> None:
    """Headers say their scope, links their words; a figure's box is in points from the foot of the page."""
    if language := box.element.get("lang"):
        element["Lang"] = string(language)
    if element["S"] == "/TH" and box.element_tag == "th":
        element["A"] |= _SCOPES.get(box.element.get("scope"), {})
    elif element["S"] == "/Link" and box.link_annotation:
        box.link_annotation["Contents"] = string("".join(box.element.itertext()))
    elif element["S"] == "/Figure" and box.element_tag in ("img", _SVG):
        height = pdf.objects[int(pdf.page_references[page].split()[0])]["MediaBox"][3]
        left, top, right, bottom = (edge * _POINTS_PER_PIXEL for edge in element["A"]["BBox"])
        element["A"]["BBox"][:] = [left, height - bottom, right, height - top]
