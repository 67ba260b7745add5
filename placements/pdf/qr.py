"""A QR code as an image that stands in the page itself."""

from __future__ import annotations

import base64
import io

import segno

_PIXELS = 10
"""A module's side: viewers which smooth images leave the edges sharp."""


def qr_image(text: str, dark: str = "#000") -> str:
    """A `data:` address."""
    image = io.BytesIO()
    segno.make_qr(text, error="m").save(image, kind="png", scale=_PIXELS, border=0, dark=dark, light="#fff")
    return "data:image/png;base64," + base64.b64encode(image.getvalue()).decode()


def qr_bits(text: str) -> tuple[int, bytes]:
    """The same picture bare: its side in pixels, and one bit for each, 0 where it is dark."""
    lines = []
    for row in segno.make_qr(text, error="m").matrix:
        bits = "".join(("0" if module else "1") * _PIXELS for module in row)
        bits += "0" * (-len(bits) % 8)
        lines.append(int(bits, 2).to_bytes(len(bits) // 8, "big") * _PIXELS)
    return len(lines) * _PIXELS, b"".join(lines)


def qr_svg(text: str) -> str:
    """The same for a screen: as large as one likes, and sharp."""
    return str(
        segno.make_qr(text, error="m").svg_data_uri(border=2, dark="#000", light="#fff", omitsize=True)
    )
