"""A form of a page as a browser would send it, untouched."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from werkzeug.datastructures import MultiDict


def filled(page: str, action: str) -> MultiDict[str, str]:
    form = BeautifulSoup(page, "html.parser").find("form", attrs={"action": action, "method": "post"})
    assert isinstance(form, Tag), f"no form for {action}"
    sent: MultiDict[str, str] = MultiDict()
    for field in form.find_all(["input", "select", "textarea"]):
        for value in _values(field):
            sent.add(str(field["name"]), value)
    return sent


def _values(field: Tag) -> list[str]:
    if field.name == "textarea":
        return [field.get_text().removeprefix("\n")]
    if field.name == "select":
        options = field.find_all("option")
        return [str(option["value"]) for option in options if option.has_attr("selected")] or [
            str(options[0]["value"])
        ]
    if field.get("type") in ("checkbox", "radio") and not field.has_attr("checked"):
        return []
    return [str(field.get("value", ""))]
