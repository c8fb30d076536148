"""The simulated gateway for text messages: delivers them, and brings what is sent back."""

from bot.demo.gateway import GatewayDoor, GatewayKeys, Item, number_of, text_of
from bot.demo.gateway_receipts import Receipt, Receipts
from bot.demo.telephones import Habit, Telephones
from bot.demo.world import World
from data.civic.errors import PlatformRefused

PATH, ACCOUNT = "/sms/messages", "county-sms"
LONGEST = 500


def sms_gateway(world: World, keys: GatewayKeys, receipts: Receipts) -> GatewayDoor:
    """Make the door."""
    telephones = world.telephones

    def take(item: Item) -> tuple[Receipt, ...]:
        return _take(telephones, item)

    return GatewayDoor(world, keys, receipts, path=PATH, account=ACCOUNT, take=take)


def _take(telephones: Telephones, item: Item) -> tuple[Receipt, ...]:
    number, reference = number_of(item), str(item["reference"])
    text = text_of(item, "text", longest=LONGEST)
    telephone = telephones.at(number)
    if telephone.habit is Habit.DEAD:
        raise PlatformRefused("nobody has this number", code="bad_number")
    telephones.ring(number, kind="sms", reference=reference, text=text)
    delivered = Receipt(reference=reference, to=number, told="delivered")
    if not telephone.reply:
        return (delivered,)
    answered = Receipt(reference=reference, to=number, told="answered", answer=telephone.reply)
    return (delivered, answered)
