"""Answers to a warning for the family: 我妈平安 counts, where she has agreed to it.

It is heard only from whom somebody has made a proxy; from everybody else it means what it means.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.civic.calendar import day_in_words, local
from data.civic.labels import Outcome
from data.civic.sending.rows import Said
from data.civic.talk.conversations import Await, Awaited, Move, Option, Stay
from data.civic.talk.messages import Choices, Reply, Say, Turn
from handlers import answer_words, relations
from handlers.acts import answer_for_family
from handlers.acts.answer_for_family import Relative
from handlers.acts.answer_warning import Answered
from handlers.clarifying import most_choices
from handlers.office import Office
from handlers.received import INTENTS, title_of
from handlers.word_lists import holds
from handlers.wording import reply, say, written

FAMILY = "family"
"""The slot under which it is awaited who is meant."""
LONGEST = 60
"""Characters of a text that can be an answer for somebody."""
COUNTED = (Said.RECEIVED, Said.SAFE)
_RECORDED = ("who", "time", "title", "hotline")

WORDS: Mapping[str, tuple[str, ...]] = {
    "family_received": _RECORDED,
    "family_safe": _RECORDED,
    "family_before": _RECORDED,
    "family_stays": (*_RECORDED, "worker", "phone"),
    "family_stays_nobody": _RECORDED,
    "family_ask_received": ("hotline",),
    "family_ask_safe": ("hotline",),
    "family_still_open": ("who", "title", "hotline"),
    **{f"family_option_{one}": ("who",) for one in COUNTED},
    **{f"family_words_{one}": () for one in (*COUNTED, Said.STAYS)},
    "family_words_doubtful": (),
}


async def answer(turn: Turn, office: Office) -> Reply | None:
    """Write down what was said for somebody; ask for whom; None: it is said for nobody."""
    said, alone = _said(turn), _alone(turn)
    of = relations.heard(turn.release, turn.message.text) if said else frozenset()
    if not (said and of) and alone is None:
        return None
    by = turn.conversation.key.id
    found = await answer_for_family.relatives(office, by, said or Said.RECEIVED)
    meant = [one for one in found if one.relation in of]
    if said and meant:
        return await _written(turn, office, meant, said)
    waiting = [one for one in found if one.open]
    return _ask(turn, waiting, alone) if alone and waiting else None


async def picked(turn: Turn, office: Office, said: Said) -> Reply | None:
    """Write down what was tapped; None: nothing was."""
    wanted = turn.answers.get(FAMILY)
    if wanted is None:
        return None
    found = await answer_for_family.relatives(office, turn.conversation.key.id)
    meant = [one for one in found if one.id == wanted]
    return await _written(turn, office, meant, said) if meant else None


async def beside(turn: Turn, office: Office, made: Reply) -> Reply:
    """Under one's own answer, tell of whom of the family there is none yet."""
    found = await answer_for_family.relatives(office, turn.conversation.key.id)
    waiting = [one for one in found if one.open]
    if not waiting:
        return made
    first = waiting[0]
    who = _who(turn, first, waiting)
    words = say(
        turn.release,
        "family_still_open",
        who=who,
        title=title_of(first.informing),
        hotline=turn.release.rules.hotline,
    )
    if any(isinstance(one, Stay) for one in made.moves):
        return replace(made, parts=(*made.parts, words))
    options = _options(turn, waiting, COUNTED[1:] if len(waiting) > 1 else COUNTED)
    parts = (*made.parts, words, Choices(options=options))
    return replace(made, parts=parts, moves=(*made.moves, _awaiting(options)))


async def _written(turn: Turn, office: Office, meant: Sequence[Relative], said: Said) -> Reply:
    words = []
    for one in meant:
        answered = await answer_for_family.answer(office, turn.conversation.key.id, one, said)
        words.append(_words_for(turn, one, meant, answered, said))
    made = replace(reply(turn, Outcome.ANSWERED, *words), intent=INTENTS[said], aspect=None)
    moves: tuple[Move, ...] = (Stay(),) if turn.conversation.awaited else ()
    return replace(made, moves=moves)


def _words_for(
    turn: Turn, one: Relative, all_of: Sequence[Relative], answered: Answered, said: Said
) -> Say:
    release, confirmed = turn.release, answered.confirmed
    at = local(confirmed.confirmation.at)
    values = {
        "who": _who(turn, one, all_of),
        "time": f"{day_in_words(at.date())} {at:%H:%M}",
        "title": title_of(answered.informing),
        "hotline": release.rules.hotline,
    }
    if said is Said.STAYS:
        if (worker := confirmed.visit_by) is None:
            return say(release, "family_stays_nobody", **values)
        return say(release, "family_stays", **values, worker=worker.name, phone=worker.phone)
    return say(release, f"family_{said}" if confirmed.first else "family_before", **values)


def _ask(turn: Turn, waiting: Sequence[Relative], said: Said) -> Reply:
    """One's own word is none for the family: ask for whom it is meant."""
    options = _options(turn, waiting, (said,))
    hotline = turn.release.rules.hotline
    words = say(turn.release, f"family_ask_{said}", hotline=hotline)
    made = reply(turn, Outcome.CLARIFYING, words, Choices(options=options))
    return replace(made, intent=INTENTS[said], aspect=None, moves=(_awaiting(options),))


def _options(
    turn: Turn, waiting: Sequence[Relative], answers: Sequence[Said]
) -> tuple[Option, ...]:
    made = [
        Option(
            label=written(turn.release, f"family_option_{said}", who=_who(turn, one, waiting)),
            intent=INTENTS[said],
            value=one.id,
        )
        for one in waiting
        for said in answers
    ]
    return tuple(made[: most_choices(turn)])


def _awaiting(options: tuple[Option, ...]) -> Await:
    return Await(awaited=Awaited(intent=INTENTS[Said.SAFE], slot=FAMILY, options=options))


def _who(turn: Turn, one: Relative, others: Sequence[Relative]) -> str:
    """Say who it is: mother; where there are two, with as much of the name as tells them apart."""
    said = relations.said(turn.release, one.relation)
    alike = [other for other in others if other.relation is one.relation]
    return said if len(alike) < 2 else said + relations.masked(one.spoken.person.name)


def _said(turn: Turn) -> Said | None:
    """Tell what a text says of somebody; a question says nothing."""
    text, release = turn.message.text, turn.release
    replies = release.rules.replies
    if len(text) > LONGEST or answer_words.needs(replies, text):
        return None
    if holds(release, "family_words_stays", text):
        return Said.STAYS
    if holds(release, "family_words_doubtful", text) or answer_words.unsafe(replies, text):
        return None
    return next((one for one in (Said.SAFE, Said.RECEIVED) if _holds(turn, one)), None)


def _holds(turn: Turn, said: Said) -> bool:
    return holds(turn.release, f"family_words_{said}", turn.message.text)


def _alone(turn: Turn) -> Said | None:
    """Tell whether one's own answer was said, and nothing else."""
    text, replies = turn.message.text, turn.release.rules.replies
    return next(
        (one for one in (Said.SAFE, Said.RECEIVED) if answer_words.alone(replies, one, text)), None
    )
