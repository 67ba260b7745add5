"""Why a document could not be printed, as sentences for the user."""

from __future__ import annotations


class RenderError(Exception):
    """`str(error)` is a full sentence for the user; `detail` is for the log."""

    def __init__(self, sentence: str, detail: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.detail = detail


class NoneFree(RenderError):
    """All who print are busy: nothing is wrong with what was asked for."""


class UnprintableText(RenderError):
    """The user's own text holds a character that no face of the documents has: theirs to mend."""

    def __init__(self, sentence: str, *, character: str) -> None:
        super().__init__(sentence, detail=character)
        self.character = character
