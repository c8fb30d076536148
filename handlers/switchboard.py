"""The switchboard: from what was heard to the desk that answers, and never without an answer.

Order: danger · staff hold the conversation · odd messages · "that was no use" · an answer to a
warning · a number typed · what was awaited · where one is · whether it is over · follow-up · the
intent, a choice, or the way on for what is not known.
What stands over a reply while a warning is in force is put there last, in one place.
"""

from dataclasses import replace

import structlog

from data.civic.errors import BianminError
from data.civic.ids import IntentId
from data.civic.labels import Next, Outcome
from data.civic.talk.choices import number_in, picked
from data.civic.talk.conversations import (
    AskIn,
    Attention,
    Await,
    Awaited,
    Care,
    LiveIn,
    Move,
    Option,
    Stay,
)
from data.civic.talk.messages import Candidate, Choices, MessageKind, Reply, Say, Turn
from data.civic.talk.unanswered import Why
from handlers import (
    agreeing,
    arriving,
    calling,
    clarifying,
    drilled,
    family,
    forms,
    going_back,
    odd,
    received,
    standing,
    stranded,
    useless,
)
from handlers.acts import keep_question
from handlers.acts.keep_question import Asked
from handlers.clarifying import NEED_HELP
from handlers.context import is_follow_up, is_only_place
from handlers.desk import Binding
from handlers.directory import DANGER, Directory
from handlers.going_back import EVACUATION
from handlers.office import Office
from handlers.switchwords import words_for
from handlers.wording import reply, say

log = structlog.get_logger()


