"""An answer to a warning that is taken back, or stands against no order.

Who is not safe after all is offered help, and is never asked to confirm 我平安; the first answer
of a household stands in the rows, so what can be changed is for whom somebody must come, and why.
"""

from collections.abc import Mapping
from dataclasses import replace

from data.civic.ids import IntentId
from data.civic.labels import Outcome
from data.civic.privacy import mask
from data.civic.safety.grids import GridWorker
from data.civic.sending.rows import Said
from data.civic.talk.conversations import Await, Awaited, Option
from data.civic.talk.messages import Choices, Reply, Say, Turn
from handlers import answer_words, drilled, warning_words
from handlers.acts import retract_answer
from handlers.acts.answer_warning import sent_to
from handlers.clarifying import NEED_HELP, QUESTION
from handlers.here import here
from handlers.office import Office
from handlers.wording import reply, say, written

SAFE, STAYS = IntentId("safe_report"), IntentId("move_refuse")
HELP_OPTION = "answer_option_help"
_WORKER = ("hotline", "worker", "phone")

WORDS: Mapping[str, tuple[str, ...]] = {
    "answer_not_safe": _WORKER,
    "answer_not_safe_nobody": ("hotline",),
    "answer_not_safe_passed": (),
    "answer_goes": _WORKER,
    "answer_goes_nobody": ("hotline",),
    "answer_stays_no_order": ("hotline",),
    HELP_OPTION: (),
}


async def answer(turn: Turn, office: Office) -> Reply | None:
    """Take back what was answered; None: nothing was, or nothing is taken back."""
    replies, text = turn.release.rules.replies, turn.message.text
    if answer_words.goes(replies, text):
        return await _goes(turn, office)
    if answer_words.only_unsafe(replies, text):
        sent = await sent_to(office, turn.conversation.key.id)
        return await not_safe(turn, office) if sent else None
    if not answer_words.mistaken(replies, text):
        return None
    match await retract_answer.just_said(office, turn.conversation.key.id):
        case Said.STAYS:
            return await _goes(turn, office)
        case Said.SAFE:
            return await not_safe(turn, office)
        case _:
            return None


async def not_safe(turn: Turn, office: Office) -> Reply:
    """Say whom to call; where the household counts as informed, have somebody come as well."""
    told = await retract_answer.unsafe(office, turn.conversation.key.id)
    passed = (say(turn.release, "answer_not_safe_passed"),) if told.passed else ()
    drill = drilled.note(turn, told.informing) if told.informing else ()
    words = _with_worker(turn, "answer_not_safe", told.worker)
    return _offering_help(turn, SAFE, words, *drill, *passed)


async def no_order(turn: Turn, office: Office) -> Reply | None:
    """Tell who stays that no order stands against it, and what is in force; None: sent nothing."""
    if not await sent_to(office, turn.conversation.key.id):
        return None
    release, found = turn.release, (await here(turn, office)).in_force
    words = say(release, "answer_stays_no_order", hotline=release.rules.hotline)
    over = warning_words.standing_over(release, found)
    parts = (words, *over, *warning_words.returns(release, found.returns))
    return replace(reply(turn, Outcome.ANSWERED, *parts), intent=STAYS, aspect=None)


async def _goes(turn: Turn, office: Office) -> Reply | None:
    told = await retract_answer.goes(office, turn.conversation.key.id)
    if told is None or told.informing is None:
        return None
    words = _with_worker(turn, "answer_goes", told.worker)
    return _offering_help(turn, STAYS, *drilled.note(turn, told.informing), words)


def _with_worker(turn: Turn, key: str, worker: GridWorker | None) -> Say:
    """Name who answers for the place; where nobody does, say whom else to call."""
    hotline = turn.release.rules.hotline
    if worker is None:
        return say(turn.release, f"{key}_nobody", hotline=hotline)
    return say(turn.release, key, hotline=hotline, worker=worker.name, phone=worker.phone)


def _offering_help(turn: Turn, intent: IntentId, *words: Say) -> Reply:
    options = (Option(label=written(turn.release, HELP_OPTION), intent=NEED_HELP),)
    asked = ((QUESTION, mask(turn.message.text)),)
    awaited = Awaited(intent=NEED_HELP, slot="answer", options=options, answers=asked)
    made = reply(turn, Outcome.ANSWERED, *words, Choices(options=options))
    return replace(made, intent=intent, aspect=None, moves=(Await(awaited=awaited),))
