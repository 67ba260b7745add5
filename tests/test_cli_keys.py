"""`flask --app wsgi keys`: a new key, everything written anew, the old one taken out."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from placements import encryption
from placements.db import Base
from placements.domain import application_answers, encrypted_texts
from tests.factories import Factory

CODE = Path(encryption.__file__).parent


@pytest.fixture
def keys(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with one key, which the application uses."""
    file = tmp_path / "keys"
    file.write_text(f"old:{encryption.new_key().partition(':')[2]}\n")
    monkeypatch.setitem(app.config, "ENCRYPTION_KEYS_FILE", file)
    for name in ("encryption", "encryption_stamp"):
        monkeypatch.setitem(app.extensions, name, app.extensions[name])
    return file


def run(app: Flask, session: Session, *args: str) -> tuple[int, str]:
    session.rollback()
    result = app.test_cli_runner().invoke(args=["keys", *args])
    session.expire_all()
    session.rollback()
    return result.exit_code, result.output


def test_rotated_key_writes_reads_the_old_and_can_replace_it(
    app: Flask, session: Session, make: Factory, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a restart; in batches; and the old key stays for as long as anything needs it."""
    monkeypatch.setattr(encrypted_texts, "AT_A_TIME", 2)
    cohort = make.cohort()
    made = [make.application(cohort, f"Asta {number}") for number in range(3)]
    version = made[0].version
    assert run(app, session, "list") == (0, "old: 3 tekster, skriver nu\n")

    assert run(app, session, "rotate")[0] == 0
    new = encryption.keyring().active
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    assert [path.name for path in keys.parent.iterdir()] == ["keys"]
    make.application(cohort, "Ny")
    assert run(app, session, "list") == (0, f"{new}: 1 tekster, skriver nu\nold: 3 tekster\n")
    assert [application_answers.read(one).name for one in made] == ["Asta 0", "Asta 1", "Asta 2"]

    code, said = run(app, session, "retire", "old")
    assert (code, "3 tekster" in said) == (1, True)
    assert run(app, session, "reencrypt") == (0, f"3 tekster er skrevet med {new}.\n")
    assert run(app, session, "reencrypt") == (0, f"0 tekster er skrevet med {new}.\n")
    assert run(app, session, "retire", "old")[0] == 0
    assert list(encryption.read_keys(keys.read_text()).keys) == [new]
    assert [application_answers.read(one).name for one in made] == ["Asta 0", "Asta 1", "Asta 2"]
    assert made[0].version == version


def test_key_in_use_or_unknown_is_not_retired(app: Flask, session: Session, keys: Path) -> None:
    before = keys.read_text()
    assert [run(app, session, "retire", name)[0] for name in ("old", "never")] == [1, 1]
    assert keys.read_text() == before


def test_text_that_no_key_opens_is_named_and_left(
    app: Flask, session: Session, make: Factory, keys: Path
) -> None:
    lost = make.application(make.cohort())
    kept = lost.answers
    keys.write_text(encryption.new_key())
    code, said = run(app, session, "reencrypt")
    assert (code, f"Kan ikke læses: application {lost.id}" in said) == (1, True)
    assert lost.answers == kept
    assert "nøglen mangler" in run(app, session, "list")[1]


def test_keys_of_the_environment_are_printed_and_not_written(
    app: Flask, session: Session, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = keys.read_text()
    monkeypatch.setitem(app.config, "ENCRYPTION_KEYS_FILE", None)
    code, said = run(app, session, "rotate")
    assert (code, len(encryption.read_keys(said.splitlines()[-1]).keys)) == (0, 1)
    assert keys.read_text() == before


def test_every_encrypted_text_is_found() -> None:
    """Whoever hides a text binds it to `table.column.uid`, and the table has a `uid`."""
    found = {(place.table.name, place.column.name) for place in encrypted_texts.places()}
    hiding = [path for path in CODE.rglob("*.py") if "encryption.hide(" in path.read_text()]
    hiding.remove(CODE / "domain" / "encrypted_texts.py")
    assert CODE / "domain" / "application_answers.py" in hiding
    for path in hiding:
        bound = re.findall(r'f"(\w+)\.(\w+|\{\w+\})\.\{\w+\.uid\}"', path.read_text())
        assert bound, f"{path.name}: bind to f'table.column.{{row.uid}}'"
        for table, column in bound:
            named = (
                {(table, column)}
                if column[0] != "{"
                else {(table, c.name) for c in Base.metadata.tables[table].c}
            )
            assert named & found, f"{path.name}: {table}.{column} is no text column of a table with a uid"
