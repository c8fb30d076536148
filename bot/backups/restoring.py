"""Bring a backup back: read twice, first to see that it is whole, then to fill the database."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.backups.pieces import unpacked
from bot.backups.sealing import Frame, frames, show
from data.civic.errors import BadInput, Conflict
from data.store.archive import NAMES, Archive
from data.store.restores import RestoreState
from data.store.stores import Stores

Tell = Callable[[float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyring:
    """The keys that still stand, and what is known to be destroyed."""

    keys: Mapping[str, bytes]
    books: Mapping[str, tuple[bytes, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What was brought back."""

    documents: int
    left_out: int
    """Documents whose key is destroyed: of people and events that were purged since."""


NOTHING = Keyring(keys={}, books={})


def read_keyring(file: Path, key: bytes) -> Keyring:
    """Read a keyring.

    Raises:
        BadInput: it cannot be read, was changed, or is another house's.
    """
    keys: dict[str, bytes] = {}
    books: dict[str, tuple[bytes, ...]] = {}
    for frame in _read(file, key):
        if "keys" in frame.about:
            keys |= {one.key: one.document for one in unpacked(frame.body)}
        elif "collection" in frame.about:
            some = tuple(one.document for one in unpacked(frame.body))
            books[frame.about["collection"]] = some
    return Keyring(keys=keys, books=books)


def check(file: Path, key: bytes) -> int:
    """See that a backup is whole; tell how many documents it holds.

    Raises:
        BadInput: as `read_keyring`; or it holds a collection that this program does not know.
    """
    digests: dict[str, Any] = {}
    counts: dict[str, int] = {}
    for frame in _read(file, key):
        if "collection" in frame.about:
            name = frame.about["collection"]
            digests.setdefault(name, hashlib.sha256()).update(frame.body)
            counts[name] = counts.get(name, 0) + frame.about["count"]
        if "end" in frame.about:
            _compare(frame.about["end"], counts, digests)
    if unknown := sorted(set(counts) - set(NAMES)):
        raise BadInput(f"this program knows no collection {unknown[0]}: restore with a newer one")
    return sum(counts.values())


async def fill(
    stores: Stores, file: Path, keyring: Keyring, *, key: bytes, replace: bool, tell: Tell
) -> Filled:
    """Fill an empty database from a backup that was checked; it serves only once it is replayed.

    Raises:
        Conflict: something stands in it, and nobody said to replace it.
    """
    archive = Archive(stores.database)
    total = max(1, check(file, key))
    tell(0.1)
    if (used := await archive.used()) and not replace:
        raise Conflict(
            f"the database {stores.database.name} is not empty ({', '.join(used[:5])}): "
            "restore into an empty one, or say --replace to lose what stands in it"
        )
    await stores.restores.note(RestoreState.FILLING)
    await archive.clear()
    filled = await _fill(archive, file, keyring, key, lambda n: tell(0.1 + 0.9 * n / total))
    await stores.handles.put_back(keyring.keys)
    for name, documents in keyring.books.items():
        await archive.replace(name, documents)
    await stores.restores.note(RestoreState.TO_REPLAY)
    return filled


async def _fill(
    archive: Archive, file: Path, keyring: Keyring, key: bytes, tell: Callable[[int], None]
) -> Filled:
    done, left_out = 0, 0
    for frame in _read(file, key):
        if "collection" not in frame.about:
            continue
        kept = []
        for one in unpacked(frame.body):
            if not one.key:
                kept.append(one.document)
            elif one.key in keyring.keys:
                kept.append(show(one.document, keyring.keys[one.key], one.key))
            else:
                left_out += 1
        await archive.put(frame.about["collection"], kept)
        done += len(kept)
        tell(done)
    return Filled(documents=done, left_out=left_out)


def _compare(
    end: Mapping[str, Mapping[str, Any]], counts: Mapping[str, int], digests: Mapping[str, Any]
) -> None:
    for name, told in end.items():
        digest = digests.get(name) or hashlib.sha256()
        if counts.get(name, 0) != told["count"] or digest.hexdigest() != told["sha256"]:
            raise BadInput(f"{name} in the backup is not what was written: take another copy")


def _read(file: Path, key: bytes) -> Iterator[Frame]:
    try:
        with file.open("rb") as opened:
            yield from frames(opened, key)
    except OSError as error:
        raise BadInput(f"cannot read {file}: {error.strerror}") from error
