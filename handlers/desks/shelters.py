"""Where one finds shelter now, with places, pets and wheelchairs; and what relief is handed out."""

from data.civic.ids import IntentId
from data.civic.safety.nearest import Party
from data.civic.safety.shelters import Places
from data.civic.talk.messages import Reply, Say, Turn
from handlers import shelter_words
from handlers.acts.find_relief import find_relief
from handlers.acts.find_shelter import find_shelter
from handlers.desk import Desk
from handlers.fixed_answers import Known, answered, known
from handlers.here import here
from handlers.informing_words import time_in_words
from handlers.office import Office
from handlers.word_lists import PARTED
from handlers.wording import said, say, written

SHELTER = IntentId("shelter")
PETS, SPECIAL_NEEDS = "pets", "special_needs"
"""Topics of the intent that say what a shelter must have."""
MOST_PEOPLE = 200

desk = Desk(
    "shelters",
    words={
        **shelter_words.WORDS,
        "shelter_none": ("place", "wanted", "hotline"),
        **{f"shelter_wanted_{one}": () for one in ("any", "pets", "wheelchair")},
        "shelter_wanted_people": ("people",),
    },
)


@desk.on("shelter")
async def tell_shelter(turn: Turn, office: Office) -> Reply:
    """Tell the nearest shelters with places; then what the release says to the question."""
    told, place = known(turn), (await here(turn, office)).area
    about = _topic(turn, told)
    if not await office.stores.shelters.open():
        return answered(turn, told)
    people = min(turn.understanding.slots.people or 1, MOST_PEOPLE)
    party = Party(
        area=place,
        takes=Places(people),
        pets=about == PETS,
        wheelchair=about == SPECIAL_NEEDS,
    )
    offers = await find_shelter(office, party)
    where = turn.release.places.full_name(place)
    found = shelter_words.several(turn.release, offers, where) if offers else _none(turn, party)
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


def _topic(turn: Turn, told: Known) -> str:
    """Name the topic that was asked for."""
    answer = turn.release.intents[SHELTER].answer
    found = [one.id for one in answer.topics if said(one.words) == told.topic] if answer else []
    return found[0] if found else ""


def _none(turn: Turn, party: Party) -> Say:
    """Say that no shelter takes them, and what was looked for."""
    release = turn.release
    wanted = [
        written(release, f"shelter_wanted_{one}")
        for one, is_wanted in ((PETS, party.pets), ("wheelchair", party.wheelchair))
        if is_wanted
    ]
    if party.takes.people > 1:
        wanted.append(written(release, "shelter_wanted_people", people=str(party.takes.people)))
    return say(
        release,
        "shelter_none",
        place=release.places.full_name(party.area),
        wanted=PARTED.join(wanted) or written(release, "shelter_wanted_any"),
        hotline=release.rules.hotline,
    )
