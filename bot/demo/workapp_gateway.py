"""The simulated work app (DingTalk, WeCom): notices to staff, and who has opened them."""

from bot.demo.gateway import GatewayDoor, GatewayKeys, Item, text_of
from bot.demo.gateway_receipts import Receipt, Receipts
from bot.demo.telephones import Habit, Telephones
from bot.demo.world import World
from data.civic.errors import PlatformRefused

PATH, ACCOUNT = "/workapp/notices", "county-workapp"
LONGEST = 2_000
OPENS = (Habit.ANSWERS, Habit.NEEDS_HELP, Habit.LISTENS)
"""Who takes calls opens notices."""


def workapp_gateway(world: World, keys: GatewayKeys, receipts: Receipts) -> GatewayDoor:
    """Make the door."""
    telephones = world.telephones

    def take(item: Item) -> tuple[Receipt, ...]:
        return _take(telephones, item)

    return GatewayDoor(world, keys, receipts, path=PATH, account=ACCOUNT, take=take)


def _take(telephones: Telephones, item: Item) -> tuple[Receipt, ...]:
    to, reference = text_of(item, "to", longest=64), str(item["reference"])
    title = text_of(item, "title", longest=100)
    text = text_of(item, "text", longest=LONGEST)
    person = telephones.at(to)
    if person.habit is Habit.DEAD:
        raise PlatformRefused("nobody is called so here", code="unknown_staff")
    telephones.ring(to, kind="notice", reference=reference, text=f"{title}\n{text}")
    told = ["delivered", "read"] if person.habit in OPENS else ["delivered"]
    return tuple(Receipt(reference=reference, to=to, told=one) for one in told)
