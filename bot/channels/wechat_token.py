"""The access token of one WeChat app: fetched once, shared by all processes."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Protocol, TypeGuard

from data.civic.errors import BadInput, Conflict, PlatformUnavailable, StoreUnavailable
from data.civic.ports import Clock
from data.store.platform_tokens import PlatformToken

RENEW_BEFORE = timedelta(seconds=300)
"""WeChat gives a new token in these last seconds; the old one stays good until its end."""


class TokenCache(Protocol):
    """Keeps the tokens that all processes share."""

    async def get(self, app_id: str) -> PlatformToken | None:
        """Tell the app's token that has not expired.

        Raises:
            BadInput: it was kept with another key.
            StoreUnavailable: the database does not answer.
        """
        ...

    async def put(self, token: PlatformToken, *, instead_of: str | None) -> None:
        """Keep a token if the kept one is `instead_of` (None: there is none).

        Raises:
            Conflict: another process was first.
            StoreUnavailable: the database does not answer.
        """
        ...


class AccessToken:
    """One app's token. Whoever asks while it is being fetched waits for the same fetch.

    WeChat gives every process the same token, so without the shared cache all goes on,
    with a few fetches more.
    """

    def __init__(
        self,
        app_id: str,
        fetch: Callable[[], Awaitable[PlatformToken]],
        *,
        cache: TokenCache,
        clock: Clock,
    ) -> None:
        self._app_id = app_id
        self._fetch = fetch
        self._cache = cache
        self._clock = clock
        self._lock = asyncio.Lock()
        self._held: PlatformToken | None = None

    async def get(self) -> str:
        """Give a token that is good for some minutes.

        Raises:
            PlatformUnavailable: there is none, and WeChat gives none.
            PlatformRefused: WeChat does not know this app or its secret.
        """
        return await self._usable(refused=None)

    async def instead_of(self, refused: str) -> str:
        """Give another token than the one that WeChat has just refused; raises as `get`."""
        return await self._usable(refused=refused)

    async def _usable(self, *, refused: str | None) -> str:
        if self._fresh(self._held, refused):
            return self._held.token
        async with self._lock:
            if not self._fresh(self._held, refused):
                self._held = await self._renewed(refused)
            return self._held.token

    async def _renewed(self, refused: str | None) -> PlatformToken:
        shared = await self._shared()
        if self._fresh(shared, refused):
            return shared
        try:
            token = await self._fetch()
        except PlatformUnavailable:
            known = shared or self._held
            if known and known.token != refused and self._clock.now() < known.expires_at:
                return known
            raise
        with suppress(Conflict, StoreUnavailable):
            await self._cache.put(token, instead_of=shared.token if shared else None)
        return token

    async def _shared(self) -> PlatformToken | None:
        try:
            return await self._cache.get(self._app_id)
        except (StoreUnavailable, BadInput):
            return None

    def _fresh(self, token: PlatformToken | None, refused: str | None) -> TypeGuard[PlatformToken]:
        return (
            token is not None
            and token.token != refused
            and self._clock.now() < token.expires_at - RENEW_BEFORE
        )
