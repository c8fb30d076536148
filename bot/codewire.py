"""What devices without a network and the page that checks codes are given, as JSON."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from data.civic.safety.credentials import CodeState
from data.civic.safety.verifying import Standing
from handlers.acts.check_code import Checked
from handlers.acts.village_codes import Kit, Known
from handlers.codes import readable

CodeHandle = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class CodeWire(BaseModel):
    """A body: no field that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class KeyOut(CodeWire):
    """One public key that counts."""

    id: int
    public: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    """32 bytes of Ed25519 in hex."""
    made_at: datetime


class KitOut(CodeWire):
    """What a device needs to verify without a network; dated by `at`."""

    at: datetime
    keys: list[KeyOut]
    version: int
    """Of the list of revoked codes."""
    revoked: list[CodeHandle]


class MemberOut(CodeWire):
    """One of a household."""

    id: int
    name: str
    """Masked."""


class KnownOut(CodeWire):
    """One code on a device, to compare who carries it."""

    handle: str
    kind: str
    name: str
    """Masked."""
    born_year: int | None
    household: bool
    members: list[MemberOut]
    """Of a household everybody, to tick who has come."""


class CheckedOut(CodeWire):
    """How a code stands; it has no colour and lets nobody pass."""

    standing: Standing
    proven: bool
    """False: digits were typed, or the signature is not ours: compare the name."""
    kind: str | None
    state: CodeState | None
    name: str
    """Masked; empty where nothing is proven."""
    born_year: int | None
    household: bool
    used_before: datetime | None
    over_at: datetime | None


def kit_out(kit: Kit) -> KitOut:
    """Write keys and revoked handles."""
    return KitOut(
        at=kit.revocations.dated,
        keys=[KeyOut(id=one.id, public=one.public.hex(), made_at=one.made_at) for one in kit.keys],
        version=kit.revocations.version,
        revoked=sorted(f"{one:016x}" for one in kit.revocations.handles),
    )


def known_out(one: Known) -> KnownOut:
    """Write one code of a device's list."""
    return KnownOut(
        handle=one.handle,
        kind=readable(one.kind),
        name=one.name,
        born_year=one.born_year,
        household=one.household,
        members=[MemberOut(id=each.person, name=each.name) for each in one.members],
    )


def checked_out(one: Checked) -> CheckedOut:
    """Write what came of a check."""
    return CheckedOut(
        standing=one.standing,
        proven=one.proven,
        kind=readable(one.kind) if one.kind else None,
        state=one.state,
        name=one.name,
        born_year=one.born_year,
        household=one.household,
        used_before=one.used_before,
        over_at=one.over_at,
    )
