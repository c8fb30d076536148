"""An appeal against the colour of one's code, in the chat: see why, say what is wrong, be heard."""

from dataclasses import replace

from data.civic.errors import BadInput, Conflict
from data.civic.ids import IntentId
from data.civic.labels import Outcome
from data.civic.privacy import mask_name
from data.civic.safety.appeals import LONGEST
from data.civic.talk.conversations import Await, Awaited, Option, TalkOf, Topic
from data.civic.talk.messages import Choices, Reply, Turn
from handlers import colour_words
from handlers.acts import my_colour
from handlers.acts.appeal import appeal
from handlers.acts.my_colour import CodeColouring
from handlers.clarifying import most_choices
from handlers.desk import Desk
from handlers.fixed_answers import answered, known
from handlers.informing_words import time_in_words
from handlers.office import Office
from handlers.word_lists import holds
from handlers.wording import reply, say, written

APPEAL = IntentId("code_appeal")
WHO, WORDS = "appeal_who", "appeal_words"
SHORTEST = 4
"""Characters of what can say what is wrong."""

desk = Desk(
    "appeals",
    words={
        **colour_words.WORDS,
        "appeal_ask_who": (),
        "appeal_option_person": ("name",),
        "appeal_ask_words": (),
        "appeal_taken": ("time", "name", "colour", "hotline"),
        "appeal_waits": ("name", "hotline"),
        "appeal_words_asking": (),
    },
)


def _tells(turn: Turn) -> bool:
    """Say whether a message tells what is wrong, whatever else it may be about."""
    text = turn.message.text.strip()
    return len(text) >= SHORTEST and not holds(turn.release, "appeal_words_asking", text)


@desk.on(APPEAL, asks={WORDS: _tells})
async def take_appeal(turn: Turn, office: Office) -> Reply:
    """Show the colour and why, ask what is wrong, and have another officer answer."""
    found = await my_colour.own(office, turn.conversation.key.id)
    if not found:
        return answered(turn, known(turn))
    meant = [one for one in found if str(one.person.id) == turn.answers.get(WHO)]
    one = meant[0] if meant else found[0]
    if meant and WORDS in turn.answers:
        return await _made(turn, office, one, turn.answers[WORDS])
    return _ask_words(turn, one) if meant or len(found) == 1 else _ask_who(turn, found)


def _ask_who(turn: Turn, found: list[CodeColouring]) -> Reply:
    release = turn.release
    options = tuple(
        Option(
            label=written(release, "appeal_option_person", name=mask_name(one.person.name)),
            intent=APPEAL,
            value=str(one.person.id),
        )
        for one in found[: most_choices(turn)]
    )
    awaited = Awaited(intent=APPEAL, slot=WHO, options=options)
    words = say(release, "appeal_ask_who")
    made = reply(turn, Outcome.CLARIFYING, words, Choices(options=options))
    return replace(made, intent=APPEAL, moves=(Await(awaited=awaited),))


def _ask_words(turn: Turn, one: CodeColouring) -> Reply:
    release = turn.release
    parts = (*colour_words.why(release, one), say(release, "appeal_ask_words"))
    awaited = Awaited(intent=APPEAL, slot=WORDS, answers=((WHO, str(one.person.id)),))
    made = reply(turn, Outcome.CLARIFYING, *parts)
    return replace(made, intent=APPEAL, moves=(Await(awaited=awaited),))


async def _made(turn: Turn, office: Office, one: CodeColouring, words: str) -> Reply:
    release, name = turn.release, mask_name(one.person.name)
    facts = {"name": name, "hotline": release.rules.hotline}
    try:
        await appeal(office, turn.conversation.key.id, one.person.id, words[:LONGEST])
    except BadInput:
        return _ask_words(turn, one)
    except Conflict:
        made = reply(turn, Outcome.ANSWERED, say(release, "appeal_waits", **facts))
    else:
        at = time_in_words(release, office.clock.now())
        colour = colour_words.colour_in_words(release, one.colouring)
        taken = say(release, "appeal_taken", time=at, colour=colour, **facts)
        made = reply(turn, Outcome.ANSWERED, taken)
    return replace(made, intent=APPEAL, moves=(TalkOf(topic=Topic(intent=APPEAL)),))
