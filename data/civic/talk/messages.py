"""What a citizen sends, what the ear makes of it, and what is answered."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from data.civic.areas import within
from data.civic.errors import BadInput
from data.civic.ids import AreaCode, GuideId, IntentId, MessageId, ReleaseId
from data.civic.knowing.releases import Release
from data.civic.labels import Aspect, Channel, Next, Outcome
from data.civic.privacy import mask
from data.civic.shapes import Point
from data.civic.talk.conversations import Conversation, ConversationKey, Move, Option


class MessageKind(StrEnum):
    """What sort of thing was sent."""

    TEXT = "text"
    EVENT = "event"
    """Something the platform tells: entered, followed, tapped a menu."""
    PICTURE = "picture"
    """A picture; its text is what the platform calls it."""
    PLACE = "place"
    """A place on the map; its text is longitude and latitude, then what the map calls it."""
    UNREADABLE = "unreadable"
    """Voice without words, a film: we can only say so politely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing that a citizen sent, whatever the channel."""

    id: MessageId
    conversation: ConversationKey
    kind: MessageKind
    text: str = field(repr=False)
    """The words, as sent; of an event its key; of a picture or place as its kind says."""
    event: str = ""
    sent_at: datetime
    care: bool | None = None
    """The phone asks for large text (True), for normal text (False), or does not say (None)."""
    place: AreaCode | None = None
    """Where the phone's owner chose to be; None: not said."""

    @property
    def channel(self) -> Channel:
        """Tell through which door it came."""
        return self.conversation.channel

    @property
    def masked(self) -> str:
        """Tell what the citizen said, fit to be kept; an event has a key and no words."""
        return mask(self.text) if self.kind is MessageKind.TEXT else ""

    @property
    def words(self) -> str:
        """Tell what can be understood: of a place what the map calls it, of a picture nothing."""
        match self.kind:
            case MessageKind.PICTURE:
                return ""
            case MessageKind.PLACE:
                return self.text.partition(" ")[2]
            case _:
                return self.text

    @property
    def point(self) -> Point | None:
        """Tell the place that was sent; None: there is none, or it is nowhere on earth."""
        if self.kind is not MessageKind.PLACE:
            return None
        lon, _, lat = self.text.partition(" ")[0].partition(",")
        try:
            return Point(float(lon), float(lat))
        except (ValueError, BadInput):
            return None

    @property
    def trace(self) -> str:
        """Name the message in logs: 12 hex digits, which name no person."""
        return hashlib.sha256(self.id.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """Facts found in a sentence; None where not found."""

    case_number: str | None = None
    id_number: str | None = field(default=None, repr=False)
    id_valid: bool | None = None
    phone: str | None = field(default=None, repr=False)
    place: str | None = None
    """The official name of the place."""
    area: AreaCode | None = None
    """Its division code."""
    place_alone: bool = False
    """Nothing but the place is said, with small words and numbers of houses."""
    place_own: bool = False
    """It is said to be where the citizen is or lives."""
    elsewhere: str | None = None
    """The place the question is about, when it is not ours."""
    date_text: str | None = None
    people: int | None = None
    plate: str | None = None
    last_four: str | None = field(default=None, repr=False)
    """Four characters that stand alone: the second factor of a status look-up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An intent and how sure the ear is of it (0 to 1; all of a sentence sum to at most 1)."""

    intent: IntentId
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What the ear makes of one text."""

    text: str = field(repr=False)
    """The text as it was normalised."""
    candidates: tuple[Candidate, ...] = ()
    """Best first; empty when the model could not be asked."""
    aspect: Aspect | None = None
    sure: bool = False
    lead: float = 0.0
    """By how much the best leads the next, in raw decisions."""
    danger: str | None = None
    """The id of the danger rule that fired."""
    slots: Slots = Slots()
    next: Next = Next.REFUSE

    @property
    def intent(self) -> IntentId | None:
        """Tell the best guess; None when there is none."""
        return self.candidates[0].intent if self.candidates else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Words for the citizen, in three versions."""

    full: str
    plain: str
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Things to pick from: at most four, in care mode three."""

    options: tuple[Option, ...]


Part = Say | Choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Which text was shown: the guide, its release, and for which area."""

    guide: GuideId
    version: str
    area: AreaCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is answered, how the turn ended, and how the conversation goes on."""

    parts: tuple[Part, ...]
    outcome: Outcome
    intent: IntentId | None = None
    aspect: Aspect | None = None
    source: Source | None = None
    care: bool = False
    """The citizen reads the plain version first."""
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message in its conversation, understood: what a desk is given."""

    message: Message
    conversation: Conversation
    understanding: Understanding
    release: Release
    answers: Mapping[str, str] = field(default_factory=dict)
    """What a form has been told so far: slot → value."""

    @property
    def release_id(self) -> ReleaseId:
        """Tell which release answers this turn."""
        return self.release.id

    @property
    def area(self) -> AreaCode:
        """Tell which place the answer is for: named now, known from before, or the county.

        A place outside the county does not count: no staff would see what was told for it.
        """
        county = self.release.places.county
        told = (self.understanding.slots.area, self.message.place, self.conversation.area)
        return next((one for one in told if one is not None and within(one, county)), county)
