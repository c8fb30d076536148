"""The closed lists: kinds, aspects, channels, endings. The same words in code, logs and charts."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of intent it is; each kind has its desk."""

    GUIDE = "guide"
    BUNDLE = "bundle"
    STATUS = "status"
    TICKET = "ticket"
    EMERGENCY = "emergency"
    ACCOUNT = "account"
    TALK = "talk"


class Traffic(StrEnum):
    """How often an intent is asked for."""

    HIGH = "high"
    MID = "mid"
    LOW = "low"


class Aspect(StrEnum):
    """Which side of a service is asked for."""

    MATERIALS = "materials"
    FEE = "fee"
    DURATION = "duration"
    """How long it takes."""
    TIME = "time"
    """Opening hours and weekends."""
    PLACE = "place"
    CONDITIONS = "conditions"
    PROCESS = "process"
    ONLINE = "online"
    PHONE = "phone"
    PROXY = "proxy"


class Next(StrEnum):
    """What the ear advises to do with what it heard."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    SEARCH = "search"
    REFUSE = "refuse"
    DANGER = "danger"


class Channel(StrEnum):
    """Through which door a citizen speaks."""

    WECHAT = "wechat"
    """A service account: pushes to our callback."""
    WECHAT_MINI = "wechat_mini"
    """The page of a WeChat mini-program: the JSON API."""
    ALIPAY_MINI = "alipay_mini"
    """The page of an Alipay mini-program: the JSON API."""
    TERMINAL = "terminal"


class Outcome(StrEnum):
    """How a turn ended. Every ending has a name."""

    ANSWERED = "answered"
    CLARIFYING = "clarifying"
    REFUSED = "refused"
    HANDED_OVER = "handed_over"
    SIGNPOSTED = "signposted"
    FAILED = "failed"
    SILENT = "silent"
    """Nothing is to be said: staff hold the conversation, or the event asks for no words."""


class Version(StrEnum):
    """In which of its three versions a sentence is meant."""

    FULL = "full"
    PLAIN = "plain"
    SPOKEN = "spoken"
