"""Documents of a frame, each with the name of the key that it goes under."""

import struct
from collections.abc import Iterable, Iterator

from data.store.archive import Piece

_HEAD = struct.Struct(">HI")


def packed(pieces: Iterable[Piece]) -> bytes:
    """Write documents behind each other."""
    return b"".join(
        _HEAD.pack(len(name := one.key.encode()), len(one.document)) + name + one.document
        for one in pieces
    )


def unpacked(body: bytes) -> Iterator[Piece]:
    """Read documents that `packed` wrote."""
    at = 0
    while at < len(body):
        name, size = _HEAD.unpack_from(body, at)
        at += _HEAD.size
        yield Piece(key=body[at : at + name].decode(), document=body[at + name : at + name + size])
        at += name + size