class Switchboard:
    """Sends each turn to the desk that answers it."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    async def answer(self, turn: Turn, office: Office) -> Reply:
        """Answer a turn; whatever fails becomes words with a telephone number."""
        try:
            made = await self._route(turn, office)
        except BianminError as error:
            log.warning("turn refused", message=turn.message.trace, error=type(error).__name__)
            made = await _kept(turn, office, _in_words(turn, error))
        except Exception as error:
            log.exception("turn failed", message=turn.message.trace, error=type(error).__name__)
            made = await _kept(turn, office, _in_words(turn, error))
        return _finished(turn, await standing.over(turn, office, made))

    async def _route(self, turn: Turn, office: Office) -> Reply:
        if turn.understanding.danger:
            return await self._directory.by_intent[DANGER].handler(turn, office)
        if turn.conversation.attention is Attention.HUMAN:
            return Reply(parts=(), outcome=Outcome.SILENT)
        if found := odd.answer(turn) or await useless.answer(turn, office):
            return found
        if found := await _word(turn, office) or calling.answer(turn):
            return found
        if turn.conversation.awaited is not None:
            found = await self._awaited(turn, office, turn.conversation.awaited)
            if found is not None:
                return found
        return await self._fresh(turn, office)

    async def _awaited(self, turn: Turn, office: Office, awaited: Awaited) -> Reply | None:
        """Take a message as the answer that was asked for; None when it is something else."""
        text = turn.message.text
        if odd.says(turn.release.rules.replies.cancel, text):
            return reply(turn, Outcome.ANSWERED, say(turn.release, "cancelled"))
        if awaited.slot == clarifying.CLARIFY and odd.says(turn.release.rules.replies.none, text):
            return await self._none(turn, office, awaited)
        option = picked(awaited.options, text)
        if option and option.intent != awaited.intent and awaited.slot != clarifying.CLARIFY:
            return await self._picked(_of_no_place(turn), office, awaited, option)
        found = await self._gone_on(turn, office, awaited, option)
        return _there_still(turn, found) if found else None

    async def _gone_on(
        self, turn: Turn, office: Office, awaited: Awaited, option: Option | None
    ) -> Reply | None:
        """Go on with the matter that asked; None when the message is something else."""
        if option is not None:
            return await self._picked(turn, office, awaited, option)
        if awaited.options and number_in(turn.message.text) is not None:
            return clarifying.pick_again(turn, awaited)
        return await self._filled(turn, office, awaited)

    async def _none(self, turn: Turn, office: Office, awaited: Awaited) -> Reply:
        asked = replace(turn, answers=dict(awaited.answers))
        return await clarifying.none_picked(asked, office)

    async def _picked(
        self, turn: Turn, office: Office, awaited: Awaited, option: Option
    ) -> Reply | None:
        if option.value == clarifying.NONE:
            return await self._none(turn, office, awaited)
        if option.intent is None or option.intent not in turn.release.intents:
            return await self._fresh(_meaning(turn, office, option.label), office)
        answers = dict(awaited.answers)
        if option.value:
            answers[awaited.slot] = option.value
        chosen = replace(_about(turn, option.intent), answers=answers)
        heard = replace(chosen.understanding, aspect=option.aspect)
        return await self._ask(replace(chosen, understanding=heard), office, option.intent)

    async def _filled(self, turn: Turn, office: Office, awaited: Awaited) -> Reply | None:
        """Take the message as a slot's value, unless it clearly speaks of something else."""
        intent = turn.release.intents.get(awaited.intent)
        if intent is None:
            return None
        binding = self._directory.binding(intent)
        if awaited.slot in binding.asks:
            return await self._told(turn, office, awaited, binding)
        if forms.is_another_matter(turn, awaited):
            return await self._aside(turn, office) if awaited.answer(forms.BEGUN) else None
        if awaited.options or awaited.slot not in binding.needs:
            return None
        filled = forms.fill_awaited(turn, awaited, binding)
        elsewhere = turn.understanding.sure and turn.understanding.intent != awaited.intent
        if elsewhere and (not filled.answers.get(awaited.slot) or forms.is_mere_talk(turn)):
            return None
        return await self._fill(_about(filled, awaited.intent), office, binding, awaited)

    async def _told(
        self, turn: Turn, office: Office, awaited: Awaited, binding: Binding
    ) -> Reply | None:
        """Give a desk that asks for itself what was said; None when it is something else."""
        heard = turn.understanding
        elsewhere = heard.sure and heard.intent != awaited.intent
        loose = elsewhere or forms.is_mere_talk(turn) or awaited.slot == odd.SHOWN
        if not binding.asks[awaited.slot](turn) and loose:
            thanked = awaited.slot == odd.SHOWN and forms.is_mere_talk(turn)
            return await self._aside(turn, office) if thanked else None
        answers = {**dict(awaited.answers), awaited.slot: turn.message.text}
        told = replace(_about(turn, awaited.intent), answers=answers)
        return await binding.handler(told, office)

    async def _aside(self, turn: Turn, office: Office) -> Reply:
        """Answer in words what came in between, and go on waiting unless more has to be asked."""
        made = await self._fresh(turn, office)
        if made.outcome is Outcome.CLARIFYING:
            return made
        parts = tuple(one for one in made.parts if not isinstance(one, Choices))
        moves = (one for one in made.moves if not isinstance(one, Await))
        return replace(made, parts=parts, moves=(*moves, Stay()))

    async def _fresh(self, turn: Turn, office: Office) -> Reply:
        """Answer a message that stands on its own, or that follows up on the topic."""
        if found := await arriving.answer(turn, office) or await drilled.answer(turn, office):
            return found
        if await stranded.is_said(turn, office):
            return await self._ask(_about(turn, NEED_HELP), office, NEED_HELP)
        if await going_back.is_asked(turn, office):
            return await self._ask(_about(turn, EVACUATION), office, EVACUATION)
        topic = turn.conversation.topic
        if topic is not None and topic.intent in turn.release.intents and is_follow_up(turn):
            kept = {"situation": topic.situation} if topic.situation else {}
            asked = replace(_about(turn, topic.intent), answers=kept)
            return _there_still(turn, await self._ask(asked, office, topic.intent))
        return odd.place_noted(turn) if is_only_place(turn) else await self._new(turn, office)

    async def _new(self, turn: Turn, office: Office) -> Reply:
        """Answer a message by what was understood of it, and of nothing before."""
        heard = turn.understanding
        match heard.next:
            case _ if await _cries(turn, office):
                return await self._ask(_about(turn, NEED_HELP), office, NEED_HELP)
            case Next.ANSWER if heard.intent is not None:
                made = await self._ask(turn, office, heard.intent)
                await _note_if_narrow(turn, office, made)
                return made
            case Next.CLARIFY:
                return await clarifying.clarify(turn, office)
            case _:
                return await clarifying.unknown(turn, office)

    async def _ask(self, turn: Turn, office: Office, intent: IntentId) -> Reply:
        if (meant := received.meant_instead(turn, intent)) != intent:
            turn, intent = _about(turn, meant), meant
        binding = self._directory.binding(turn.release.intents[intent])
        if not binding.needs:
            return await binding.handler(turn, office)
        return await self._fill(forms.first_fill(turn, binding), office, binding, None)

    async def _fill(
        self, turn: Turn, office: Office, binding: Binding, before: Awaited | None
    ) -> Reply:
        slot = forms.missing(turn, binding)
        if slot is None:
            return await binding.handler(turn, office)
        return forms.ask(turn, turn.understanding.intent or DANGER, slot, before=before)


