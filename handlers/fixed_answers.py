"""The fixed answer of an intent: its words, the topic that was asked for, what is offered next."""

from dataclasses import dataclass, replace

from data.civic.errors import NotFound
from data.civic.ids import IntentId
from data.civic.knowing.releases import AnswerTopic, FixedAnswer
from data.civic.labels import Kind, Outcome
from data.civic.talk.conversations import Await, Awaited, Move, Option, TalkOf, Topic
from data.civic.talk.messages import Choices, Part, Reply, Say, Turn
from handlers.clarifying import QUESTION, most_choices
from handlers.wording import reply, said

TOPIC = "topic"
"""The slot under which a tap on an offered topic or choice is awaited."""

TOPICS = 2
"""So many other topics are offered at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the release has to say to an intent, for this turn."""

    general: Say
    """The answer itself."""
    topic: Say | None
    """What is said to the topic that was asked for."""
    topic_id: str
    """Which topic that is; empty: none was asked for."""
    options: tuple[Option, ...]
    moves: tuple[Move, ...]

    @property
    def words(self) -> Say:
        """Tell what answers the question: its topic, else the answer itself."""
        return self.topic or self.general


def known(turn: Turn) -> Known:
    """Find the fixed answer of the turn's intent.

    Raises:
        NotFound: it has none; the directory refuses such a release.
    """
    intent = turn.release.intents[turn.understanding.intent or IntentId("")]
    if intent.answer is None:
        raise NotFound(f"{intent.id} has no fixed answer: write [answer]")
    topic = _topic(turn, intent.answer)
    options = _options(intent.answer, intent.id, topic)[: most_choices(turn)]
    return Known(
        general=said(intent.answer.words),
        topic=said(topic.words) if topic else None,
        topic_id=topic.id if topic else "",
        options=options,
        moves=_moves(intent.id, intent.kind, options),
    )


def answered(turn: Turn, told: Known, *parts: Part, outcome: Outcome = Outcome.ANSWERED) -> Reply:
    """Answer with these parts, without any with the release's words, and offer what is next."""
    made = reply(turn, outcome, *(parts or (told.words,)), Choices(options=told.options))
    return replace(made, moves=told.moves)


def _topic(turn: Turn, answer: FixedAnswer) -> AnswerTopic | None:
    """Find the topic that was tapped, or that the question names, as asked or as understood."""
    asked = f"{turn.answers.get(QUESTION, '')} {turn.message.text} {turn.understanding.text}"
    return answer.topic(turn.answers.get(TOPIC)) or answer.topic_in(asked)


def _options(
    answer: FixedAnswer, intent: IntentId, topic: AnswerTopic | None
) -> tuple[Option, ...]:
    """Offer two topics, those after the one just told first, then what the answer offers."""
    topics = list(answer.topics)
    if topic in topics:
        after = topics.index(topic) + 1
        topics = [*topics[after:], *topics[: after - 1]]
    told = [Option(label=one.label, intent=intent, value=one.id) for one in topics[:TOPICS]]
    return (*told, *(Option(label=label) for label in answer.choices))


def _moves(intent: IntentId, kind: Kind, options: tuple[Option, ...]) -> tuple[Move, ...]:
    """Remember the topic, but let a thank-you leave the old one standing."""
    moves: list[Move] = [] if kind is Kind.TALK else [TalkOf(topic=Topic(intent=intent))]
    if options:
        moves.append(Await(awaited=Awaited(intent=intent, slot=TOPIC, options=options)))
    return tuple(moves)
