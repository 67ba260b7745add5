"""Mail and web addresses that stand in a document's text become links, whoever wrote them."""

from __future__ import annotations

import re

_TAG = re.compile(r"(<[^>]*>)")
_ADDRESS = re.compile(
    r"(?P<mail>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?P<web>https?://(?:[^\s<>&]|&amp;)*[^\s<>&.,;:!?)\"'])"
)
_OPEN = re.compile(r"<(title|a)[\s>]")


def linked(html: str) -> str:
    """The page of a template: every `<` of a value in it is escaped, so what looks like a tag is one.

    Titles and what is a link already stay as they are.
    """
    left_alone = ""
    pieces = _TAG.split(html)
    for place, piece in enumerate(pieces):
        if piece.startswith("<"):
            if opened := _OPEN.match(piece):
                left_alone = f"</{opened[1]}>"
            elif piece == left_alone:
                left_alone = ""
        elif not left_alone:
            pieces[place] = _ADDRESS.sub(_link, piece)
    return "".join(pieces)


def _link(found: re.Match[str]) -> str:
    scheme = "mailto:" if found["mail"] else ""
    return f'<a href="{scheme}{found[0]}">{found[0]}</a>'
