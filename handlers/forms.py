"""Fill the slots that a desk needs: from the sentence, from the awaited answer, or by asking."""

from collections.abc import Mapping
from dataclasses import replace

from data.civic.ids import NOT_OURS, IntentId
from data.civic.labels import Kind, Next, Outcome
from data.civic.talk.conversations import Await, Awaited
from data.civic.talk.messages import Reply, Slots, Turn
from handlers.desk import Binding
from handlers.word_lists import bare, holds, listed
from handlers.wording import reply, say
from intents.spoken_digits import last_four

WORDS: Mapping[str, tuple[str, ...]] = {
    "ask_again": (),
    "form_given_up": ("hotline",),
    "words_wish": (),
    "words_asking": (),
    "words_service": (),
    "words_lost": (),
}

WHOLE_TEXT = "details"
"""The slot that takes the whole message."""

BEGUN = "begun"
"""Under this is kept what was said of the matter before its details were asked for."""

HELP = IntentId("need_help")
URGENT = frozenset(
    map(
        IntentId,
        (
            "emergency_phone",
            "evacuation",
            "safety_code",
            "safety_code_register",
            "shelter",
            "warning_now",
        ),
    )
)
"""What is asked in an emergency: a question about it is nobody's complaint and no hazard."""

LAST_FOUR = "last_four"
"""The slot that takes the end of a telephone or ID number, also when it is given whole."""

ENOUGH_DETAIL = 12
"""From so many characters on a first message is taken as the details themselves."""

SUBSTANCE = 2
"""From so many characters besides the wish itself first words say something of the matter."""

TRIES = 2


def question_for(slot: str) -> str:
    """Name the sentence that asks for a slot."""
    return f"ask_{slot}"


def first_fill(turn: Turn, binding: Binding) -> Turn:
    """Take what the sentence that named the matter says already."""
    heard = {slot: _heard(turn, slot, asked=False) for slot in binding.needs}
    begun = _begun(turn) if WHOLE_TEXT in heard and not heard[WHOLE_TEXT] else ""
    return _with(turn, {**heard, BEGUN: begun})


def fill_awaited(turn: Turn, awaited: Awaited, binding: Binding) -> Turn:
    """Take the answer to what was asked, and anything else that was said along with it."""
    turn = replace(turn, answers=dict(awaited.answers))
    heard = {slot: _heard(turn, slot, asked=slot == awaited.slot) for slot in binding.needs}
    return _with(turn, heard)


def missing(turn: Turn, binding: Binding) -> str | None:
    """Tell the first slot that is still open."""
    return next((slot for slot in binding.needs if not turn.answers.get(slot)), None)


def is_mere_talk(turn: Turn) -> bool:
    """Say whether a greeting, or the wish for a human, came in the place of an answer."""
    heard = turn.release.intents.get(turn.understanding.intent or NOT_OURS)
    short = len(turn.message.text.strip()) < ENOUGH_DETAIL
    return short and heard is not None and heard.kind is Kind.TALK


def is_asking(turn: Turn) -> bool:
    """Say whether a message is put as a question."""
    return holds(turn.release, "words_asking", turn.message.text)


def is_another_matter(turn: Turn, awaited: Awaited) -> bool:
    """Say whether what came in the place of the whole text is surely no part of it.

    A cry for help never is; a question about warnings, shelters and the way back is none; of
    other services, a short one.
    """
    heard = turn.understanding
    if awaited.slot != WHOLE_TEXT or heard.intent == awaited.intent:
        return False
    if heard.next is Next.ANSWER and heard.intent in URGENT:
        return is_asking(turn)
    return (heard.next is Next.ANSWER and heard.intent == HELP) or is_asking_for_service(turn)


def is_asking_for_service(turn: Turn) -> bool:
    """Say whether a message is a short question about one of the services, whichever it is."""
    heard = turn.understanding
    known = turn.release.intents.get(heard.intent or NOT_OURS)
    guide = known is not None and known.kind in (Kind.GUIDE, Kind.BUNDLE)
    short = len(turn.message.text.strip()) < ENOUGH_DETAIL
    near = guide and short and heard.next in (Next.ANSWER, Next.CLARIFY)
    return near and holds(turn.release, "words_service", turn.message.text)


def ask(turn: Turn, intent: IntentId, slot: str, *, before: Awaited | None) -> Reply:
    """Ask for a slot; after two vain tries say so and name the telephone."""
    tries = before.tries + 1 if before is not None and before.slot == slot else 0
    if tries > TRIES:
        words = say(turn.release, "form_given_up", hotline=turn.release.rules.hotline)
        return reply(turn, Outcome.SIGNPOSTED, words)
    again = (say(turn.release, "ask_again"),) if tries else ()
    question = say(turn.release, question_for(slot), hotline=turn.release.rules.hotline)
    awaited = Awaited(intent=intent, slot=slot, answers=tuple(turn.answers.items()), tries=tries)
    asked = reply(turn, Outcome.CLARIFYING, *again, question)
    return replace(asked, intent=intent, moves=(Await(awaited=awaited),))


def _with(turn: Turn, heard: Mapping[str, str | None]) -> Turn:
    found = {slot: value for slot, value in heard.items() if value}
    return replace(turn, answers={**found, **turn.answers})


def _heard(turn: Turn, slot: str, *, asked: bool) -> str | None:
    if slot == WHOLE_TEXT:
        return _details(turn, asked=asked)
    slots = turn.understanding.slots
    if slot == LAST_FOUR:
        return _last_four(slots) or (last_four(turn.message.text) if asked else None)
    return _slot(slots, slot)


def _details(turn: Turn, *, asked: bool) -> str | None:
    """Take the message, or the question that a choice was offered for, if it says enough."""
    text = turn.message.text.strip()
    if asked and len(text) < ENOUGH_DETAIL and holds(turn.release, "words_lost", text):
        return None
    if asked:
        return "\n".join(filter(None, (turn.answers.get(BEGUN), text)))
    if len(text) >= ENOUGH_DETAIL:
        return text
    before = turn.answers.get("question", "")
    return before if len(before) >= ENOUGH_DETAIL else None


def _begun(turn: Turn) -> str:
    """Tell what the first words say of the matter itself, masked; nothing where they only wish."""
    said = turn.answers.get("question") or turn.message.masked
    intent = turn.release.intents.get(turn.understanding.intent or NOT_OURS)
    wishes = (*listed(turn.release, "words_wish"), *((intent.title,) if intent else ()))
    rest = bare(said)
    for word in sorted(wishes, key=len, reverse=True):
        rest = rest.replace(word, "")
    small = turn.release.rules.replies.small_words
    return said if sum(one not in small for one in rest) >= SUBSTANCE else ""


def _last_four(slots: Slots) -> str | None:
    given = slots.last_four or slots.id_number or slots.phone
    return given[-4:] if given else None


def _slot(slots: Slots, name: str) -> str | None:
    value = getattr(slots, name, None)
    return None if value is None else str(value)
