"""Notices of a work app (DingTalk, WeCom) to staff: they tell when they were opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.channels.gateway import Gateway, Handed

PATH = "/workapp/notices"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notice to one member of staff."""

    reference: str
    """Under which its receipts come back."""
    to: str = field(repr=False)
    """What the work app calls the person."""
    title: str
    text: str = field(repr=False)
    page: str = ""
    """What opens behind it: a path of the console."""
    urgent: bool = True
    """Rings until it is opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkApp:
    """Sends notices."""

    gateway: Gateway

    async def notify(self, notices: Sequence[Notice]) -> Mapping[str, Handed]:
        """Hand notices over; tell by reference what became of each.

        Raises:
            NothingSent: nothing was taken; it may be later.
            PlatformUnavailable: no answer; each may or may not have been taken.
            PlatformRefused: nothing was taken, nor will it be.
        """
        items = [
            {
                "reference": one.reference,
                "to": one.to,
                "title": one.title,
                "text": one.text,
                "page": one.page,
                "urgent": one.urgent,
            }
            for one in notices
        ]
        return await self.gateway.hand_over(PATH, items)
