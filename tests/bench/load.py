"""A closed loop of keep-alive connections: as many requests as the server answers."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

CONNECTIONS, SECONDS = 32, 3.0


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


async def load(
    port: int,
    request: Callable[[int], bytes],
    *,
    seconds: float = SECONDS,
    numbers: range = range(10**9),
) -> Load:
    """Send `request(n)` for the numbers over all connections until the time or they are over."""
    spent: list[float] = []
    rest = iter(numbers)
    start = time.perf_counter()
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
