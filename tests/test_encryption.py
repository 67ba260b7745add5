"""Text in the database that only the keys open."""

from __future__ import annotations

import base64

import pytest
from flask import Flask

from placements import encryption

PLACE = "application.answers.a1"


def ring(*names: str) -> encryption.Keyring:
    return encryption.read_keys(
        "\n".join(f"{name}:{base64.b64encode(bytes([ord(name[-1])]) * 32).decode()}" for name in names)
    )


@pytest.fixture(autouse=True)
def _keys(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "encryption", ring("k1"))


def test_hidden_text_is_shown_again_and_never_twice_the_same() -> None:
    first, second = (encryption.hide("Jeg vil gerne støtte andre.", PLACE) for _time in range(2))
    assert {encryption.show(hidden, PLACE) for hidden in (first, second)} == {"Jeg vil gerne støtte andre."}
    assert first != second
    assert "andre" not in first


@pytest.mark.parametrize(
    "spoil",
    [
        lambda hidden: hidden[:-4] + "AAAA",
        lambda hidden: hidden.replace("v1.", "v2.", 1),
        lambda hidden: hidden.replace(".k1.", ".k9.", 1),
        lambda hidden: "v1.k1.",
        lambda hidden: "",
    ],
)
def test_changed_text_is_not_shown(spoil: object) -> None:
    with pytest.raises(encryption.Unreadable):
        encryption.show(spoil(encryption.hide("Hemmeligt", PLACE)), PLACE)  # type: ignore[operator]


def test_text_of_another_row_does_not_open() -> None:
    with pytest.raises(encryption.Unreadable):
        encryption.show(encryption.hide("Hemmeligt", PLACE), "application.answers.a2")


def test_old_text_is_read_after_a_new_key_and_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    old = encryption.hide("Hemmeligt", PLACE)
    monkeypatch.setitem(app.extensions, "encryption", ring("k2", "k1"))
    new = encryption.hide("Hemmeligt", PLACE)
    assert [encryption.show(hidden, PLACE) for hidden in (old, new)] == ["Hemmeligt"] * 2
    assert [encryption.is_current(hidden) for hidden in (old, new)] == [False, True]


def test_keys_are_written_as_they_are_read() -> None:
    keys = ring("k2", "k1")
    assert encryption.read_keys(encryption.write_keys(keys)) == keys
    assert len(encryption.read_keys(encryption.new_key()).keys) == 1


@pytest.mark.parametrize(
    "text", ["", "k1", "k1:kort", "k1:!!", "k 1:" + "A" * 44, "k1:" + base64.b64encode(b"x").decode()]
)
def test_bad_keys_are_refused(text: str) -> None:
    with pytest.raises(encryption.BadKeys, match="ID:BASE64"):
        encryption.read_keys(text)
