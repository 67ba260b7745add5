"""The shape of a person at a unit."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, StringField
from wtforms.validators import Email, InputRequired, Length, Optional

from placements.fields import one_line
from placements.models.hosts import Contact
from placements.web import Form

SHORT = [Optional(), Length(max=120, message=_l("Her er plads til 120 tegn."))]


class ContactForm(Form):
    name = StringField(
        _l("Navn"),
        [
            InputRequired(_l("Skriv personens navn.")),
            Length(max=120, message=_l("Her er plads til 120 tegn.")),
        ],
        filters=[one_line],
    )
    title = StringField(_l("Stilling"), SHORT, filters=[one_line])
    email = EmailField(
        _l("E-mail"),
        [
            Optional(),
            Length(max=254, message=_l("E-mailen er for lang.")),
            Email(_l("E-mailen ser ikke rigtig ud. Den skal have et @ og et domæne, fx navn@eksempel.dk.")),
        ],
        filters=[one_line],
    )
    phone = StringField(_l("Telefon"), SHORT, filters=[one_line])
    is_host = BooleanField(_l("Praktikvært"))
    is_supervisor = BooleanField(_l("Praktikvejleder"))

    def values(self) -> dict[str, Any]:
        kept = ("name", "title", "email", "phone", "is_host", "is_supervisor")
        return {name: self[name].data for name in kept}


class EditContactForm(ContactForm):
    active = BooleanField(_l("Arbejder på stedet"))
    shared = BooleanField(_l("Fælles postkasse"))

    @classmethod
    def on(cls, contact: Contact, *, may_manage: bool) -> EditContactForm:
        """Whether several share a sign-in is for the coordinator to say."""
        form = cls(obj=contact)
        if contact.user_id is None or not may_manage:
            del form.shared
        return form

    def values(self) -> dict[str, Any]:
        shared = {"shared": self.shared.data} if self.shared else {}
        return super().values() | {"active": self.active.data} | shared
