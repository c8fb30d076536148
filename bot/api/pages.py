"""Answers that are the same for everyone, written once for each release and day."""

from collections.abc import Callable, Hashable

from aiohttp import web

KEPT = 2_000


class Pages:
    """Keeps bodies by what they depend on; when it is full it begins anew."""

    def __init__(self) -> None:
        self._bodies: dict[Hashable, bytes] = {}

    def body(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """Give the body of `key`, made now if it is not kept."""
        found = self._bodies.get(key)
        if found is None:
            if len(self._bodies) >= KEPT:
                self._bodies.clear()
            found = self._bodies[key] = make()
        return found


PAGES = web.AppKey("pages", Pages)
