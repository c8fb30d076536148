"""A closed loop of keep-alive connections: as many requests as the server answers."""

import asyncio
import statistics
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.bench.measure import Measure

CONNECTIONS, SECONDS = 32, 3.0
LATE_S = 10.0
"""So long past its time a server may still answer; and end, once it is told to."""
LONGEST_LINE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one run of the loop measured."""

    answered: int
    seconds: float
    p99_ms: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answered / self.seconds


@asynccontextmanager
async def serving(module: str) -> AsyncIterator[Sequence[str]]:
    """Start a server in a process of its own, tell the words it prints first, and end it after.

    Raises:
        RuntimeError: it ended before it served; the reason stands above, on its standard error.
    """
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=LONGEST_LINE,
    )
    assert server.stdout is not None
    try:
        line = await server.stdout.readline()
        if not line:
            raise RuntimeError(f"{module} ended early")
        yield line.decode().split()
    finally:
        await _ended(server)


async def _ended(server: asyncio.subprocess.Process) -> None:
    """End a server by the end of its input; one that is stuck, by force."""
    try:
        async with asyncio.timeout(LATE_S):
            await server.communicate(b"")  # in 3.11 nothing given leaves its stdin open
    except TimeoutError:
        server.kill()
        await server.wait()


def measured_loads(name: str, target: float, took: Sequence[tuple[Load, Load]]) -> Measure:
    """Compare ours with the probe: the ratio of answers a second, the median of all rounds."""
    ratio = statistics.median(ours.rate / bare.rate for ours, bare in took)
    ours, bare = (statistics.median(one.rate for one in side) for side in zip(*took, strict=True))
    slow, fast = (statistics.median(one.p99_ms for one in side) for side in zip(*took, strict=True))
    rates = f"{ours:.0f}/s : {bare:.0f}/s, p99 {slow:.0f} : {fast:.0f} ms"
    detail = f"{rates}, of {len(took)} rounds"
    return Measure(name=name, ratio=ratio, target=target, detail=detail)


async def load(
    port: int,
    request: Callable[[int], bytes],
    *,
    seconds: float = SECONDS,
    numbers: range = range(10**9),
) -> Load:
    """Send `request(n)` for the numbers over all connections until the time or they are over.

    Raises:
        TimeoutError: the server is stuck.
    """
    spent: list[float] = []
    rest = iter(numbers)
    start = time.perf_counter()
    async with asyncio.timeout(seconds + LATE_S):
        await asyncio.gather(
            *(_one(port, request, rest, start + seconds, spent) for _ in range(CONNECTIONS))
        )
    took = time.perf_counter() - start
    spent.sort()
    return Load(answered=len(spent), seconds=took, p99_ms=1000 * spent[int(len(spent) * 0.99)])


async def _one(
    port: int,
    request: Callable[[int], bytes],
    numbers: Iterator[int],
    until: float,
    spent: list[float],
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in numbers:
        if (before := time.perf_counter()) >= until:
            break
        writer.write(request(number))
        status, body = await _answer(reader)
        if status != 200:
            raise RuntimeError(f"the server answered {status}: {body[:200]!r}")
        spent.append(time.perf_counter() - before)
    writer.close()
    await writer.wait_closed()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    return int(head[9:12]), await reader.readexactly(length)


def get(path: str) -> bytes:
    """Write a GET request."""
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode()


def post(path: str, body: bytes, *, token: str = "") -> bytes:
    """Write a POST request with a JSON body."""
    head = f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
    if token:
        head += f"Authorization: Bearer {token}\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
