"""Elements of UBL, in the order they are written; what is empty is left out."""

from __future__ import annotations

from xml.etree import ElementTree as ET

NAMESPACES = {
    "": "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
CURRENCY = "DKK"
AGENCY = "320"
"""The Danish agency whose lists OIOUBL names."""


def said(name: str, text: str, **attributes: str) -> ET.Element:
    element = ET.Element(f"{{{NAMESPACES['cbc']}}}{name}", attributes)
    element.text = text
    return element


def kroner(name: str, amount: str) -> ET.Element:
    return said(name, amount, currencyID=CURRENCY)


def part(name: str, *inner: ET.Element) -> ET.Element:
    element = ET.Element(f"{{{NAMESPACES['cac']}}}{name}")
    element.extend([each for each in inner if each.text or len(each)])
    return element


def denmark() -> ET.Element:
    return part("Country", said("IdentificationCode", "DK"))


def invoice(*inner: ET.Element) -> bytes:
    for prefix, address in NAMESPACES.items():
        ET.register_namespace(prefix, address)
    root = ET.Element(f"{{{NAMESPACES['']}}}Invoice")
    root.extend([each for each in inner if each.text or len(each)])
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
