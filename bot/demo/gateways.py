"""The simulated gateways together: text messages, calls and notices, on one port."""

from dataclasses import dataclass
from typing import Self

from aiohttp import web

from bot.demo.gateway import LARGEST_BODY, GatewayDoor, GatewayKeys
from bot.demo.gateway_receipts import Receipts
from bot.demo.sms_gateway import sms_gateway
from bot.demo.voice_gateway import ACCOUNT, pressed, voice_gateway
from bot.demo.workapp_gateway import workapp_gateway
from bot.demo.world import World
from data.civic.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateways:
    """All gateways."""

    world: World
    receipts: Receipts
    doors: tuple[GatewayDoor, ...]

    @classmethod
    def of(cls, world: World, keys: GatewayKeys, receipts: Receipts) -> Self:
        """Make the gateways of a world."""
        made = (sms_gateway, voice_gateway, workapp_gateway)
        doors = tuple(make(world, keys, receipts) for make in made)
        return cls(world=world, receipts=receipts, doors=doors)

    def application(self) -> web.Application:
        """Make the server."""
        app = web.Application(client_max_size=LARGEST_BODY)
        app.add_routes([one.route() for one in self.doors])
        return app

    def press(self, number: str, key: str) -> str:
        """Press a key in the call that rings; tell the call's reference.

        Raises:
            NotFound: nothing rings there.
        """
        ring = self.world.telephones.ringing(number)
        if ring is None:
            raise NotFound(f"no call rings at {number}")
        self.receipts.tell_later(ACCOUNT, [pressed(ring, number, key)], after_s=0)
        return ring.reference

    def forget(self) -> None:
        """Forget what was handed over."""
        for one in self.doors:
            one.forget()
