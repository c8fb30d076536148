"""People on a roster who register, ask to stand in, and agree: all by their own words."""

from dataclasses import replace

from bot.house import House
from data.civic.ids import AreaCode, PersonId
from data.civic.safety.identity import id_hash, phone_hash
from data.civic.safety.registrations import Kind, Registration, State
from data.civic.safety.rosters import Person
from data.civic.talk.conversations import ConversationKey
from tests import builders
from tests.handlers.talking import Talk, words
from tests.rosters import id_number
from tests.townsfolk import VILLAGE, person, settled

MOTHER_PHONE, DAUGHTER_PHONE = "13800000021", "13800000022"
MOTHER_ID, DAUGHTER_ID = id_number(21), id_number(22, born="19750304")


def known(
    handle: int,
    name: str,
    number: str,
    phone: str | None,
    *,
    village: AreaCode = VILLAGE,
    born: int = 1946,
) -> Person:
    """Put somebody on the roster as an import does: hashes of the numbers."""
    seal = builders.seal()
    return replace(
        person(handle, village=village, phone=phone),
        name=name,
        id_hash=id_hash(seal, number),
        id_last4=number[-4:],
        phone_hash=phone_hash(seal, phone) if phone else None,
        born_year=born,
    )


MOTHER = known(21, "王桂花", MOTHER_ID, MOTHER_PHONE)


async def on_the_roster(house: House, *people: Person) -> None:
    await settled(house.stores, *(people or (MOTHER,)))


def of(house: House, user: str) -> Talk:
    """Give somebody a conversation."""
    return Talk(house, by=builders.citizen(user))


async def registers(
    talk: Talk, name: str = "王桂花", number: str = MOTHER_ID, phone: str = MOTHER_PHONE
) -> str:
    """Go through the form for oneself; tell what was said at its end."""
    return words(await talk.say("我要给自己登记安全码", name, number[-4:], phone, "好"))


async def asks_for_mother(
    talk: Talk, name: str = "王桂花", number: str = MOTHER_ID, phone: str = MOTHER_PHONE
) -> str:
    """Go through the form for one's mother; tell what was said at its end."""
    said = ("怎么给我妈登记安全码", name, number[-4:], phone, "李小芳", "好")
    return words(await talk.say(*said))


async def code_for(house: House, talk: Talk) -> str:
    """Read the code that the person was sent, in the person's own history."""
    lines = await house.stores.messages.history(talk.by.id, before=None, limit=50)
    told = [one.text for one in lines if "同意请回复" in (one.text or "")]
    return told[-1].split("同意请回复“同意")[1][:4]


async def only(house: House, person: int = 21, kind: Kind = Kind.PROXY) -> Registration:
    """Fetch the only registration of a kind of somebody."""
    found = await house.stores.registrations.of_person(PersonId(person))
    (one,) = (each for each in found if each.kind is kind)
    return one


async def stands_in(house: House, daughter: Talk, mother: Talk) -> Registration:
    """Let a daughter stand in for her mother, with the mother's word."""
    await registers(mother)
    await asks_for_mother(daughter)
    await mother.say(f"同意{await code_for(house, mother)}")
    one = await only(house)
    assert one.state is State.STANDING
    return one


def key(user: str) -> ConversationKey:
    return builders.citizen(user)
