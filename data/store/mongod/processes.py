"""Processes that outlive their parent: start one, know it again by its words, end it."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path

STOP_S = 60
"""How long a mongod may take to write everything down before it is killed."""


def start(words: Sequence[str], *, output: Path) -> int:
    """Start a program in a session of its own, so that Ctrl-C does not reach it; give its pid."""
    with output.open("wb") as writing:
        process = subprocess.Popen(  # noqa: S603  (the operator's own program)
            words,
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    while process.poll() is None and not words_of(process.pid):
        time.sleep(0.001)  # it has begun, but does not show its words yet: it would look dead
    # Whoever ends it, it is reaped at once: a zombie would look alive.
    threading.Thread(target=process.wait, name="reaper", daemon=True).start()
    return process.pid


def runs(pid: int, *, with_word: str) -> bool:
    """Say whether `pid` lives and has `with_word` on its command line: pids are used again."""
    return with_word in words_of(pid)


def words_of(pid: int) -> Sequence[str]:
    """Tell the command line of a process; empty when it has ended."""
    if not Path("/proc/self").exists():
        return _words_by_ps(pid)
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return ()
    return line.decode(errors="replace").split("\0")[:-1]


def end(pid: int, *, with_word: str) -> None:
    """End a process and wait until it has ended: politely first, by force after a minute."""
    for sign, patience in ((signal.SIGTERM, STOP_S), (signal.SIGKILL, STOP_S)):
        if not runs(pid, with_word=with_word):
            return
        os.kill(pid, sign)
        _wait(pid, with_word=with_word, until=time.monotonic() + patience)


def _wait(pid: int, *, with_word: str, until: float) -> None:
    while runs(pid, with_word=with_word) and time.monotonic() < until:
        time.sleep(0.02)


def _words_by_ps(pid: int) -> Sequence[str]:
    asked = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603
    return answer.stdout.split()
