"""Locks among processes, on files; the kernel lets go of those of a process that dies."""

import fcntl
import os
import time
from pathlib import Path

from data.civic.errors import StoreUnavailable


class FileLock:
    """An advisory lock on a file, which is made if it is not there. Blocks."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self, *, wait_s: float) -> None:
        """Take it alone.

        Raises:
            StoreUnavailable: another process has held it for `wait_s` seconds.
        """
        end = time.monotonic() + wait_s
        while not self.take_now():
            if time.monotonic() > end:
                raise StoreUnavailable(f"another process has held {self._path} for {wait_s} s")
            time.sleep(0.02)

    def take_now(self) -> bool:
        """Take it alone, if nobody has it now; say whether."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def share(self) -> None:
        """Hold it together with others."""
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def release(self) -> None:
        """Let go; a second call does nothing."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
