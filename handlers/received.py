"""Answers to a warning: 收到, 我平安, 我不走 are written down for whoever is registered here.

Said alone such an answer counts whatever was being talked about; for whoever was sent nothing,
or is not registered, it means what it always means.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.civic.calendar import day_in_words, local
from data.civic.ids import IntentId
from data.civic.knowing.releases import Release, Replies
from data.civic.labels import Outcome
from data.civic.sending.informing import Informing
from data.civic.sending.rows import Said
from data.civic.talk.conversations import Await, Awaited, Move, Option, Stay
from data.civic.talk.messages import Choices, Reply, Say, Turn
from handlers.acts import answer_warning
from handlers.acts.answer_warning import Answered
from handlers.office import Office
from handlers.word_lists import bare
from handlers.wording import reply, say, written

INTENTS: Mapping[Said, IntentId] = {
    Said.RECEIVED: IntentId("warning_ack"),
    Said.SAFE: IntentId("safe_report"),
    Said.STAYS: IntentId("move_refuse"),
}
OPTION = "answer"
"""The slot under which a tap on an answer is awaited."""
TITLE = 40
"""Characters of a warning's title in an answer."""

_RECORDED = ("time", "title", "hotline")

WORDS: Mapping[str, tuple[str, ...]] = {
    "answer_received": _RECORDED,
    "answer_received_before": _RECORDED,
    "answer_safe": _RECORDED,
    "answer_safe_before": _RECORDED,
    "answer_stays": (*_RECORDED, "worker", "phone"),
    "answer_stays_nobody": _RECORDED,
    "answer_still_open": ("title",),
    "answer_none": ("hotline",),
    **{f"answer_ask_{one}": ("title", "hotline") for one in INTENTS},
    **{f"answer_option_{one}": () for one in INTENTS},
}


async def answer(turn: Turn, office: Office) -> Reply | None:
    """Write down an answer that was said alone; None when it is none, or for no warning."""
    said = next((one for one in INTENTS if _alone(turn, one)), None)
    return await _written(turn, office, said) if said else None


async def heard(turn: Turn, office: Office, said: Said) -> Reply | None:
    """Write down an answer in a longer sentence; ask to say it plainly where it may be none."""
    text = turn.message.text
    replies = turn.release.rules.replies
    plain = any(one in text for one in _words(replies, said))
    if plain and not any(one in text for one in replies.doubtful):
        return await _written(turn, office, said)
    sent = await answer_warning.sent_to(office, turn.conversation.key.id)
    to = answer_warning.meant(sent, said)
    return _ask(turn, said, to.informing) if to else None


def words_for(release: Release, said: Said, answered: Answered) -> Say:
    """Say what was written down, by whomever it was said first."""
    confirmed = answered.confirmed
    at = local(confirmed.confirmation.at)
    values = {
        "time": f"{day_in_words(at.date())} {at:%H:%M}",
        "title": title_of(answered.informing),
        "hotline": release.rules.hotline,
    }
    if said is Said.STAYS:
        return _visit(release, answered, values)
    again = confirmed.confirmation.said is not said or not confirmed.first
    return say(release, f"answer_{said}_before" if again else f"answer_{said}", **values)


async def _written(turn: Turn, office: Office, said: Said) -> Reply | None:
    answered = await answer_warning.answer(office, turn.conversation.key.id, said)
    if answered is None:
        return None
    open_still = [
        say(turn.release, "answer_still_open", title=title_of(one))
        for one in answered.still_open[:1]
    ]
    words = (words_for(turn.release, said, answered), *open_still)
    made = replace(reply(turn, Outcome.ANSWERED, *words), intent=INTENTS[said], aspect=None)
    moves: tuple[Move, ...] = (Stay(),) if turn.conversation.awaited else ()
    return replace(made, moves=moves)


def _visit(release: Release, answered: Answered, values: Mapping[str, str]) -> Say:
    """Name who comes; where nobody answers for the place, say that."""
    worker = answered.confirmed.visit_by
    if worker is None:
        return say(release, "answer_stays_nobody", **values)
    return say(release, "answer_stays", **values, worker=worker.name, phone=worker.phone)


def _ask(turn: Turn, said: Said, informing: Informing) -> Reply:
    """Ask to say it in the words that count, and offer them to tap."""
    release, intent = turn.release, INTENTS[said]
    hotline, title = release.rules.hotline, title_of(informing)
    words = say(release, f"answer_ask_{said}", title=title, hotline=hotline)
    options = (Option(label=written(release, f"answer_option_{said}")),)
    awaited = Awaited(intent=intent, slot=OPTION, options=options)
    made = reply(turn, Outcome.CLARIFYING, words, Choices(options=options))
    return replace(made, moves=(Await(awaited=awaited),))


def title_of(informing: Informing) -> str:
    """Name a warning by the first line of what was sent."""
    first = informing.words.text.strip().splitlines()[0]
    return first if len(first) <= TITLE else first[: TITLE - 1] + "…"


def _alone(turn: Turn, said: Said) -> bool:
    return bare(turn.message.text) in _words(turn.release.rules.replies, said)


def _words(replies: Replies, said: Said) -> Sequence[str]:
    match said:
        case Said.RECEIVED:
            return replies.received
        case Said.SAFE:
            return replies.safe
        case Said.STAYS:
            return replies.stays
        case Said.HELP:
            return ()
