"""Write a backup and, beside it, the keyring: the archives grow old, of the keyring one stands."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from bot.backups.pieces import packed
from bot.backups.sealing import Frame, Writer, hide
from data.store.archive import NAMES, Archive, Piece
from data.store.handles import Handles

KEYRING = "bianmin.keyring"
KEYS = 50_000
"""Keys of one frame."""
DRAFT = ".part"
DRAFT_S = 86_400
"""Seconds after which a draft is nobody's: a keyring's would keep keys that are destroyed."""
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
        for start in range(0, len(pieces), KEYS):
            some = pieces[start : start + KEYS]
            writer.write(Frame(about={"keys": len(some)}, body=packed(some)))
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
    """Open a draft of its own beside the file, and put it in its place when it is whole."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}.", suffix=DRAFT)
    draft = Path(name)
    try:
        _clear(file.parent, draft.stat().st_mtime - DRAFT_S)
        with os.fdopen(handle, "wb") as opened:
            yield opened
            opened.flush()
            os.fsync(opened.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _clear(place: Path, before: float) -> None:
    """Take away the drafts of who was killed."""
    for one in place.glob(f"bianmin*{DRAFT}"):
        with suppress(FileNotFoundError):  # another has just finished it
            if one.stat().st_mtime < before:
                one.unlink()
