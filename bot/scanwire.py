"""What devices and desks send about shelters: to the staff API, and from the page that scans."""

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from bot.body_fields import Handle, PurposeText, Village
from data.civic.ids import AreaCode, EventId, PersonId, ShelterId
from data.civic.safety.device_clocks import ClockPair, Reading
from data.civic.safety.scans import MOST_PEOPLE, MOST_STRANGERS, Need, OutTo, Way
from data.civic.safety.shelters import ShelterState
from handlers.acts.check_in import Visit
from handlers.acts.take_scans import MOST, Batch, Queued

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
Short = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{1,39}$")]
Event = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Code = Annotated[str, StringConstraints(max_length=200)]
Looks = Annotated[str, StringConstraints(max_length=200)]
Device = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
People = Annotated[tuple[Handle, ...], Field(max_length=MOST_PEOPLE)]
"""Of a household's code: who has come, or goes."""
Strangers = Annotated[int, Field(ge=0, le=MOST_STRANGERS)]
Counter = Annotated[int, Field(ge=0, lt=1 << 31)]


class ScanWire(BaseModel):
    """A body: no field that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TurnIn(ScanWire):
    """What becomes of a shelter; why it is unsafe must be said."""

    to: ShelterState
    why: Annotated[str, StringConstraints(max_length=100)] = ""


class VisitIn(ScanWire):
    """One scan, online; what is scanned twice under one `id` is one scan."""

    id: Id
    event: Event
    shelter: Short | None = None
    way: Way
    code: Code = ""
    people: People = ()
    strangers: Strangers = 0
    party: Id | None = None
    looks: Looks = ""
    needs: Annotated[tuple[Need, ...], Field(max_length=len(Need))] = ()
    out_to: OutTo | None = None
    village: Village | None = None
    asks: bool = False
    """Of a household's code, ask first who has come."""
    device: Device
    counter: Counter
    waiting: Counter = 0
    """How many more scans the device keeps."""


class ReadingIn(ScanWire):
    """What both clocks of a device show: milliseconds that only count on, and the time of day."""

    boot: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    ticks: Annotated[int, Field(ge=0, lt=1 << 53)]
    wall: AwareDatetime


class PairIn(ReadingIn):
    """What they showed when it was so late with us."""

    at: AwareDatetime


class ScanIn(ReadingIn):
    """One scan as a device kept it."""

    id: Id
    event: Event
    shelter: Short | None = None
    way: Way
    code: Code = ""
    people: People = ()
    strangers: Strangers = 0
    party: Id | None = None
    looks: Looks = ""
    needs: Annotated[tuple[Need, ...], Field(max_length=len(Need))] = ()
    out_to: OutTo | None = None
    village: Village | None = None
    counter: Counter


class BatchIn(ScanWire):
    """What one device sends."""

    device: Device
    now: ReadingIn
    pairs: Annotated[tuple[PairIn, ...], Field(max_length=100)] = ()
    scans: Annotated[list[ScanIn], Field(min_length=1, max_length=MOST)]
    waiting: Counter = 0
    """How many more it keeps."""


class BoardIn(ScanWire):
    """Which shelter and event; with a purpose names are shown, and the look is noted."""

    event: Event
    purpose: PurposeText | None = None


def visit_in(said: VisitIn) -> Visit:
    """Read a scan."""
    return Visit(
        id=said.id,
        event=EventId(said.event),
        shelter=ShelterId(said.shelter) if said.shelter else None,
        way=said.way,
        code=said.code,
        people=tuple(PersonId(one) for one in said.people),
        asks=said.asks,
        strangers=said.strangers,
        party=said.party or "",
        looks=said.looks,
        needs=frozenset(said.needs),
        out_to=said.out_to,
        village=AreaCode(said.village) if said.village else None,
        device=said.device,
        counter=said.counter,
        waiting=said.waiting,
    )


def batch_in(said: BatchIn) -> Batch:
    """Read a batch."""
    return Batch(
        device=said.device,
        now=_reading(said.now),
        pairs=tuple(ClockPair(reading=_reading(one), at=one.at) for one in said.pairs),
        scans=tuple(_queued(one) for one in said.scans),
        waiting=said.waiting,
    )


def _queued(one: ScanIn) -> Queued:
    return Queued(
        id=one.id,
        event=EventId(one.event),
        way=one.way,
        shelter=ShelterId(one.shelter) if one.shelter else None,
        code=one.code,
        people=tuple(PersonId(each) for each in one.people),
        strangers=one.strangers,
        party=one.party or "",
        looks=one.looks,
        needs=frozenset(one.needs),
        out_to=one.out_to,
        village=AreaCode(one.village) if one.village else None,
        counter=one.counter,
        reading=_reading(one),
    )


def _reading(said: ReadingIn) -> Reading:
    return Reading(boot=said.boot, ticks=said.ticks, wall=said.wall)
