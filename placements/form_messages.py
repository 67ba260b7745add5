"""What WTForms says by itself, in plain Danish and translatable: the library has no Danish of its own."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

MESSAGES = {
    "This field is required.": _l("Feltet skal udfyldes."),
    "Not a valid choice.": _l("Vælg en af mulighederne på listen."),
    "Not a valid choice": _l("Vælg en af mulighederne på listen."),
    "Invalid Choice: could not coerce.": _l("Vælg en af mulighederne på listen."),
    "Not a valid date value.": _l("Skriv datoen som dag, måned og år, fx 06-01-2025."),
    "Not a valid time value.": _l("Skriv klokkeslættet som timer og minutter, fx 09:00."),
    "Not a valid datetime value.": _l("Skriv dato og klokkeslæt, fx 06-01-2025 09:00."),
    "Not a valid integer value.": _l("Skriv et helt tal, fx 8."),
    "Not a valid decimal value.": _l("Skriv et tal, fx 7,5."),
    "Invalid email address.": _l("E-mailen ser ikke rigtig ud. Den skal have et @ og et domæne."),
    "Invalid input.": _l("Det, der står her, kan ikke bruges. Ret det, og prøv igen."),
}


class Messages:
    """The translations object that WTForms asks for its sentences."""

    def gettext(self, string: str) -> str:
        return str(MESSAGES.get(string) or gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)
