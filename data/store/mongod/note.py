"""The note that the processes of a home share: where its mongod is, and how to get in."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from data.store.mongod.replica import ACCOUNT, LOOPBACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What `mongod.json` holds; without `pid` nothing runs."""

    port: int
    account: str
    password: str = field(repr=False)
    pid: int | None

    @property
    def uri(self) -> str:
        """Tell the address, with the password in it."""
        place = f"{self.account}:{self.password}@{LOOPBACK}:{self.port}"
        return f"mongodb://{place}/?directConnection=true&authSource=admin"


def read(path: Path) -> Note | None:
    """Read a note; None if there is none, or a crash has cut it short."""
    try:
        return Note(**json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def write(path: Path, note: Note) -> None:
    """Write a note that only its owner can read."""
    write_private(path, json.dumps(asdict(note)))


def write_private(path: Path, text: str) -> None:
    """Write a file, mode 0600, whole or not at all."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "w", encoding="utf-8") as writing:
        writing.write(text)
    draft.replace(path)


def key_of(data: Path) -> str:
    """Read the key of a data folder; the first call makes it."""
    path = data / "key"
    if not path.exists():
        # The one secret made outside bot/clock.py: there is no office yet when it is needed.
        write_private(path, os.urandom(64).hex())
    return path.read_text(encoding="utf-8")


def password_of(data: Path) -> str:
    """Tell the password of the account: it follows from the key, so it cannot be lost alone."""
    return hashlib.sha256(f"{ACCOUNT} {key_of(data)}".encode()).hexdigest()
