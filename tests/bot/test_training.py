"""Training in a process of its own."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from time import thread_time

import pytest

from bot.models import kept, key_of, lessons_of
from bot.training import Why, trained
from data.civic.errors import TrainingFailed
from data.civic.knowing.releases import Release
from tests.small_county import small_release
from tests.waiting import until

ROOT = Path(__file__).parents[2]
LONGEST_BLOCK_S = 0.05


@pytest.fixture
def release() -> Release:
    return small_release().release


def children() -> set[int]:
    """List the trainings that run on this machine as children of this process."""
    return {pid for pid in _pids() if "bot.training" in _told(pid, "cmdline") and _parent(pid)}


def left_in(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]


def _pids() -> list[int]:
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]


def _told(pid: int, what: str) -> str:
    try:
        return Path(f"/proc/{pid}/{what}").read_text().replace("\0", " ")
    except OSError:
        return ""


def _parent(pid: int) -> bool:
    return f"PPid:\t{os.getpid()}\n" in _told(pid, "status")


async def begun(release: Release, folder: Path) -> tuple["asyncio.Task[bytes]", int]:
    """Begin a training, and wait until it has told how far it is."""
    told = list[float]()
    task = asyncio.create_task(trained(release, folder, report=told.append))

    async def learning() -> bool:
        return bool(told) or task.done()

    await until(learning)
    (child,) = children()
    return task, child


async def test_the_child_learns_what_this_process_would(release: Release, tmp_path: Path) -> None:
    told: list[float] = []
    assert await trained(release, tmp_path, report=told.append) == small_release().model
    assert (told[0], told[-1], told) == (0.0, 1.0, sorted(told))
    assert [Path(name).suffix for name in left_in(tmp_path)] == [".skops"]


async def test_what_was_learnt_before_is_not_learnt_again(release: Release, tmp_path: Path) -> None:
    await trained(release, tmp_path)
    told: list[float] = []
    assert await trained(release, tmp_path, report=told.append) == small_release().model
    assert told == []


async def test_a_killed_training_says_so_and_leaves_nothing(
    release: Release, tmp_path: Path
) -> None:
    task, child = await begun(release, tmp_path)
    os.kill(child, signal.SIGKILL)
    with pytest.raises(TrainingFailed) as failed:
        await task
    assert failed.value.why == Why.KILLED
    assert left_in(tmp_path) == []
    assert await trained(release, tmp_path) == small_release().model


async def test_a_training_that_takes_too_long_is_stopped(release: Release, tmp_path: Path) -> None:
    with pytest.raises(TrainingFailed) as failed:
        await trained(release, tmp_path, longest_s=0.2)
    assert failed.value.why == Why.TOO_LONG
    assert children() == set()


async def test_a_training_takes_no_more_memory_than_it_may(
    release: Release, tmp_path: Path
) -> None:
    with pytest.raises(TrainingFailed) as failed:
        await trained(release, tmp_path, memory_bytes=360 << 20)
    assert failed.value.why in (Why.NO_MEMORY, Why.KILLED, Why.BROKEN)
    assert kept(tmp_path, key_of(lessons_of(release))) is None


async def test_a_folder_that_cannot_be_written_is_named(release: Release, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file stands where the folder should be")
    with pytest.raises(TrainingFailed) as failed:
        await trained(release, tmp_path / "models")
    assert failed.value.why == Why.NO_ROOM


async def test_who_gives_up_waiting_ends_the_training(release: Release, tmp_path: Path) -> None:
    task, _ = await begun(release, tmp_path)
    task.cancel()
    await asyncio.wait({task})
    assert children() == set()


async def test_the_training_ends_with_the_process_that_wanted_it(tmp_path: Path) -> None:
    """Killed, it cannot end its child; the kernel does."""
    parent = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bot.learner", str(tmp_path)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert parent.stdout is not None
    assert b"learning" in await parent.stdout.readline()

    async def alone() -> bool:
        return not any(str(tmp_path) in _told(pid, "cmdline") for pid in _pids())

    assert not await alone()
    parent.kill()
    await parent.wait()
    await until(alone)
    assert not [name for name in left_in(tmp_path) if name.endswith(".skops")]


async def test_the_loop_is_never_held_up(release: Release, tmp_path: Path) -> None:
    """Measured as this thread's own time: others on a busy machine hold it up as well."""
    worst = 0.0

    async def beat() -> None:
        nonlocal worst
        while True:
            start = thread_time()
            await asyncio.sleep(0)
            worst = max(worst, thread_time() - start)
            await asyncio.sleep(0.002)

    beating = asyncio.create_task(beat())
    await trained(release, tmp_path)
    beating.cancel()
    assert worst < LONGEST_BLOCK_S
