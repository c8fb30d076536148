"""The gate: does a release understand and answer the golden questions?"""

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from data.civic.errors import BianminError
from data.civic.ids import MessageId
from data.civic.knowing.releases import GoldenQuestion
from data.civic.labels import Channel, Next
from data.civic.talk.conversations import Conversation, ConversationKey
from data.civic.talk.messages import Message, MessageKind, Reply, Say, Turn, Understanding
from handlers.directory import Directory
from handlers.office import Office

ANSWERED = frozenset({Next.ANSWER, Next.DANGER})
NOBODY = ConversationKey(channel=Channel.TERMINAL, account="gate", user="golden")


class Why(StrEnum):
    """What is wrong with a question that fails."""

    HEARD = "heard"
    """It is taken for another matter."""
    UNSURE = "unsure"
    """The ear would ask back, or pass."""
    ASPECT = "aspect"
    ERROR = "error"
    """Its desk cannot answer."""
    WORDS = "words"
    """The answer does not hold the words that it must."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A golden question that fails: what was wanted, and what came of it."""

    question: str
    why: Why
    wanted: str
    got: str

    def __str__(self) -> str:
        """Write it as `question: what is wrong`."""
        return f"{self.question}: {self._what()}"

    def _what(self) -> str:
        match self.why:
            case Why.HEARD:
                return f"heard as {self.got}, not {self.wanted}"
            case Why.UNSURE:
                return f"would not be answered but {self.got}"
            case Why.ASPECT:
                return f"aspect {self.got}, not {self.wanted}"
            case Why.ERROR:
                return self.got
            case Why.WORDS:
                return f"no {self.wanted}"


async def failing(office: Office, directory: Directory) -> tuple[str, ...]:
    """Ask every golden question of the office's release; tell what is wrong with each that fails.

    Nothing is kept: the desk is asked directly, as for somebody who asks for the first time.
    """
    return tuple(str(miss) for miss in await misses(office, directory))


async def misses(office: Office, directory: Directory) -> tuple[Miss, ...]:
    """Ask every golden question, as `failing` does, and tell it in parts."""
    found: list[Miss] = []
    for question in office.release.golden:
        missed = await _missed(office, directory, question)
        if missed is not None:
            found.append(missed)
        await asyncio.sleep(0)  # a door that asks has others to serve between two questions
    return tuple(found)


async def _missed(office: Office, directory: Directory, question: GoldenQuestion) -> Miss | None:
    def miss(why: Why, wanted: object, got: object) -> Miss:
        return Miss(question=question.text, why=why, wanted=str(wanted), got=str(got))

    heard = office.ear.understand(question.text)
    if heard.intent != question.intent:
        return miss(Why.HEARD, question.intent, heard.intent)
    if heard.next not in ANSWERED:
        return miss(Why.UNSURE, Next.ANSWER, heard.next)
    if heard.aspect != question.aspect:
        return miss(Why.ASPECT, question.aspect, heard.aspect)
    if question.intent in directory.by_intent:
        return None  # its desk acts, and the gate must leave nothing behind
    handler = directory.binding(office.release.intents[question.intent]).handler
    try:
        answer = await handler(_turn(office, question, heard), office)
    except BianminError as error:
        return miss(Why.ERROR, question.phrase, error)
    return None if _holds(answer, question.phrase) else miss(Why.WORDS, question.phrase, "")


def _turn(office: Office, question: GoldenQuestion, heard: Understanding) -> Turn:
    message = Message(
        id=MessageId(f"{NOBODY.id}/gate"),
        conversation=NOBODY,
        kind=MessageKind.TEXT,
        text=question.text,
        sent_at=office.clock.now(),
    )
    return Turn(
        message=message,
        conversation=Conversation(key=NOBODY),
        understanding=heard,
        release=office.release,
    )


def _holds(answer: Reply, phrase: str) -> bool:
    return any(phrase in part.full for part in answer.parts if isinstance(part, Say))
