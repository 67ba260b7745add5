"""`flask --app wsgi keys`: the keys that texts in the database are encrypted with."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app

from placements import encryption, logs
from placements.cli_rules import fail, plainly
from placements.db import db, writing
from placements.domain import encrypted_texts


@click.group("keys")
def key_commands() -> None:
    """Keys that texts in the database are encrypted with."""


@key_commands.command("list")
def list_keys() -> None:
    """Every key's id, how many texts it has written, and which is written with now."""
    ring, written = encryption.keyring(), encrypted_texts.counts(db.session())
    for name in [*ring.keys, *sorted(set(written) - set(ring.keys))]:
        active = ", skriver nu" if name == ring.active else ""
        lost = "" if name in ring.keys else ", nøglen mangler"
        click.echo(f"{name}: {written[name]} tekster{active}{lost}")


@key_commands.command("rotate")
def rotate() -> None:
    """Make a new key and write with it from now on; older texts are still read."""
    file, line = _file(), encryption.new_key()
    if file is None:
        click.echo("Sæt denne linje forrest i PLACEMENTS_ENCRYPTION_KEYS, og start om:", err=True)
        click.echo(line)
        return
    with encryption.changing_keys(file):
        encryption.replace_keys(file, encryption.read_keys(f"{line}\n{file.read_text()}"))
    name = line.partition(":")[0]
    logs.security("encryption_key_made")
    click.echo(f"{name} skriver nu. Gem en kopi af {file} et andet sted end sikkerhedskopierne.")


@key_commands.command("reencrypt")
def reencrypt() -> None:
    """Write every text anew that an older key has written. Can be stopped and started again."""
    session, written, unreadable = db.session(), 0, 0
    for place in encrypted_texts.places():
        with writing():
            session.rollback()
            for batch in encrypted_texts.batches(session, place):
                session.commit()
                written += batch.written
                unreadable += len(batch.unreadable)
                for table, id_ in batch.unreadable:
                    click.echo(f"Kan ikke læses: {table} {id_}", err=True)
    click.echo(f"{written} tekster er skrevet med {encryption.keyring().active}.")
    if unreadable:
        fail(f"{unreadable} tekster kan ikke læses med nogen af nøglerne.")


@key_commands.command("retire")
@click.argument("name", metavar="ID")
@plainly
def retire(name: str) -> None:
    """Take the key ID out of the file. Refused while anything is written with it."""
    session, file = db.session(), _file()
    encrypted_texts.refuse_in_use(session, encryption.keyring(), name)
    if file is None:
        click.echo(f"{name} er ikke i brug. Tag linjen ud af PLACEMENTS_ENCRYPTION_KEYS, og start om.")
        return
    with encryption.changing_keys(file):
        ring = encryption.read_keys(file.read_text())
        kept = {key: value for key, value in ring.keys.items() if key != name}
        encryption.replace_keys(file, encryption.Keyring(kept, ring.active))
    logs.security("encryption_key_retired")
    click.echo(f"{name} er taget ud. Sikkerhedskopier fra før kan kun læses med en kopi af den.")


def _file() -> Path | None:
    file: Path | None = current_app.config["ENCRYPTION_KEYS_FILE"]
    return file
