"""Verifying codes against bare signatures; `python -m tests.bench.codes` runs this alone."""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from rich.console import Console

from bot.signing import code_check
from data.civic.safety.codekeys import id_of
from data.civic.safety.codes import Code, CodeKind, pack, unpack
from data.civic.safety.verifying import Keys, Revocations, Standing, verify
from tests import builders
from tests.bench.measure import Measure

COUNT, ROUNDS = 2_000, 7
REVOKED = 10_000


def measured() -> Measure:
    """Verify a county's codes, one after the other, and their signatures alone, in turn."""
    seal, now = builders.seal(), datetime(2026, 11, 22, tzinfo=UTC)
    public = seal.code_key("bench")
    texts = [
        pack(
            Code(
                key=id_of(public),
                handle=number << 40,
                kind=CodeKind.PENDANT,
                issued=now,
                expires=now + timedelta(days=365),
            ),
            lambda packed: seal.sign_code(packed, salt="bench"),
        )
        for number in range(1, COUNT + 1)
    ]
    keys = Keys(dated=now, fits={id_of(public): code_check(public)})
    revoked = Revocations(dated=now, version=1, handles=frozenset(range(REVOKED)))
    bare = Ed25519PublicKey.from_public_bytes(public)
    signed = [unpack(text) for text in texts]

    def ours() -> None:
        for text in texts:
            if verify(text, now, keys, revoked).standing is not Standing.VALID:
                raise RuntimeError("the bench's own code is refused")

    def probe() -> None:
        for one in signed:
            bare.verify(one.signature, one.packed)

    took = [(_seconds(ours), _seconds(probe)) for _ in range(ROUNDS)]
    mine, other = (statistics.median(some) for some in zip(*took, strict=True))
    return Measure(
        name="codes: verified, against the bare Ed25519",
        ratio=statistics.median(bare_s / ours_s for ours_s, bare_s in took),
        target=0.6,
        detail=f"{COUNT / mine:.0f}/s : {COUNT / other:.0f}/s",
    )


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    found = measured()
    Console(highlight=False).print(f"{found.name}: {found.ratio:.2f} ({found.detail})")
