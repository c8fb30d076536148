"""The file of a backup: frames that are compressed and encrypted, each bound to its place.

A frame that was changed, moved, repeated or left out is found: every one is sealed with the
number under which it stands, and the last one tells how many there were and what they held.
"""

import json
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from data.civic.errors import BadInput

MAGIC = b"BIANMIN BACKUP 1\n"
LARGEST = 256 * 1024 * 1024
"""Bytes of one frame, a page of documents, before it is sealed and after."""
_ID, _NONCE, _HEAD = 16, 12, 4
_CHANGED = "the backup was changed or damaged, or belongs to another house: take another copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A part of a backup: what it is, and its bytes."""

    about: Mapping[str, Any]
    body: bytes = b""


class Writer:
    """Writes frames; the file is whole when `Frame(about={"end": …})` is in it."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file, self._aes, self._count = file, AESGCM(key), 0
        self._id = os.urandom(_ID)
        file.write(MAGIC + self._id)

    def write(self, frame: Frame) -> None:
        """Put a frame behind those before.

        Raises:
            BadInput: it is larger than what is read again.
        """
        about = json.dumps(frame.about, ensure_ascii=False).encode()
        _see_that_it_fits(frame, _HEAD + len(about) + len(frame.body))
        plain = zlib.compress(struct.pack(">I", len(about)) + about + frame.body, 6)
        sealed = _seal(self._aes, plain, _place(self._id, self._count))
        _see_that_it_fits(frame, len(sealed))
        self._file.write(struct.pack(">I", len(sealed)) + sealed)
        self._count += 1


def frames(file: BinaryIO, key: bytes) -> Iterator[Frame]:
    """Read the frames of a backup, the last one too.

    Raises:
        BadInput: it is none, ends too early, was changed, or is another house's.
    """
    if file.read(len(MAGIC)) != MAGIC:
        raise BadInput("this file is no backup of bianmin")
    id_, aes, count = file.read(_ID), AESGCM(key), 0
    while head := file.read(_HEAD):
        size = int.from_bytes(head)
        sealed = file.read(size) if len(head) == _HEAD and size <= LARGEST else b""
        if len(sealed) != size:
            raise BadInput(_CHANGED)
        frame = _frame(_open(aes, sealed, _place(id_, count)))
        yield frame
        count += 1
        if "end" in frame.about:
            return
    raise BadInput(f"the backup ends too early: {_CHANGED}")


def hide(document: bytes, key: bytes, name: str) -> bytes:
    """Hide a document under the key of that name."""
    return _seal(AESGCM(key), document, name.encode())


def show(hidden: bytes, key: bytes, name: str) -> bytes:
    """Read what `hide` hid.

    Raises:
        BadInput: the key is another than that under which it was hidden.
    """
    return _open(AESGCM(key), hidden, name.encode())


def _seal(aes: AESGCM, plain: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + aes.encrypt(nonce, plain, bound)


def _open(aes: AESGCM, sealed: bytes, bound: bytes) -> bytes:
    try:
        return aes.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)
    except (InvalidTag, ValueError) as error:
        raise BadInput(_CHANGED) from error


def _frame(plain: bytes) -> Frame:
    opened = zlib.decompressobj()
    whole = opened.decompress(plain, LARGEST + 1)  # the one more lets it see the end
    if not opened.eof:
        raise BadInput(_CHANGED)
    start = _HEAD + int.from_bytes(whole[:_HEAD])
    return Frame(about=json.loads(whole[_HEAD:start]), body=whole[start:])


def _see_that_it_fits(frame: Frame, size: int) -> None:
    if size > LARGEST:
        what = frame.about.get("collection", "the keyring")
        raise BadInput(f"a page of {what} is {size} bytes, {LARGEST} can be read again: divide it")


def _place(id_: bytes, count: int) -> bytes:
    return b"frame/%s/%d" % (id_, count)