async def _cries(turn: Turn, office: Office) -> bool:
    """Say whether help is wanted, though it was not surely understood."""
    unsure = turn.understanding.next in (Next.CLARIFY, Next.SEARCH)
    return (unsure and clarifying.cries(turn)) or await calling.nobody_comes(turn, office)


async def _word(turn: Turn, office: Office) -> Reply | None:
    """Take a word that counts whatever is being talked about: 收到, 我妈平安, 同意."""
    if found := await received.answer(turn, office):
        return await family.beside(turn, office, found)
    return await family.answer(turn, office) or await agreeing.answer(turn, office)


def _in_words(turn: Turn, error: Exception) -> Reply:
    words, outcome = words_for(turn.release, error)
    return reply(turn, outcome, words)


async def _kept(turn: Turn, office: Office, made: Reply) -> Reply:
    """Keep the question of a turn that failed, if the store still takes it."""
    if made.outcome is Outcome.FAILED:
        try:
            await keep_question.keep(turn, office, Why.FAILED)
        except BianminError as error:
            log.warning("not kept", message=turn.message.trace, error=type(error).__name__)
    return made


async def _note_if_narrow(turn: Turn, office: Office, made: Reply) -> None:
    """Keep a question whose answer had hardly a lead over another one."""
    heard, limits = turn.understanding, turn.release.rules.thresholds
    narrow = heard.lead < limits.answer_margin * limits.narrow
    if narrow and heard.intent not in clarifying.MERELY_SAID:
        asked = Asked(text=turn.message.masked, reply=made)
        await keep_question.keep(turn, office, Why.LOW_MARGIN, asked=asked)


def _about(turn: Turn, intent: IntentId) -> Turn:
    """Understand the turn as being about `intent`, and the place that was named for it."""
    sure = (Candidate(intent=intent, confidence=1.0),)
    heard = replace(turn.understanding, candidates=sure, sure=True, next=Next.ANSWER)
    slots = replace(heard.slots, area=heard.slots.area or turn.conversation.asked_in)
    return replace(turn, understanding=replace(heard, slots=slots))


def _meaning(turn: Turn, office: Office, text: str) -> Turn:
    """Understand the turn as if `text` had been typed."""
    message = replace(turn.message, text=text)
    return replace(turn, message=message, understanding=office.ear.understand(text))


def _of_no_place(turn: Turn) -> Turn:
    """Leave the place of the matter before: another one is taken up."""
    return replace(turn, conversation=replace(turn.conversation, asked_in=None))


def _there_still(turn: Turn, made: Reply) -> Reply:
    """Keep the place of a matter that goes on."""
    place = turn.conversation.asked_in
    return replace(made, moves=(*made.moves, AskIn(area=place))) if place else made


def _place(turn: Turn) -> tuple[Move, ...]:
    """Remember a place that was named: as the citizen's own only where that was said."""
    slots = turn.understanding.slots
    if slots.area is None:
        return ()
    return (LiveIn(area=slots.area) if slots.place_own else AskIn(area=slots.area),)


def _finished(turn: Turn, made: Reply) -> Reply:
    """Remember a place that was named, and in care mode say how to reach a human."""
    moves = (*made.moves, *_place(turn))
    care = next((m.on for m in moves if isinstance(m, Care)), turn.conversation.care)
    footer: tuple[Say, ...] = ()
    unsaid = made.outcome is not Outcome.HANDED_OVER and turn.message.kind is MessageKind.TEXT
    if care and made.parts and unsaid:
        footer = (say(turn.release, "care_footer", hotline=turn.release.rules.hotline),)
    return replace(made, moves=moves, care=care, parts=(*made.parts, *footer))
