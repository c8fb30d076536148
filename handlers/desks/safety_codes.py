"""My safety code in the chat: its colour in words and why, its digits, what one can say to it."""

from dataclasses import replace

from data.civic.errors import Conflict
from data.civic.ids import IntentId
from data.civic.knowing.colour_rules import CodeColour
from data.civic.labels import Outcome
from data.civic.privacy import mask_name
from data.civic.safety.colours import Reason
from data.civic.safety.nearest import Party
from data.civic.talk.conversations import Await, Awaited, Option, TalkOf, Topic
from data.civic.talk.messages import Choices, Part, Reply, Say, Turn
from handlers import code_words, colour_words, shelter_words
from handlers.acts import my_colour, say_where
from handlers.acts.find_shelter import find_shelter
from handlers.acts.my_code import MyCode, my_codes
from handlers.acts.my_colour import CodeColouring
from handlers.clarifying import QUESTION, most_choices
from handlers.desk import Desk
from handlers.fixed_answers import answered, known
from handlers.informing_words import time_in_words
from handlers.office import Office
from handlers.wording import reply, say, written

MOST = 5
"""People of one reply; the page shows all."""
CODE, NEED_HELP = IntentId("safety_code"), IntentId("need_help")
SAID, VILLAGE = "code_said", "code_village"
"""What was tapped, as `moving/7`; the village where somebody stays."""
WHO, MOVING, RELATIVES = "who", "moving", "relatives"
LIFTED = "lifted"
"""The topic of why a code is not green again: one's own colour is told first."""
VILLAGE_DIGITS, TRIES = 12, 1
_RECORDED = ("name", "time", "hotline")

desk = Desk(
    "safety_codes",
    words={
        **code_words.WORDS,
        **colour_words.WORDS,
        **shelter_words.WORDS,
        **{f"code_option_{one}": () for one in (MOVING, "help", RELATIVES)},
        "code_option_person": ("name",),
        "code_ask_who": (),
        "code_help_text": ("name", "place"),
        "code_said_moving": _RECORDED,
        "code_ask_village": ("name",),
        "code_village_unknown": ("name", "hotline"),
        "code_said_relatives": (*_RECORDED, "by", "place"),
        "code_said_relatives_own": (*_RECORDED, "place"),
        "code_not_taken": ("name", "hotline"),
    },
)


def _names_village(turn: Turn) -> bool:
    return turn.understanding.slots.area is not None


@desk.on(CODE, asks={VILLAGE: _names_village})
async def tell_my_code(turn: Turn, office: Office) -> Reply:
    """Tell colour, reason and code of who is registered here; take what was said to it."""
    told = known(turn)
    own = told.topic is None or told.topic_id == LIFTED
    found = await my_colour.own(office, turn.conversation.key.id) if own else []
    if not found:
        return answered(turn, told)
    what, _, handle = turn.answers.get(SAID, "").partition("/")
    meant = next((one for one in found if str(one.person.id) == handle), None)
    if meant is not None and what == MOVING:
        return await _on_the_way(turn, office, meant)
    if meant is not None and what == RELATIVES:
        return await _with_relatives(turn, office, meant)
    if meant is not None:
        return await _shown(turn, office, [meant])
    return await _shown(turn, office, found)


async def _shown(turn: Turn, office: Office, found: list[CodeColouring]) -> Reply:
    release, reds = turn.release, [one for one in found if one.colouring.reason is Reason.ORDER]
    codes = {one.person.id: one for one in await my_codes(office, turn.conversation.key.id)}
    parts: list[Part] = []
    for one in [*reds, *(other for other in found if other not in reds)][:MOST]:
        parts += await _about(turn, office, one, codes.get(one.person.id))
    parts.append(colour_words.basis(release, found[0]))
    if any(one.colouring.colour is not CodeColour.GREEN for one in found):
        parts += _why_not_green(turn)
    topic = TalkOf(topic=Topic(intent=CODE))
    if not reds:
        return answered(turn, known(turn), *parts)
    awaited = _awaited(turn, reds)
    made = reply(turn, Outcome.ANSWERED, *parts, Choices(options=awaited.options))
    return replace(made, intent=CODE, moves=(topic, Await(awaited=awaited)))


