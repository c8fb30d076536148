"""Codes over the wire of the staff API."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.api.wire import Wire
from bot.body_fields import Handle, PurposeText, Village
from bot.codewire import CodeHandle, KnownOut
from data.civic.safety.credentials import CodeState
from handlers.acts.issuing import Issued
from handlers.codes import readable


class CodeIn(Wire):
    """The text of a QR code, or the twelve digits under it."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class CodesIn(Wire):
    """For whom codes are to be printed."""

    people: Annotated[list[Handle], Field(min_length=1, max_length=200)]
    kind: Literal["sheet", "pendant"]
    household: bool = False
    purpose: PurposeText


class CodeEndIn(Wire):
    """Which code is ended or replaced, and why."""

    code: CodeHandle
    purpose: PurposeText


class DeviceIn(Wire):
    """Whose masked names a device may hold, and why."""

    villages: Annotated[list[Village], Field(min_length=1, max_length=30)]
    purpose: PurposeText


class IssuedOut(Wire):
    """A code to be printed."""

    code: str
    """Its handle: names it when it is lost or re-issued."""
    kind: str
    text: str
    """What the QR code holds."""
    digits: str
    village: str
    expires_at: datetime


class IssuedListOut(Wire):
    """Codes in the order asked; of a household one."""

    codes: list[IssuedOut]


class CodeEndedOut(Wire):
    """A code that no longer counts."""

    code: str
    state: CodeState
    over_at: datetime | None


class KnownListOut(Wire):
    """The codes of the villages that were asked for."""

    people: list[KnownOut]


def issued_out(one: Issued, digits: str) -> IssuedOut:
    """Write a code that was issued."""
    return IssuedOut(
        code=one.credential.id,
        kind=readable(one.credential.kind),
        text=one.text,
        digits=digits,
        village=one.credential.village,
        expires_at=one.credential.expires_at,
    )
