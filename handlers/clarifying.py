"""Not sure, or not known: offer at most four choices, or a useful way on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.civic.ids import NOT_OURS, IntentId
from data.civic.labels import Outcome
from data.civic.privacy import mask
from data.civic.talk.conversations import Await, Awaited, Option, Stay
from data.civic.talk.messages import Choices, Reply, Turn
from data.civic.talk.unanswered import Why
from handlers.acts import keep_question
from handlers.acts.keep_question import Asked
from handlers.office import Office
from handlers.wording import reply, said, say, written
from intents.foreign import foreign

WORDS: Mapping[str, tuple[str, ...]] = {
    "clarify": (),
    "none_of_these": (),
    "elsewhere": ("place", "county", "hotline"),
    "unknown": ("hotline",),
    "unknown_near": ("hotline",),
    "not_picked": ("hotline",),
    "pick_again": (),
}

CLARIFY = "clarify"
"""The slot under which a choice between intents is awaited."""

QUESTION = "question"
"""Under this the question is remembered that the choices were offered for, masked."""

NONE = "none"
"""The value of the option that says: none of these."""

MOST, MOST_IN_CARE = 4, 3

NEED_HELP = IntentId("need_help")
LANGUAGE = IntentId("language")
"""Its words say in English, too, what is understood here and whom to call."""

MERELY_SAID = frozenset(map(IntentId, ("abuse", "goodbye", "greeting", "thanks")))
"""What is said but wanted by nobody: never offered as a choice."""


def most_choices(turn: Turn) -> int:
    """Tell how many choices may be shown: four, in care mode three."""
    return MOST_IN_CARE if turn.conversation.care else MOST


def cries(turn: Turn) -> bool:
    """Say whether help is the likeliest that is wanted: nobody in need is offered a choice."""
    return turn.understanding.intent == NEED_HELP


async def clarify(turn: Turn, office: Office) -> Reply:
    """Ask which of the likeliest intents is meant; the last choice is none of them."""
    heard = [one.intent for one in turn.understanding.candidates]
    wanted = [one for one in heard if one not in MERELY_SAID][: most_choices(turn) - 1]
    return _offer(turn, "clarify", tuple(wanted)) if wanted else await unknown(turn, office)


async def unknown(turn: Turn, office: Office, *, why: Why = Why.UNKNOWN) -> Reply:
    """Say that it is not known, keep the question for staff, and offer what lies near."""
    if turn.understanding.slots.elsewhere is not None:
        return _elsewhere(turn, turn.understanding.slots.elsewhere)
    made = _in_chinese_only(turn) or _near_or_not(turn, _near(turn, office))
    asked = Asked(text=mask(turn.message.text), reply=made)
    await keep_question.keep(turn, office, why, asked=asked)
    return made


def _near_or_not(turn: Turn, near: tuple[IntentId, ...]) -> Reply:
    if near:
        return _offer(turn, "unknown_near", near)
    words = say(turn.release, "unknown", hotline=turn.release.rules.hotline)
    return reply(turn, Outcome.REFUSED, words)


def _in_chinese_only(turn: Turn) -> Reply | None:
    """Tell who writes in other letters what is spoken here, and the numbers; None to others."""
    spoken = turn.release.intents.get(LANGUAGE)
    if spoken is None or spoken.answer is None or not foreign(turn.message.text):
        return None
    return reply(turn, Outcome.REFUSED, said(spoken.answer.words))


async def none_picked(turn: Turn, office: Office) -> Reply:
    """The citizen wants none of the choices: keep the question and say who helps."""
    awaited = turn.conversation.awaited
    question = turn.answers.get(QUESTION) or mask(turn.message.text)
    offered = Choices(options=awaited.options if awaited else ())
    shown = Reply(parts=(offered,), outcome=Outcome.CLARIFYING)
    await keep_question.keep(turn, office, Why.UNSURE, asked=Asked(text=question, reply=shown))
    words = say(turn.release, "not_picked", hotline=turn.release.rules.hotline)
    return reply(turn, Outcome.SIGNPOSTED, words)


def offered_first(turn: Turn, made: Reply, first: Sequence[Option]) -> Reply:
    """Put choices before those that a reply offers, as many as may be shown; none is the last."""
    asked = next((one.awaited for one in made.moves if isinstance(one, Await)), None)
    offered = asked.options if asked else ()
    known = {one.intent for one in first}
    others = [one for one in offered if one.value != NONE and one.intent not in known]
    none = [one for one in offered if one.value == NONE]
    kept = others[: max(0, most_choices(turn) - len(first) - len(none))]
    options = (*first, *kept, *none)
    answers = asked.answers if asked else ((QUESTION, mask(turn.message.text)),)
    awaited = Awaited(
        intent=first[0].intent or NOT_OURS, slot=CLARIFY, options=options, answers=answers
    )
    parts = [one for one in made.parts if not isinstance(one, Choices)]
    moves = [one for one in made.moves if not isinstance(one, Await)]
    return replace(
        made,
        parts=(*parts, Choices(options=options)),
        moves=(*moves, Await(awaited=awaited)),
    )


def _elsewhere(turn: Turn, place: str) -> Reply:
    """Point to the place that the question is about; what holds here need not hold there."""
    places = turn.release.places
    words = say(
        turn.release,
        "elsewhere",
        place=place,
        county=places.name(places.county),
        hotline=turn.release.rules.hotline,
    )
    return reply(turn, Outcome.SIGNPOSTED, words)


def pick_again(turn: Turn, awaited: Awaited) -> Reply:
    """A number was given that no choice has: show the choices once more."""
    words = say(turn.release, "pick_again")
    shown = reply(turn, Outcome.CLARIFYING, words, Choices(options=awaited.options))
    return replace(shown, moves=(Stay(),))


def _near(turn: Turn, office: Office) -> tuple[IntentId, ...]:
    """Find intents whose guide shares words with the question."""
    hits = office.search.search(turn.understanding.text, limit=most_choices(turn) - 1)
    guides = [hit.guide for hit in hits]
    found = {one.guide: one.id for one in turn.release.intents.values() if one.guide in guides}
    return tuple(found[guide] for guide in guides if guide in found)


def _offer(turn: Turn, key: str, intents: tuple[IntentId, ...]) -> Reply:
    none = written(turn.release, "none_of_these")
    options = tuple(
        Option(label=turn.release.intents[one].title, intent=one, aspect=turn.understanding.aspect)
        for one in intents
    )
    options = (*options, Option(label=none, value=NONE))
    words = {"hotline": turn.release.rules.hotline} if WORDS[key] else {}
    asked = reply(
        turn, Outcome.CLARIFYING, say(turn.release, key, **words), Choices(options=options)
    )
    question = ((QUESTION, mask(turn.message.text)),)
    awaited = Awaited(intent=intents[0], slot=CLARIFY, options=options, answers=question)
    return replace(asked, moves=(Await(awaited=awaited),))
