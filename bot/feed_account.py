"""A feed of warnings as the accounts file tells it: who pushes, with which key, for what.

[[feed]]  name kind="national"|"cap" secret issuers=["code or name", …] area="330109"
          heartbeat_minutes=15 stale_hours=24 confirm_first=true|false
          tests_to=["login", …] title="what staff call it: the station's name"
"""

from datetime import timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from bot.account_fields import Name, Secret
from data.civic.ids import AreaCode, FeedId
from data.civic.warning import drills
from data.civic.warning.feeds import Feed, FeedFormat

SHORTEST_SECRET = 32
"""Characters that the key of a feed must have."""

Division = Annotated[str, StringConstraints(pattern=r"^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$")]
Issuer = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


class FeedAccount(BaseModel):
    """A feed: it pushes to `/feeds/{name}`."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: Name
    kind: FeedFormat
    secret: Secret
    issuers: Annotated[tuple[Issuer, ...], Field(min_length=1)]
    area: Division
    heartbeat_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = 15
    stale_hours: Annotated[int, Field(ge=1, le=24 * 7)] = 24
    confirm_first: bool = False
    tests_to: tuple[Name, ...] = ()
    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = ""

    @field_validator("name")
    @classmethod
    def _no_drill(cls, name: str) -> str:
        if drills.is_drill(name):
            raise ValueError(f"begins with {drills.PREFIX}, which is kept for drills")
        return name

    @field_validator("secret")
    @classmethod
    def _long_enough(cls, secret: Secret) -> Secret:
        if len(secret.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"must have at least {SHORTEST_SECRET} characters")
        return secret

    def feed(self) -> Feed:
        """Give the feed without its key."""
        return Feed(
            id=FeedId(self.name),
            format=self.kind,
            issuers=frozenset(self.issuers),
            area=AreaCode(self.area),
            heartbeat=timedelta(minutes=self.heartbeat_minutes),
            stale_after=timedelta(hours=self.stale_hours),
            confirm_first=self.confirm_first,
            tests_to=frozenset(self.tests_to),
            title=self.title,
        )
