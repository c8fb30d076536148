"""The door for receipts: `POST /receipts/{account}`, signed by the gateway that tells them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

import structlog
from aiohttp import web
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from bot.accounts import Accounts, GatewaySort
from bot.body_fields import in_words
from bot.channels.bodies import read_body
from bot.channels.gateway_signing import prove
from bot.gateway_account import GatewayAccount
from data.civic.errors import BadInput
from data.civic.sending.receipts import GatewayReceipt, Told
from data.civic.sending.rows import Rung
from handlers.acts.take_receipts import take
from handlers.office import Office

LARGEST = 256 * 1024
_RUNGS: dict[GatewaySort, Rung] = {"sms": Rung.SMS, "voice": Rung.VOICE}

log = structlog.get_logger()


class ReceiptIn(BaseModel):
    """One receipt."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    reference: Annotated[str, Field(min_length=1, max_length=100)]
    told: Told
    answer: Annotated[str, Field(max_length=200)] = ""
    at: AwareDatetime


class ReceiptsIn(BaseModel):
    """What a gateway tells in one call."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    receipts: Annotated[tuple[ReceiptIn, ...], Field(max_length=1_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptDoor:
    """Takes receipts, and answers when they are written."""

    accounts: Accounts
    office: Callable[[], Office]
    window: timedelta

    def add(self, app: web.Application) -> None:
        """Put the door into an application."""
        app.router.add_post("/receipts/{account}", self.post)

    async def post(self, request: web.Request) -> web.Response:
        """Take receipts; of which nobody knows the reference is told, and not sent again."""
        sort, account = self.accounts.gateway(request.match_info["account"])
        body = await self._proven(request, account)
        try:
            told = ReceiptsIn.model_validate_json(body)
        except ValidationError as error:
            raise BadInput(in_words(error)) from None
        found = [_receipt(account.name, one) for one in told.receipts]
        unknown = await take(self.office(), found, by=_RUNGS.get(sort))
        if unknown:
            log.warning("receipts of nothing", account=account.name, count=len(unknown))
        return web.json_response({"taken": len(found) - len(unknown), "unknown": unknown})

    async def _proven(self, request: web.Request, account: GatewayAccount) -> bytes:
        body = await read_body(request, limit=LARGEST)
        now, secret = self.office().clock.now(), account.secret.get_secret_value()
        try:
            prove(request.headers, secret, request.path, body, now=now, window=self.window)
        except BadInput as error:
            log.warning("receipt refused", account=account.name, why=type(error).__name__)
            raise
        return body


def _receipt(account: str, one: ReceiptIn) -> GatewayReceipt:
    return GatewayReceipt(
        account=account, reference=one.reference, told=one.told, answer=one.answer, at=one.at
    )
