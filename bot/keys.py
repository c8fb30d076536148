"""The house key: made at the first start, kept in a file that only its owner can read."""

import os
from pathlib import Path

from data.civic.errors import Mistake, Mistakes

SIZE = 32
"""Bytes of a house key."""


def house_key(path: Path, *, make: bool) -> bytes:
    """Read the house key; make it where none stands, if that is allowed.

    Idempotent: a second call, also of another process at the same time, reads the same key.

    Raises:
        Mistakes: the file is missing and must not or cannot be made, has another size, or others
            can read it.
    """
    try:
        if make and not path.exists():
            _make(path)
    except OSError as error:
        what = f"cannot be made ({error.strerror}): set BIANMIN_HOME to a folder of your own"
        raise Mistakes((Mistake(where=str(path), what=what),)) from error
    try:
        key = path.read_bytes()
    except OSError as error:
        what = (
            f"cannot read the house key ({error.strerror}): restore it from the backup, "
            "or, for a new installation, make one: bianmin keys make"
        )
        raise Mistakes((Mistake(where=str(path), what=what),)) from error
    if len(key) != SIZE:
        what = f"a house key has {SIZE} bytes, this file {len(key)}: restore it from the backup"
        raise Mistakes((Mistake(where=str(path), what=what),))
    if path.stat().st_mode & 0o077:
        raise Mistakes((Mistake(where=str(path), what="others can read it: chmod 600"),))
    return key


def _make(path: Path) -> None:
    """Write a new key beside the place and link it there: whoever is first wins, whole."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, os.urandom(SIZE))
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
