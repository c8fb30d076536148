"""What the phones page may ask of the simulated platforms, and no more."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Citizen = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
"""Whose phone it is: the page makes the name, and only who knows it sees the inbox."""


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AskCode(_Asked):
    """Get a login code for the mini-program's page."""

    platform: Literal["wechat", "alipay"]
    user: Citizen


class AskSay(_Asked):
    """Say something to the service account, or follow it."""

    user: Citizen
    text: str = Field(default="", max_length=2000)
    choice: str = Field(default="", max_length=128)
    event: Literal["", "subscribe"] = ""


class AskInbox(_Asked):
    """Look for new lines in the service account's chat."""

    user: Citizen
    after: int = Field(default=0, ge=0)


class AskArrive(_Asked):
    """Hold the code of a phone out at the shelter of the drill."""

    phone: Literal["wechat", "alipay"]
