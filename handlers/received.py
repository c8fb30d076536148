"""Answers to a warning: 收到, 我平安, 我不走 are written down for whoever is registered here.

Said alone such an answer counts whatever was being talked about; for whoever was sent nothing,
or is not registered, it means what it always means.
"""

from collections.abc import Mapping
from dataclasses import replace

from data.civic.calendar import day_in_words, local
from data.civic.ids import IntentId
from data.civic.knowing.releases import Release
from data.civic.labels import Outcome
from data.civic.privacy import mask
from data.civic.sending.informing import Informing, InformingKind
from data.civic.sending.rows import Said
from data.civic.talk.conversations import Await, Awaited, Move, Option, Stay
from data.civic.talk.messages import Choices, Reply, Say, Turn
from handlers import answer_words, drilled, taking_back
from handlers.acts import answer_warning
from handlers.acts.answer_warning import Answered
from handlers.clarifying import NEED_HELP, QUESTION
from handlers.office import Office
from handlers.taking_back import HELP_OPTION
from handlers.word_lists import holds
from handlers.wording import reply, say, written

INTENTS: Mapping[Said, IntentId] = {
    Said.RECEIVED: IntentId("warning_ack"),
    Said.SAFE: IntentId("safe_report"),
    Said.STAYS: IntentId("move_refuse"),
}
PLAIN = (Said.SAFE, Said.RECEIVED)
"""What counts whatever was understood, where nothing that matters stands beside it."""
SHELTER, WARNING_NOW = IntentId("shelter"), IntentId("warning_now")
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
    "answer_received_over": _RECORDED,
    "answer_still_open": ("title",),
    "answer_none": ("hotline",),
    "answer_words_where": (),
    "answer_words_saying": (),
    "answer_words_missed": (),
    **{f"answer_ask_{one}": ("title", "hotline") for one in INTENTS},
    **{f"answer_option_{one}": () for one in INTENTS},
    **taking_back.WORDS,
}


async def answer(turn: Turn, office: Office) -> Reply | None:
    """Write down an answer that was said alone, or taken back; None when it is none."""
    replies, text = turn.release.rules.replies, turn.message.text
    said = next((one for one in INTENTS if answer_words.alone(replies, one, text)), None)
    if said is None:
        plain = (one for one in PLAIN if answer_words.counts(replies, one, text))
        said = next(plain, None)
    if said is None:
        return await taking_back.answer(turn, office)
    return await _written(turn, office, said)


async def heard(turn: Turn, office: Office, said: Said) -> Reply | None:
    """Write down an answer in a longer sentence; ask to say it plainly where it may be none."""
    replies, text = turn.release.rules.replies, turn.message.text
    if answer_words.counts(replies, said, text):
        return await _written(turn, office, said)
    sent = await answer_warning.sent_to(office, turn.conversation.key.id)
    if sent and said is not Said.STAYS and answer_words.unsafe(replies, text):
        return await taking_back.not_safe(turn, office)
    to = answer_warning.meant(turn.release, sent, said)
    if to is None:
        return await taking_back.no_order(turn, office) if sent else None
    return _ask(turn, said, to.informing)


def meant_instead(turn: Turn, intent: IntentId) -> IntentId:
    """Tell what is wanted where it sounds like an answer and is none.

    A need stands beside it, or it is asked where one is safe, or nothing has arrived.
    """
    if intent not in INTENTS.values():
        return intent
    release, text = turn.release, turn.message.text
    if answer_words.needs(release.rules.replies, text):
        return NEED_HELP
    if intent == INTENTS[Said.SAFE] and _asks_where(release, text):
        return SHELTER
    missed = intent == INTENTS[Said.RECEIVED] and holds(release, "answer_words_missed", text)
    return WARNING_NOW if missed else intent


def _asks_where(release: Release, text: str) -> bool:
    """Say whether it is asked where one is safe, not where one says so."""
    where, saying = "answer_words_where", "answer_words_saying"
    return holds(release, where, text) and not holds(release, saying, text)


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
    over = said is Said.RECEIVED and answered.informing.kind is InformingKind.LIFT
    how = "_before" if again else "_over" if over else ""
    return say(release, f"answer_{said}{how}", **values)


async def _written(turn: Turn, office: Office, said: Said) -> Reply | None:
    answered = await answer_warning.answer(office, turn.conversation.key.id, said)
    if answered is None:
        return await taking_back.no_order(turn, office) if said is Said.STAYS else None
    open_still = [
        say(turn.release, "answer_still_open", title=title_of(one))
        for one in answered.still_open[:1]
    ]
    drill = drilled.note(turn, answered.informing)
    words = (*drill, words_for(turn.release, said, answered), *open_still)
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
    options: tuple[Option, ...] = (Option(label=written(release, f"answer_option_{said}")),)
    if not answer_words.doubtful(release.rules.replies, turn.message.text):
        options = (*options, Option(label=written(release, HELP_OPTION), intent=NEED_HELP))
    asked = ((QUESTION, mask(turn.message.text)),)
    awaited = Awaited(intent=intent, slot=OPTION, options=options, answers=asked)
    drill = drilled.note(turn, informing)
    made = reply(turn, Outcome.CLARIFYING, *drill, words, Choices(options=options))
    return replace(made, moves=(Await(awaited=awaited),))


def title_of(informing: Informing) -> str:
    """Name a warning by the first line of what was sent."""
    first = informing.words.text.strip().splitlines()[0]
    return first if len(first) <= TITLE else first[: TITLE - 1] + "…"
