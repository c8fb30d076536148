"""Train a release's model in a process of its own: the doors stay quick, whatever becomes of it.

The child is given the lessons on its standard input, tells how far it is on its standard output,
and puts the model into the cache of `bot/models.py`, whole or not at all. It yields to everybody
else, may take so much memory and no more, and ends with its parent.
"""

import asyncio
import ctypes
import os
import resource
import signal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

import structlog

from bot.models import Report, keep, kept, key_of, lessons_of, read_lessons
from data.civic.errors import BadInput, TrainingFailed
from data.civic.knowing.releases import Release
from intents.train import learn

LONGEST_S = 180.0
"""How long a training may take; release one takes five seconds."""
MEMORY_BYTES = 2 << 30
"""Most address space of the child; release one takes 0.65 GB of it."""

NICE = 10
_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux."""
_QUIET = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_HOME = Path(__file__).parents[1]

log = structlog.get_logger()


class Why(StrEnum):
    """Why a training failed, in one word each."""

    KILLED = "killed"
    """Something ended it from outside: mostly the machine, when memory ran out."""
    TOO_LONG = "too_long"
    NO_MEMORY = "no_memory"
    NO_ROOM = "no_room"
    """The disk is full, or the folder of models cannot be written."""
    TOO_FEW = "too_few"
    """Fewer than two intents have examples."""
    BROKEN = "broken"
    """Anything else: an error of ours, and the log has it."""


_EXITS = {3: Why.TOO_FEW, 4: Why.NO_MEMORY, 5: Why.NO_ROOM}


async def trained(
    release: Release,
    folder: Path,
    *,
    report: Report | None = None,
    longest_s: float = LONGEST_S,
    memory_bytes: int = MEMORY_BYTES,
) -> bytes:
    """Give the model of a release, from the cache or trained now in a child.

    Idempotent: the same lessons and the same engine give the same bytes.

    Raises:
        TrainingFailed: it took too long, was killed, or could not learn from these lessons.
    """
    learnt = await asyncio.to_thread(lessons_of, release)
    key = key_of(learnt)
    if (known := await asyncio.to_thread(kept, folder, key)) is not None:
        return known
    place = await asyncio.to_thread(lambda: str(folder.absolute()))
    child = await _started(place, key, memory_bytes)
    try:
        async with asyncio.timeout(longest_s):
            said = await _listened(child, learnt, report or (lambda _share: None))
    except TimeoutError as error:
        what = f"the training was stopped after {longest_s:g} seconds: the machine is too busy"
        raise TrainingFailed(what, why=Why.TOO_LONG) from error
    finally:
        await _ended(child)
    return await _result(child, folder, key, said)


async def _started(place: str, key: str, memory_bytes: int) -> Process:
    words = (place, key, str(os.getpid()), str(memory_bytes))
    kept_to_itself = {k: v for k, v in os.environ.items() if not k.startswith("BIANMIN_")}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.training", *words),
        cwd=_HOME,
        env={**kept_to_itself, **_QUIET},
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        start_new_session=True,  # Ctrl-C is for the parent, which ends it in order
    )


async def _listened(child: Process, learnt: bytes, report: Report) -> str:
    """Give the child its lessons, pass on how far it is, and tell what it complained of."""
    if not (child.stdin and child.stdout and child.stderr):
        raise TrainingFailed("the training has no pipes", why=Why.BROKEN)
    _, _, said = await asyncio.gather(
        _given(child.stdin, learnt), _heard(child.stdout, report), child.stderr.read()
    )
    await child.wait()
    return said.decode(errors="replace")


async def _given(pipe: asyncio.StreamWriter, learnt: bytes) -> None:
    with suppress(ConnectionError):  # it has died: its exit code says more
        pipe.write(learnt)
        await pipe.drain()
    pipe.close()


async def _heard(pipe: asyncio.StreamReader, report: Report) -> None:
    async for line in pipe:
        with suppress(ValueError):
            report(float(line))


async def _ended(child: Process) -> None:
    if child.returncode is None:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()


async def _result(child: Process, folder: Path, key: str, said: str) -> bytes:
    code = child.returncode or 0
    model = await asyncio.to_thread(kept, folder, key) if code == 0 else None
    if model is not None:
        return model
    why = Why.KILLED if code < 0 else _EXITS.get(code, Why.BROKEN)
    log.warning("training failed", why=why, code=code, said=said[-500:])
    raise TrainingFailed(f"the model was not trained ({why}, exit code {code})", why=why)


def main(folder: str, key: str, parent: str, memory_bytes: str) -> int:
    """Be the child: learn what comes in, put the model into the cache, tell how far it is."""
    _bind(int(parent), int(memory_bytes))
    learnt = sys.stdin.buffer.read()
    try:
        model = learn(*read_lessons(learnt), report=_tell)
        keep(Path(folder), key, model)
    except BadInput:
        return 3
    except MemoryError:
        return 4
    except OSError:
        return 5
    return 0


def _bind(parent: int, memory_bytes: int) -> None:
    """Yield to everybody, take no more memory than this, and end when the parent does."""
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we could ask
        sys.exit(1)


def _tell(share: float) -> None:
    sys.stdout.write(f"{share:.3f}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
