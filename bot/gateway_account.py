"""A gateway for text messages, calls or notices of a work app, as the accounts file tells it.

[[sms]] [[voice]] [[workapp]]  name api_base key secret per_second=50
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from bot.account_fields import Name, PlatformId, Secret, WebAddress, on_this_machine

SHORTEST_SECRET = 32
"""Characters that the secret of a gateway must have."""


class GatewayAccount(BaseModel):
    """A gateway: we call `api_base`, it tells what became of it at `/receipts/{name}`."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: Name
    api_base: WebAddress
    key: PlatformId
    """By what name the gateway knows us."""
    secret: Secret
    """What both sides sign with."""
    per_second: Annotated[int, Field(ge=1, le=10_000)] = 50
    """How many messages a second it takes from all of us together."""

    @field_validator("secret")
    @classmethod
    def _long_enough(cls, secret: Secret) -> Secret:
        if len(secret.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"must have at least {SHORTEST_SECRET} characters")
        return secret

    @property
    def for_drills(self) -> bool:
        """Say whether it stands on this machine: what is sent there reaches nobody."""
        return on_this_machine(self.api_base)
