"""Where one finds shelter now, with places, pets and wheelchairs; and what relief is handed out."""

from collections.abc import Sequence

from data.civic.ids import IntentId
from data.civic.safety.nearest import Offer, Party
from data.civic.safety.shelters import Places
from data.civic.talk.messages import Reply, Say, Turn
from handlers import shelter_words
from handlers.acts.find_relief import find_relief
from handlers.acts.find_shelter import find_shelter
from handlers.clarifying import QUESTION
from handlers.desk import Desk
from handlers.fixed_answers import TOPIC, answered, known
from handlers.here import here
from handlers.informing_words import time_in_words
from handlers.office import Office
from handlers.word_lists import PARTED, holds
from handlers.wording import say, written

SHELTER = IntentId("shelter")
PETS = "pets"
"""The topic of the intent that says that a shelter must take animals."""
MOST_PEOPLE = 200

desk = Desk(
    "shelters",
    words={
        **shelter_words.WORDS,
        "shelter_none": ("place", "wanted", "hotline"),
        "shelter_words_wheelchair": (),
        **{f"shelter_wanted_{one}": () for one in ("any", "pets", "wheelchair")},
        "shelter_wanted_people": ("people",),
    },
)


@desk.on("shelter")
async def tell_shelter(turn: Turn, office: Office) -> Reply:
    """Tell the nearest shelters with places; then what the release says to the question."""
    told, place = known(turn), (await here(turn, office)).area
    if not await office.stores.shelters.open():
        return answered(turn, told)
    people = min(turn.understanding.slots.people or 1, MOST_PEOPLE)
    party = Party(
        area=place,
        takes=Places(people),
        pets=told.topic_id == PETS,
        wheelchair=holds(turn.release, "shelter_words_wheelchair", _asked(turn)),
    )
    where = turn.release.places.full_name(place)
    if offers := await find_shelter(office, party):
        found = shelter_words.several(turn.release, offers, where)
    else:
        anybody = Party(area=party.area)
        found = _none(turn, party, await find_shelter(office, anybody))
    return answered(turn, told, found, *((told.topic,) if told.topic else ()))


@desk.on("relief")
async def tell_relief(turn: Turn, office: Office) -> Reply:
    """Tell what is handed out where; where nothing is booked in, whom to ask."""
    told = known(turn)
    shelves = await find_relief(office)
    if not shelves:
        return answered(turn, told)
    time = time_in_words(turn.release, office.clock.now())
    found = shelter_words.relief(turn.release, shelves, time)
    return answered(turn, told, found, *((told.topic,) if told.topic else ()))


def _asked(turn: Turn) -> str:
    """Put together what was asked: the label of a topic that was tapped counts as said."""
    answer = turn.release.intents[SHELTER].answer
    tapped = answer.topic(turn.answers.get(TOPIC)) if answer else None
    label = tapped.label if tapped else ""
    return f"{turn.answers.get(QUESTION, '')} {turn.message.text} {turn.understanding.text} {label}"


def _none(turn: Turn, party: Party, others: Sequence[Offer]) -> Say:
    """Say that no shelter fits and what was looked for; list those that are open all the same."""
    release = turn.release
    wanted = [
        written(release, f"shelter_wanted_{one}")
        for one, is_wanted in ((PETS, party.pets), ("wheelchair", party.wheelchair))
        if is_wanted
    ]
    if party.takes.people > 1:
        wanted.append(written(release, "shelter_wanted_people", people=str(party.takes.people)))
    place = release.places.full_name(party.area)
    named = PARTED.join(wanted) or written(release, "shelter_wanted_any")
    if others:
        return shelter_words.unfitting(release, others, place, named)
    hotline = release.rules.hotline
    return say(release, "shelter_none", place=place, wanted=named, hotline=hotline)
