"""A PDF of which some objects are the person's own: the others are written once, and joined with them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from hashlib import md5
from typing import Any

_HEAD = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
_FREE, _PLAIN, _PACKED = range(3)


class StampedFile:
    """Of pydyf's objects. Those numbered in `own` are left out, and come with each `write`."""

    def __init__(self, objects: Sequence[Any], own: set[int], *, root: int, info: int) -> None:
        self._trailer = f"/Root {root} 0 R/Info {info} 0 R"
        self._packer, self._index = len(objects), len(objects) + 1
        self._entries = [(_FREE, 0, 65535)] + [(_FREE, 0, 0)] * len(objects)
        self._start = bytearray(_HEAD)
        self._digest = md5(usedforsecurity=False)
        kept = [one for one in objects[1:] if one.number not in own]
        self._pack([one for one in kept if one.compressible])
        for one in kept:
            if not one.compressible:
                self._entries[one.number] = (_PLAIN, len(self._start), 0)
                self._add(_object(one.number, one.data))

    def _pack(self, small: Sequence[Any]) -> None:
        """Dictionaries, many and small, in one compressed stream."""
        numbers, bodies, position = [], [], 0
        for place, one in enumerate(small):
            data = one.data
            self._entries[one.number] = (_PACKED, self._packer, place)
            numbers.append(f"{one.number} {position}")
            bodies.append(data)
            position += len(data) + 1
        first = " ".join(numbers).encode() + b"\n"
        data = first + b"\n".join(bodies)
        self._entries[self._packer] = (_PLAIN, len(self._start), 0)
        head = f"/Type /ObjStm/N {len(small)}/First {len(first)}"
        self._add(_object(self._packer, stream(data, head, level=9)))

    def _add(self, written: bytes) -> None:
        self._start += written
        self._digest.update(written)

    def write(self, own: Mapping[int, bytes]) -> bytes:
        """The whole file, with the person's own objects by number."""
        entries, digest = list(self._entries), self._digest.copy()
        parts, position = [bytes(self._start)], len(self._start)
        for number, data in own.items():
            written = _object(number, data)
            entries[number] = (_PLAIN, position, 0)
            digest.update(written)
            parts.append(written)
            position += len(written)
        entries.append((_PLAIN, position, 0))
        table = b"".join(struct.pack(">BIH", *entry) for entry in entries)
        name = digest.hexdigest()
        head = f"/Type /XRef/Size {len(entries)}/W [1 4 2]{self._trailer}/ID [({name}) ({name})]"
        parts.append(_object(self._index, stream(table, head)))
        parts.append(b"startxref\n%d\n%%%%EOF\n" % position)
        return b"".join(parts)


def _object(number: int, data: bytes) -> bytes:
    return b"%d 0 obj\n%b\nendobj\n" % (number, data)


def stream(data: bytes, about: str = "", *, level: int = 6) -> bytes:
    """Compressed; with CR and LF after it, as all streams end."""
    packed = zlib.compress(data, level)
    return as_it_is(packed, f"{about}/Filter /FlateDecode")


def as_it_is(data: bytes, about: str) -> bytes:
    return f"<<{about}/Length {len(data)}>>\nstream\n".encode() + data + b"\r\nendstream"
