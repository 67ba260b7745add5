"""A QR code as an image that stands in the page itself."""

from __future__ import annotations

import base64
import io

import segno


def qr_image(text: str, dark: str = "#000") -> str:
    """A `data:` address; ten pixels a module, so that viewers which smooth images leave the edges sharp."""
    image = io.BytesIO()
    segno.make_qr(text, error="m").save(image, kind="png", scale=10, border=0, dark=dark, light="#fff")
    return "data:image/png;base64," + base64.b64encode(image.getvalue()).decode()


def qr_svg(text: str) -> str:
    """The same for a screen: as large as one likes, and sharp."""
    return str(
        segno.make_qr(text, error="m").svg_data_uri(border=2, dark="#000", light="#fff", omitsize=True)
    )
