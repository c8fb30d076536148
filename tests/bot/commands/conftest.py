"""`bianmin` as an operator runs it: a process of its own, with a database and a folder."""

import os
import subprocess
import sys
from pathlib import Path
from typing import ClassVar


class Operator:
    """Runs `bianmin` with a house key in its folder, and with a database of its own."""

    first: ClassVar[tuple[str, ...]] = ()
    """The words that every command begins with."""

    def __init__(self, uri: str, folder: Path, *, database: str, **settings: str) -> None:
        self.folder = folder
        self._env = {
            **os.environ,
            "BIANMIN_MONGODB_URI": uri,
            "BIANMIN_DATABASE": database,
            "BIANMIN_HOUSE_KEY_FILE": str(folder / "house.key"),
            "COLUMNS": "200",
            **{f"BIANMIN_{name.upper()}": value for name, value in settings.items()},
        }

    def runs(self, *words: str, code: int = 0, given: str = "") -> str:
        done = subprocess.run(  # noqa: S603  (our own program)
            [sys.executable, "-m", "bot", *self.first, *words],
            env=self._env,
            input=given,
            capture_output=True,
            text=True,
            timeout=110,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr
