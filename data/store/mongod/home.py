"""A home's one mongod: the first process starts it, others join, the last to leave ends it.

Two locks decide. `mongod.lock` is held alone by whoever comes or goes, for that moment;
`mongod.users` is held together by all who are there. Who goes, and can then have it alone,
was the last. A killed process lets go of both, so nothing has to be cleaned up after it.
"""

import socket
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from data.civic.errors import Mistake, Mistakes, StoreUnavailable
from data.store.mongod import processes
from data.store.mongod.locks import FileLock
from data.store.mongod.note import Note, key_of, password_of, read, write
from data.store.mongod.program import find
from data.store.mongod.replica import ACCOUNT, LOOPBACK, make_ready
from data.store.mongod.start_line import Parameters, start_line
from data.store.servers import ServerVersion

COMING_AND_GOING_S = 180
"""How long another process may take to start or end the mongod."""
STARTS = 2
"""How often it is tried again on another port: somebody may have taken ours meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where everything of one mongod is kept."""

    path: Path

    @property
    def data(self) -> Path:
        """Tell the folder of the database."""
        return self.path / "mongod"

    @property
    def note(self) -> Path:
        """Tell the file of the note."""
        return self.path / "mongod.json"

    def lives(self, pid: int | None) -> bool:
        """Say whether this process is the mongod of this home."""
        return pid is not None and processes.runs(pid, with_word=str(self.data))


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """One process's part in a running mongod, until it leaves."""

    home: Home
    note: Note
    version: ServerVersion
    users: FileLock


def join(path: Path, *, named: Path | None, parameters: Parameters) -> Presence:
    """Join the mongod of a home, or start it. Blocks, a second or two.

    Raises:
        Mistakes: no mongod runs here, or the home cannot be made.
        StoreUnavailable: it does not start; the message names its log.
    """
    home = Home(path=path.resolve())
    try:
        home.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        what = f"{home.path}: no folder can be made there ({error.strerror})"
        raise Mistakes((Mistake(where="BIANMIN_HOME", what=what),)) from error
    guard = FileLock(home.path / "mongod.lock")
    try:
        guard.take(wait_s=COMING_AND_GOING_S)
        note, version = _standing(home) or _started(home, named, parameters)
        users = FileLock(home.path / "mongod.users")
        users.share()
    finally:
        guard.release()
    return Presence(home=home, note=note, version=version, users=users)


def leave(presence: Presence) -> None:
    """Leave; the last one ends the mongod, and waits until everything is written. Blocks."""
    home = presence.home
    guard = FileLock(home.path / "mongod.lock")
    try:
        guard.take(wait_s=COMING_AND_GOING_S)
        if presence.users.take_now():
            end(home)
    finally:
        presence.users.release()
        guard.release()


def end(home: Home) -> None:
    """End every mongod of this home: the one of the note, and one that no note knows."""
    note = read(home.note)
    for pid in (note.pid if note else None, _locked_by(home)):
        if pid is not None:
            processes.end(pid, with_word=str(home.data))
    if note is not None:
        write(home.note, replace(note, pid=None))


def _standing(home: Home) -> tuple[Note, ServerVersion] | None:
    """Find what runs already, also what a killed process left behind; end what does not answer."""
    note = read(home.note)
    if note is not None and home.lives(note.pid):
        with suppress(StoreUnavailable):
            return note, make_ready(note.port, note.password, lives=lambda: home.lives(note.pid))
    end(home)
    return None


def _started(home: Home, named: Path | None, parameters: Parameters) -> tuple[Note, ServerVersion]:
    program = find(named).path
    key_of(home.data)
    last = read(home.note)
    wanted = (last.port if last else 0, *(0,) * STARTS)
    for port in wanted:
        with suppress(StoreUnavailable):
            return _started_on(home, _free_port(port), program, parameters)
        end(home)
    raise StoreUnavailable(
        f"mongod does not start: see the end of {home.data / 'mongod.log'}, and is the disk full?"
    )


def _started_on(
    home: Home, port: int, program: Path, parameters: Parameters
) -> tuple[Note, ServerVersion]:
    words = start_line(program, home.data, port=port, parameters=parameters)
    pid = processes.start(words, output=home.data / "mongod.out")
    note = Note(port=port, account=ACCOUNT, password=password_of(home.data), pid=pid)
    write(home.note, note)
    return note, make_ready(port, note.password, lives=lambda: home.lives(pid))


def _locked_by(home: Home) -> int | None:
    """Tell which process mongod itself says is at work on the folder."""
    try:
        return int((home.data / "mongod.lock").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _free_port(wanted: int) -> int:
    """Tell a port that is free now: the one wanted, or any."""
    for port in (wanted, 0):
        with socket.socket() as trying, suppress(OSError):
            trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trying.bind((LOOPBACK, port))
            return int(trying.getsockname()[1])
    raise StoreUnavailable(f"no port of {LOOPBACK} is free")
