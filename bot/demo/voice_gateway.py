"""The simulated gateway for calls: rings, reads out, waits for a key, reads back."""

from bot.demo.gateway import GatewayDoor, GatewayKeys, Item, number_of, text_of
from bot.demo.gateway_receipts import Receipt, Receipts
from bot.demo.telephones import Habit, Ring, Telephones
from bot.demo.world import World
from data.civic.errors import PlatformRefused

PATH, ACCOUNT = "/voice/calls", "county-voice"
LONGEST = 1_200
TOLD = {
    Habit.LISTENS: "read",
    Habit.HANGS_UP: "hung_up",
    Habit.NO_ANSWER: "no_answer",
    Habit.LINE_BUSY: "line_busy",
}


def voice_gateway(world: World, keys: GatewayKeys, receipts: Receipts) -> GatewayDoor:
    """Make the door."""
    telephones = world.telephones

    def take(item: Item) -> tuple[Receipt, ...]:
        return _take(telephones, item)

    return GatewayDoor(world, keys, receipts, path=PATH, account=ACCOUNT, take=take)


def pressed(ring: Ring, number: str, key: str) -> Receipt:
    """Tell that somebody pressed a key, or said words, in a call that rang until then."""
    return Receipt(reference=ring.reference, to=number, told="answered", answer=key)


def _take(telephones: Telephones, item: Item) -> tuple[Receipt, ...]:
    number, reference = number_of(item), str(item["reference"])
    text = text_of(item, "text", longest=LONGEST)
    telephone = telephones.at(number)
    if telephone.habit is Habit.DEAD:
        raise PlatformRefused("nobody has this number", code="bad_number")
    menu = str(item.get("menu", ""))
    telephones.ring(number, kind="call", reference=reference, text=text, menu=menu)
    match telephone.habit:
        case Habit.RINGS:
            return ()
        case Habit.ANSWERS:
            asked = str(item.get("read_back", ""))
            answer = (telephone.words or asked) if asked else "1"
            return (Receipt(reference=reference, to=number, told="answered", answer=answer),)
        case Habit.NEEDS_HELP:
            return (Receipt(reference=reference, to=number, told="answered", answer="2"),)
        case habit:
            return (Receipt(reference=reference, to=number, told=TOLD[habit]),)
