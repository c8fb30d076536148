"""What goes over the wire of the staff API about warnings and what the county decides."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from bot.api.wire import AreaText, Wire
from data.civic.risks import RiskTag
from data.civic.warning.decisions import DecisionState
from data.civic.warning.messages import Colour
from data.civic.warning.responses import Level
from data.civic.warning.verdicts import Reason, Verdict

Areas = Annotated[list[AreaText], Field(min_length=1, max_length=200)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class SignalOut(Wire):
    """A signal in force, as its issuer wrote it."""

    id: str
    colour: Colour
    """The worst colour in the area that was asked for."""
    issuer: str
    sent: datetime
    effective: datetime
    expires: datetime | None
    headline: str
    description: str
    instruction: str
    areas: list[str]


class TownOut(Wire):
    """A town and its worst colour."""

    area: str
    name: str
    colour: Colour | None
    """Null says nothing about the sky while `silence` is not null."""


class SilenceOut(Wire):
    """Why nobody may say that there is no warning."""

    feeds: list[str]
    last_heard: datetime | None


class InForceOut(Wire):
    """What is in force in the own area; `quiet` alone allows to say that there is nothing."""

    area: str
    at: datetime
    quiet: bool
    silence: SilenceOut | None
    unsettled: datetime | None
    """Since when a message waits for a person that may be a warning; null: there is none."""
    signals: list[SignalOut]
    coming: list[SignalOut]
    """Sent, and still to take effect."""
    expired: list[SignalOut]
    """Run out of late and not lifted: that is no word that the danger is over."""
    towns: list[TownOut]
    responses: list[str]
    orders: list[str]
    returns: list[str]
    """Villages to which nobody may go back yet."""
    notices: list[str]


class FeedOut(Wire):
    """A feed, and whether it is heard."""

    id: str
    area: str
    silent: bool
    last_heard: datetime | None
    heartbeat_s: int


class FeedsOut(Wire):
    """The feeds of the own area."""

    feeds: list[FeedOut]


class ArrivalOut(Wire):
    """A message that is held, or was refused."""

    id: str
    feed: str
    received_at: datetime
    headline: str
    verdict: Verdict
    reason: Reason | None
    detail: str
    areas: list[str]


class ArrivalsOut(Wire):
    """Newest first."""

    held: list[ArrivalOut]
    refused: list[ArrivalOut]


class HoldDecision(Wire):
    """Relay a held message, for `areas` where its own names did not resolve; or reject it."""

    message: Name
    relay: bool
    areas: Annotated[tuple[AreaText, ...], Field(max_length=200)] = ()


class EventOut(Wire):
    """An event."""

    id: str
    name: str
    drill: bool
    areas: list[str]
    opened_at: datetime
    closed_at: datetime | None


class EventsOut(Wire):
    """Newest first."""

    events: list[EventOut]


class NewEvent(Wire):
    """An event that is opened; whether it is a drill can never be changed."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    areas: Areas
    drill: bool = False


class TierIn(Wire):
    """One tier of an order; without tags for everybody."""

    areas: Areas
    tags: Annotated[tuple[RiskTag, ...], Field(max_length=20)] = ()
    deadline: AwareDatetime


class ResponseIn(Wire):
    """Start a response in `areas`, or bring `response` to another level; null ends it."""

    kind: Literal["response"]
    level: Level | None
    areas: Annotated[tuple[AreaText, ...], Field(max_length=200)] = ()
    response: Name | None = None


class OrderIn(Wire):
    """A transfer order."""

    kind: Literal["order"]
    tiers: Annotated[list[TierIn], Field(min_length=1, max_length=10)]


class LiftIn(Wire):
    """The end of an order in some of its areas."""

    kind: Literal["lift"]
    order: Name
    areas: Areas


class ReturnIn(Wire):
    """The return to villages."""

    kind: Literal["return"]
    order: Name
    villages: Areas


class NoticeIn(Wire):
    """A local notice, perhaps in the place of a wrong one."""

    kind: Literal["notice"]
    areas: Areas
    title: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    expires_at: AwareDatetime | None = None
    corrects: Name | None = None


class EndIn(Wire):
    """The end of a notice."""

    kind: Literal["end"]
    notice: Name


DecisionKind = Literal["response", "order", "lift", "return", "notice", "end"]
"""As the body says it that is sent."""
BodyIn = Annotated[
    ResponseIn | OrderIn | LiftIn | ReturnIn | NoticeIn | EndIn, Field(discriminator="kind")
]


class NewDecision(Wire):
    """A decision with the words that people will read."""

    body: BodyIn
    text: Text


class SignatureIn(Wire):
    """Sign what was shown; with a reason the author issues it alone, to be signed afterwards."""

    digest: Digest
    override_reason: Annotated[str, StringConstraints(max_length=200)] = ""


class ReachOut(Wire):
    """How many are reached, and how many no message finds."""

    people: int
    without_phone: int
    without_worker: int
    unsettled: int


class ToldOut(Wire):
    """What is told to some areas, by each way."""

    areas: list[str]
    reach: ReachOut | None
    text: str
    sms: str
    voice: str
    door: str
    loudspeaker: str


class PreviewOut(Wire):
    """What a decision would say and whom it would reach; nothing is kept."""

    told: list[ToldOut]


class DecisionOut(Wire):
    """A decision and who signed it."""

    id: str
    event: str
    kind: DecisionKind
    text: str
    digest: str
    state: DecisionState
    open_point: bool
    """Issued by one alone: the second signature is still missing."""
    author: str
    approver: str | None
    issued_at: datetime | None
    problem: str


class DecisionsOut(Wire):
    """What waits for a signature."""

    decisions: list[DecisionOut]
