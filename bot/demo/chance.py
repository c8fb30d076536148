"""Chance that repeats itself: the same seed throws the same dice."""

import hashlib


class Chance:
    """Draws bytes and numbers that follow from a seed; nothing secret may come from here."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._drawn = 0

    def octets(self, count: int) -> bytes:
        """Draw `count` bytes, at most 32."""
        self._drawn += 1
        return hashlib.sha256(f"{self._seed}/{self._drawn}".encode()).digest()[:count]

    def fraction(self) -> float:
        """Draw a number from 0 up to, not including, 1."""
        return int.from_bytes(self.octets(6)) / 2**48

    def digits(self, count: int) -> str:
        """Draw `count` digits, at most 18."""
        return str(int.from_bytes(self.octets(16)) % 10**count).zfill(count)
