"""On which ground of the law each thing of a person is kept, and what it is kept for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class Basis(StrEnum):
    """A lawful ground. Source: Personal Information Protection Law, Art. 13 and 28."""

    DUTY = "duty"
    """Needed for a duty of the authorities set by law: flood and typhoon control."""
    EMERGENCY = "emergency"
    """Needed in an emergency to protect life, health and property."""
    CONSENT = "consent"
    """The person, or the guardian of a child, has agreed."""


class Use(StrEnum):
    """What one thing is kept for, and for nothing else."""

    KNOW = "know"
    """To know the same person again."""
    WARN = "warn"
    """To bring a warning to the person."""
    MOVE = "move"
    """To bring the person to safety and back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Why one thing is kept; without a basis of its own, that of the whole entry counts."""

    use: Use
    sensitive: bool = False
    """Health and whereabouts: told apart in the notice."""
    basis: Basis | None = None


GROUNDS: Mapping[str, Ground] = {
    "name": Ground(use=Use.KNOW),
    "phone": Ground(use=Use.WARN),
    "phone_hash": Ground(use=Use.KNOW),
    "id_hash": Ground(use=Use.KNOW, sensitive=True),
    "id_last4": Ground(use=Use.KNOW, sensitive=True),
    "born_year": Ground(use=Use.KNOW),
    "household": Ground(use=Use.WARN),
    "village": Ground(use=Use.WARN),
    "grid": Ground(use=Use.MOVE),
    "home": Ground(use=Use.MOVE, sensitive=True),
    "tags": Ground(use=Use.MOVE),
    "mobility": Ground(use=Use.MOVE, sensitive=True),
    "language": Ground(use=Use.WARN),
    "has_smartphone": Ground(use=Use.WARN),
    "conversation": Ground(use=Use.WARN, basis=Basis.CONSENT),
    "proxies": Ground(use=Use.WARN, basis=Basis.CONSENT),
}
"""Every field of `rosters.Person` that says something of a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a person is told of one thing that is kept: why, since which notice, until when."""

    use: Use
    sensitive: bool
    basis: Basis
    notice_version: str
    purge_on: date


class Kept(Protocol):
    """An entry that says on which ground it stands."""

    @property
    def basis(self) -> Basis:
        """Tell the ground of the whole entry."""
        ...

    @property
    def notice_version(self) -> str:
        """Tell the notice that was given."""
        ...

    @property
    def purge_on(self) -> date:
        """Tell the day of deletion."""
        ...


def stated(entry: Kept) -> Mapping[str, Stated]:
    """State for every thing that is kept: legal basis, notice version and deletion date."""
    return {
        name: Stated(
            use=ground.use,
            sensitive=ground.sensitive,
            basis=ground.basis or entry.basis,
            notice_version=entry.notice_version,
            purge_on=entry.purge_on,
        )
        for name, ground in GROUNDS.items()
    }