async def _about(turn: Turn, office: Office, one: CodeColouring, code: MyCode | None) -> list[Say]:
    """Tell what concerns one person: of who must leave, whom to call and what to take as well."""
    release, parts = turn.release, list(colour_words.why(turn.release, one))
    if one.colouring.reason is Reason.ORDER:
        worker = await say_where.who_answers_for(office, one.person)
        offers = await find_shelter(office, Party(area=one.colouring.facts.place))
        near = [shelter_words.nearest(release, offers[0])] if offers else []
        parts += [colour_words.who_comes(release, worker), *near, say(release, "code_take")]
    if code is not None:
        parts.append(code_words.shown_words(release, code))
    return parts


def _why_not_green(turn: Turn) -> list[Say]:
    """Say when a colour changes to who asked that."""
    told = known(turn)
    return [told.topic] if told.topic is not None and told.topic_id == LIFTED else []


def _awaited(turn: Turn, reds: list[CodeColouring]) -> Awaited:
    """Offer what somebody can say who must leave; of several, whom it is about first."""
    release = turn.release
    if len(reds) > 1:
        options = tuple(
            Option(label=_named(turn, one), intent=CODE, value=f"{WHO}/{one.person.id}")
            for one in reds[: most_choices(turn)]
        )
        return Awaited(intent=CODE, slot=SAID, options=options)
    (one,) = reds
    place, name = release.places.full_name(one.person.village), mask_name(one.person.name)
    options = (
        _option(turn, MOVING, one),
        Option(label=written(release, "code_option_help"), intent=NEED_HELP),
        _option(turn, RELATIVES, one),
    )
    asked = written(release, "code_help_text", name=name, place=place)
    return Awaited(intent=CODE, slot=SAID, options=options, answers=((QUESTION, asked),))


def _option(turn: Turn, what: str, one: CodeColouring) -> Option:
    label = written(turn.release, f"code_option_{what}")
    return Option(label=label, intent=CODE, value=f"{what}/{one.person.id}")


def _named(turn: Turn, one: CodeColouring) -> str:
    return written(turn.release, "code_option_person", name=mask_name(one.person.name))


async def _on_the_way(turn: Turn, office: Office, one: CodeColouring) -> Reply:
    try:
        await say_where.on_the_way(office, turn.conversation.key.id, one)
    except Conflict:
        return _said(turn, office, one, "code_not_taken")
    return _said(turn, office, one, "code_said_moving")


async def _with_relatives(turn: Turn, office: Office, one: CodeColouring) -> Reply:
    """Ask for the village, then write down what is said; of oneself it is an intention."""
    area = turn.understanding.slots.area if VILLAGE in turn.answers else None
    if area is None or len(area) != VILLAGE_DIGITS:
        return _ask_village(turn, office, one)
    conversation = turn.conversation.key.id
    try:
        standing = await say_where.with_relatives(office, conversation, one, area)
    except Conflict:
        return _said(turn, office, one, "code_not_taken")
    place = turn.release.places.full_name(area)
    if not standing.moved:
        return _said(turn, office, one, "code_said_relatives_own", place=place)
    by = standing.last.who if standing.last else ""
    return _said(turn, office, one, "code_said_relatives", place=place, by=by)


def _ask_village(turn: Turn, office: Office, one: CodeColouring) -> Reply:
    before = turn.conversation.awaited
    tries = before.tries + 1 if before is not None and before.slot == VILLAGE else 0
    if tries > TRIES:
        return _said(turn, office, one, "code_village_unknown")
    kept = ((SAID, f"{RELATIVES}/{one.person.id}"),)
    awaited = Awaited(intent=CODE, slot=VILLAGE, answers=kept, tries=tries)
    words = say(turn.release, "code_ask_village", name=mask_name(one.person.name))
    made = reply(turn, Outcome.CLARIFYING, words)
    return replace(made, intent=CODE, moves=(Await(awaited=awaited),))


def _said(turn: Turn, office: Office, one: CodeColouring, key: str, **more: str) -> Reply:
    release = turn.release
    words = say(
        release,
        key,
        name=mask_name(one.person.name),
        time=time_in_words(release, office.clock.now()),
        hotline=release.rules.hotline,
        **more,
    )
    made = reply(turn, Outcome.ANSWERED, words)
    return replace(made, intent=CODE, moves=(TalkOf(topic=Topic(intent=CODE)),))
