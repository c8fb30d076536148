"""The gate: does a release understand and answer the golden questions?"""

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


async def failing(office: Office, directory: Directory) -> tuple[str, ...]:
    """Ask every golden question of the office's release; tell what is wrong with each that fails.

    Nothing is kept: the desk is asked directly, as for somebody who asks for the first time.
    """
    found = [await _wrong(office, directory, one) for one in office.release.golden]
    return tuple(wrong for wrong in found if wrong is not None)


async def _wrong(office: Office, directory: Directory, question: GoldenQuestion) -> str | None:
    heard = office.ear.understand(question.text)
    if heard.intent != question.intent:
        return f"{question.text}: heard as {heard.intent}, not {question.intent}"
    if heard.next not in ANSWERED:
        return f"{question.text}: would not be answered but {heard.next}"
    if heard.aspect != question.aspect:
        return f"{question.text}: aspect {heard.aspect}, not {question.aspect}"
    if question.intent in directory.by_intent:
        return None  # its desk acts, and the gate must leave nothing behind
    handler = directory.binding(office.release.intents[question.intent]).handler
    try:
        answer = await handler(_turn(office, question, heard), office)
    except BianminError as error:
        return f"{question.text}: {error}"
    return None if _holds(answer, question.phrase) else f"{question.text}: no {question.phrase}"


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
