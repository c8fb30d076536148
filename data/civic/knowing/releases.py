"""A release: everything the assistant says and hears by, as one immutable thing."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from data.civic.areas import Gazetteer
from data.civic.calendar import WorkCalendar
from data.civic.ids import BundleId, GuideId, IntentId, ReleaseId
from data.civic.knowing.adopted_areas import AreaAdoption
from data.civic.knowing.adoptions import Adoption
from data.civic.knowing.bundles import Bundle
from data.civic.knowing.colour_rules import ColourRules
from data.civic.knowing.guides import Basis, Guide
from data.civic.knowing.reading import ReadingRules
from data.civic.knowing.sentences import Sentence
from data.civic.labels import Aspect, Kind, Traffic


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTopic:
    """What is said instead when the question names this: typhoon, before, a colour."""

    id: str
    label: str
    heard: tuple[str, ...]
    """Words by which it is named; `a+b`: both must be there."""
    words: Sentence

    def heard_in(self, text: str) -> bool:
        """Say whether the text names this topic."""
        return any(all(part in text for part in one.split("+")) for one in self.heard)


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedAnswer:
    """What an intent always says, its topics, and up to four things to tap afterwards."""

    words: Sentence
    topics: tuple[AnswerTopic, ...] = ()
    choices: tuple[str, ...] = ()

    def topic(self, id: str | None) -> AnswerTopic | None:  # noqa: A002  (the record's own word)
        """Find a topic by its id."""
        return next((one for one in self.topics if one.id == id), None)

    def topic_in(self, text: str) -> AnswerTopic | None:
        """Find the first topic that the text names."""
        return next((one for one in self.topics if one.heard_in(text)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One thing that citizens want."""

    id: IntentId
    title: str
    kind: Kind
    traffic: Traffic
    department: str
    scope: str
    examples: tuple[str, ...]
    guide: GuideId | None = None
    bundle: BundleId | None = None
    answer: FixedAnswer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A sentence and the intent it belongs to; `other` is not ours."""

    text: str
    intent: IntentId


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldenQuestion:
    """A question that every release must answer rightly before it may be served."""

    text: str
    intent: IntentId
    aspect: Aspect | None
    phrase: str
    """Words that the answer must hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerRule:
    """Words by which a life in danger is heard, and whom to call first."""

    id: str
    patterns: tuple[str, ...]
    """Substrings; `a…b` means b within eight characters after a."""
    emergency: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerRules:
    """The danger rules, and the look-alikes that are taken out of a text before them."""

    rules: tuple[DangerRule, ...]
    look_alikes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectRule:
    """Words by which a question for one aspect is heard."""

    aspect: Aspect
    title: str
    patterns: tuple[str, ...]
    alone: frozenset[str] = frozenset()
    """Words that ask for it only where nothing else is said: "多少钱" may also mean a benefit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What the ear knows of words before it has seen an example."""

    words: tuple[str, ...]
    """Words for the segmenter."""
    variants: tuple[tuple[str, str], ...]
    """Everyday, dialect and mistyped forms → the standard word; longest first."""
    fillers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """When the ear is sure. Scores are raw decisions of the linear model, not probabilities."""

    answer_score: float
    """From here on the best intent is answered, if the margin holds."""
    answer_margin: float
    """By how much it must lead the second."""
    clarify_score: float
    """From here on the best are offered as choices; below, the question is unknown."""
    temperature: float
    """Raw decision per unit of confidence: what the shown percentage is made with."""
    narrow: float = 1.0
    """An answer that leads by less than so many margins is kept for staff to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is taken, how often."""

    text_chars: int
    """Longest text that is understood; a longer one is asked for shorter."""
    messages_a_minute: int
    status_guesses: int
    """Wrong pairs of number and factor in the window before it is slowed."""
    status_window: timedelta
    human_returns_after: timedelta
    """After so long without a word from staff the assistant answers again."""
    called_again_after: timedelta = timedelta(minutes=5)
    """So long after the last time people on duty are called again to a case that was added to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    """Short answers that mean the same in every conversation."""

    cancel: frozenset[str]
    """Leave it."""
    none: frozenset[str]
    """None of these."""
    care_off: tuple[str, ...]
    """Words in a request to leave care mode."""
    useless: frozenset[str] = frozenset()
    """What was answered did not help."""
    small_words: frozenset[str] = frozenset()
    """Characters that carry no matter of their own."""
    received: tuple[str, ...] = ()
    """A warning that was sent has arrived."""
    safe: tuple[str, ...] = ()
    """One is safe, with those who live there."""
    stays: tuple[str, ...] = ()
    """One will not leave."""
    doubtful: tuple[str, ...] = ()
    """With one of these in it, such an answer may ask, deny or speak of somebody else."""
    harmless: tuple[str, ...] = ()
    """What may stand beside such an answer; beside anything else it is asked for plainly."""
    needs: tuple[str, ...] = ()
    """With one of these in it, it is a call for help, whatever was said beside it."""
    unsafe: tuple[str, ...] = ()
    """One is not safe; … stands for at most three characters of the same clause."""
    goes: tuple[str, ...] = ()
    """One will leave after all."""
    mistaken: frozenset[str] = frozenset()
    """What was said just before was wrong."""
    leaving: tuple[str, ...] = ()
    """A response whose words hold one of these tells people to leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules and numbers of a release."""

    danger: DangerRules
    aspects: tuple[AspectRule, ...]
    thresholds: Thresholds
    limits: Limits
    replies: Replies
    calendar: WorkCalendar
    hotline: str
    """The telephone number of last resort: 12345."""
    reading: ReadingRules = field(default_factory=ReadingRules)
    colours: ColourRules = field(default_factory=ColourRules)


class Origin(StrEnum):
    """Where a release comes from."""

    FILES = "files"
    CONSOLE = "console"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The names and digests of a release's files, and its model."""

    files: Mapping[str, str]
    """Path → SHA-256, 64 hex digits."""
    model: str = ""
    """SHA-256 of the model file."""

    @property
    def id(self) -> ReleaseId:
        """Name the release: the digest of everything in it."""
        lines = [f"{path} {digest}" for path, digest in sorted(self.files.items())]
        return ReleaseId(hashlib.sha256("\n".join([*lines, self.model]).encode()).hexdigest())


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What is known at one time. The same for every process that serves it."""

    id: ReleaseId
    origin: Origin
    made_at: datetime | None
    intents: Mapping[IntentId, Intent]
    guides: Mapping[GuideId, Guide]
    bundles: Mapping[BundleId, Bundle]
    sources: Mapping[str, Basis]
    words: Mapping[str, Sentence]
    lexicon: Lexicon
    rules: Rules
    places: Gazetteer
    other: tuple[str, ...]
    held_out: tuple[Labelled, ...]
    golden: tuple[GoldenQuestion, ...] = ()
    lapsed: tuple[Adoption | AreaAdoption, ...] = ()
    """Adoptions that no longer count: the words have changed since."""
    lent: frozenset[str] = frozenset()
    """Sentences that it does not have: the program's own stand in their place."""

    @property
    def version(self) -> str:
        """Tell the short name that is shown: the first 8 digits of the id."""
        return self.id[:8]

    def guide_of(self, intent: IntentId) -> Guide | None:
        """Find the guide that answers an intent."""
        known = self.intents.get(intent)
        return self.guides.get(known.guide) if known and known.guide else None
