"""A cable to a server that can be pulled: real sockets, through which nothing comes for a while."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Cable:
    """Carries bytes between who connects and the server, while `whole` is set."""

    def __init__(self, host: str, port: int) -> None:
        self._server = host, port
        self.whole = asyncio.Event()
        self.whole.set()
        self.port = 0

    async def carry(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        try:
            await self.whole.wait()
            far, forth = await asyncio.open_connection(*self._server)
            try:
                await asyncio.gather(self._pour(near, forth), self._pour(far, back))
            finally:
                forth.close()
        finally:
            back.close()

    async def _pour(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await source.read(1 << 16):
                await self.whole.wait()
                sink.write(data)
                await sink.drain()
            sink.close()


@asynccontextmanager
async def cable(host: str, port: int) -> AsyncIterator[Cable]:
    """Lay a cable; `cable.port` is its near end."""
    one = Cable(host, port)
    carrying: set[asyncio.Task[None]] = set()

    def connected(near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(one.carry(near, back))
        carrying.add(task)
        task.add_done_callback(carrying.discard)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    one.port = server.sockets[0].getsockname()[1]
    try:
        yield one
    finally:
        server.close()
        for task in list(carrying):
            task.cancel()
        await asyncio.gather(*carrying, return_exceptions=True)
