"""Write a backup and, beside it, the keyring: the archives grow old, of the keyring one stands."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from bot.backups.pieces import packed
from bot.backups.sealing import Frame, Writer, hide
from data.store.archive import NAMES, Archive, Piece
from data.store.handles import Handles

KEYRING = "bianmin.keyring"
Tell = Callable[[float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a backup holds."""

    file: Path
    keyring: Path
    documents: int
    keys: int


async def write_backup(
    archive: Archive, handles: Handles, place: Path, *, key: bytes, at: datetime, tell: Tell
) -> Written:
    """Write `bianmin-<time>.backup` and put the keyring of this moment in the place of the old.

    Neither file stands before it is whole.

    Raises:
        OSError: it cannot be written there.
    """
    file = place / f"bianmin-{at:%Y%m%dT%H%M%SZ}.backup"
    sizes = await archive.sizes()
    total, done = max(1, sum(sizes.values())), 0
    ends: dict[str, Mapping[str, object]] = {}
    with _whole(file) as opened:
        writer = Writer(opened, key)
        writer.write(Frame(about={"begin": {"at": at.isoformat(), "collections": list(NAMES)}}))
        for name in NAMES:
            count, digest = 0, hashlib.sha256()
            async for page in archive.pages(name):
                body = packed(await _hidden(page, handles))
                digest.update(body)
                writer.write(Frame(about={"collection": name, "count": len(page)}, body=body))
                count, done = count + len(page), done + len(page)
                tell(min(1.0, done / total))
            ends[name] = {"count": count, "sha256": digest.hexdigest()}
        writer.write(Frame(about={"end": ends}))
    keys = await write_keyring(archive, handles, place, key=key, at=at)
    return Written(file=file, keyring=place / KEYRING, documents=done, keys=keys)


async def write_keyring(
    archive: Archive, handles: Handles, place: Path, *, key: bytes, at: datetime
) -> int:
    """Write the keys that stand now, with the records of deletion, over the keyring before."""
    keys, books = await handles.all(), await archive.closed_books()
    with _whole(place / KEYRING) as opened:
        writer = Writer(opened, key)
        writer.write(Frame(about={"begin": {"at": at.isoformat()}}))
        pieces = [Piece(key=name, document=one) for name, one in sorted(keys.items())]
        writer.write(Frame(about={"keys": len(pieces)}, body=packed(pieces)))
        for name, documents in books.items():
            body = packed(Piece(key="", document=one) for one in documents)
            writer.write(Frame(about={"collection": name, "count": len(documents)}, body=body))
        writer.write(Frame(about={"end": {"keys": len(pieces)}}))
    return len(keys)


async def _hidden(page: Sequence[Piece], handles: Handles) -> list[Piece]:
    """Hide each document under its own key, where it has one."""
    names = [one.key for one in page if one.key]
    keys = await handles.keys(names) if names else {}
    return [
        Piece(key=one.key, document=hide(one.document, keys[one.key], one.key)) if one.key else one
        for one in page
    ]


@contextmanager
def _whole(file: Path) -> Iterator[BinaryIO]:
    """Open a draft beside the file, and put it in its place when it is whole."""
    draft = file.with_name(f"{file.name}.part")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as opened:
            yield opened
            opened.flush()
            os.fsync(opened.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
