"""What the control API is told, as models; what is not known or out of range is refused."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.demo.faults import ANYWHERE, FaultKind
from bot.demo.telephones import Habit

Name = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
"""An account, or what the demo calls a citizen."""


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TellCitizen(_Told):
    """Make a citizen known, or change what WeChat thinks of one."""

    account: Name
    user: Name
    following: bool | None = None
    high_risk: bool | None = None


class AnswerTemplate(_Told):
    """Let a citizen answer whether messages by a template may come."""

    platform: Literal["wechat", "alipay"] = "wechat"
    account: Name
    user: Name
    template: Name
    yes: bool = True
    changed: bool = False
    """Not when asked, but later, in the settings."""


class TellTelephone(_Told):
    """Say what somebody does when the telephone rings; without a number: what everybody does."""

    number: str = Field(default="", max_length=64)
    habit: Habit | None = None
    """None: what chance has given."""
    reply: str = Field(default="", max_length=200)
    words: str = Field(default="", max_length=200)


class Press(_Told):
    """Press a key, or say words, in the call that rings."""

    number: str = Field(min_length=1, max_length=64)
    key: str = Field(min_length=1, max_length=200)


class MintCode(_Told):
    """Log a citizen's page in: `wx.login`, or `my.getAuthCode`."""

    platform: Literal["wechat", "alipay"]
    account: Name
    user: Name


class Say(_Told):
    """Let a citizen type a text, or do something that is an event."""

    account: Name
    user: Name
    text: str = Field(default="", max_length=20_000)
    choice: str = Field(default="", max_length=128)
    """The id of a menu's item that was tapped; `text` is then its words."""
    event: str = Field(default="", max_length=64)
    event_key: str = Field(default="", max_length=128)
    copies: int = Field(default=1, ge=1, le=10)
    """How many equal pushes go out at the same time: a storm of retries."""


class OrderFault(_Told):
    """Let something go wrong."""

    kind: FaultKind
    where: str = Field(default=ANYWHERE, max_length=128)
    code: str = Field(default="", max_length=64)
    seconds: float = Field(default=0, ge=0, le=600)
    times: int | None = Field(default=None, ge=1)
    probability: float = Field(default=1.0, gt=0, le=1)


class ShiftClock(_Told):
    """Move the platforms' clock this far from the real one, in seconds."""

    shift_s: float = Field(ge=-(10**9), le=10**9)


class PointAt(_Told):
    """Push to another backend from now on."""

    url: str = Field(max_length=200)
