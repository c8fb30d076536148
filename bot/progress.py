"""Progress of long work, on standard error: a bar where a person watches, else some lines."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress

Move = Callable[[float], None]
"""Moves it, from 0 to 1."""
EVERY_S = 10.0


@contextmanager
def bar(title: str, *, every_s: float = EVERY_S) -> Iterator[Move]:
    """Show how far it is; give the function that moves it, from 0 to 1."""
    if not sys.stderr.isatty():
        with _lines(title, every_s) as move:
            yield move
        return
    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(title, total=1.0)
        yield lambda share: shown.update(task, completed=share)


@contextmanager
def _lines(title: str, every_s: float) -> Iterator[Move]:
    """Write a line every so often, also while the work itself is at something that takes long."""
    now, over = [0.0], threading.Event()

    def tell() -> None:
        while not over.wait(every_s):
            sys.stderr.write(f"{title} {now[0]:.0%}\n")
            sys.stderr.flush()

    def move(share: float) -> None:
        now[0] = share

    teller = threading.Thread(target=tell, name="progress", daemon=True)
    teller.start()
    try:
        yield move
    finally:
        over.set()
        teller.join()
