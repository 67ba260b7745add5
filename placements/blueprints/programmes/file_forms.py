"""The shapes of a programme file on its way in, and of the confirmation that carries it along."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import InputRequired

from placements.domain.programme_files import BadProgrammeFile, read
from placements.domain.programme_parts import ProgrammeFile
from placements.domain.rules import RuleBroken
from placements.fields import UploadField
from placements.web import Form, said

LARGEST = 200_000


class TextForm(Form):
    """Every line of a bad file is named."""

    text: str
    source = "fil.toml"

    def read(self) -> ProgrammeFile:
        return read(self.text, self.source)

    def refuse(self, broken: RuleBroken) -> None:
        if not isinstance(broken, BadProgrammeFile):
            return super().refuse(broken)
        self.form_errors = [*self.form_errors, *map(said, broken.sentences())]
        return None


class UploadForm(TextForm):
    file = UploadField(_l("Uddannelsens fil (.toml)"), largest=LARGEST)

    def read(self) -> ProgrammeFile:
        """Raises `RuleBroken` where no file was chosen, or one that is no text."""
        content = self.file.content()
        if not content:
            raise RuleBroken(gettext("Vælg en fil først."), field="file")
        if len(content) > LARGEST:
            raise RuleBroken(gettext("Filen er for stor til at være en uddannelses fil."), field="file")
        self.source = self.file.filename
        self.text = content.decode("utf-8-sig", errors="replace")
        return super().read()


class ConfirmForm(TextForm):
    text = HiddenField(validators=[InputRequired()])  # type: ignore[assignment]
    seen = HiddenField(validators=[InputRequired()])

    def read(self) -> ProgrammeFile:
        return read(self.text.data or "", self.source)
