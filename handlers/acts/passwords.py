"""Hash and check passwords with argon2id, two at a time, off the event loop."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""Source: OWASP password storage cheat sheet, argon2id minimum, read 2026-11-21."""

_two_at_a_time = ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")
"""A burst of logins must not eat the memory of a small server."""

_NOBODY = _hasher.hash("nobody has this password")


async def hash_password(password: str) -> str:
    """Hash a password for keeping."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_two_at_a_time, _hasher.hash, password)


async def password_fits(password: str, kept: str | None) -> bool:
    """Say whether a password fits; for nobody (None) it takes as long and never does."""
    loop = asyncio.get_running_loop()
    fits = await loop.run_in_executor(_two_at_a_time, _fits, password, kept or _NOBODY)
    return fits and kept is not None


def _fits(password: str, kept: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
