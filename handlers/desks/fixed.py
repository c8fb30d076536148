"""Intents that always say the same: small talk, knowledge for emergencies, where to look up."""

from dataclasses import replace

from data.civic.errors import NotFound
from data.civic.ids import IntentId
from data.civic.knowing.releases import AnswerTopic, FixedAnswer
from data.civic.labels import Kind, Outcome
from data.civic.talk.conversations import Await, Awaited, Move, Option, TalkOf, Topic
from data.civic.talk.messages import Choices, Reply, Turn
from handlers.clarifying import QUESTION, most_choices
from handlers.desk import Desk
from handlers.office import Office
from handlers.wording import reply, said

desk = Desk("fixed")

TOPIC = "topic"
"""The slot under which a tap on an offered topic or choice is awaited."""

TOPICS = 2
"""So many other topics are offered at once."""

OUTCOMES = {Kind.STATUS: Outcome.SIGNPOSTED}
"""A status that we cannot look up ourselves is a signpost; everything else is an answer."""


@desk.on_kind(Kind.TALK)
@desk.on_kind(Kind.ACCOUNT)
@desk.on_kind(Kind.EMERGENCY)
@desk.on_kind(Kind.STATUS)
async def answer_fixed(turn: Turn, office: Office) -> Reply:
    """Say the intent's fixed answer and offer its choices."""
    intent = turn.release.intents[turn.understanding.intent or IntentId("")]
    if intent.answer is None:
        raise NotFound(f"{intent.id} has no fixed answer: write [answer]")
    topic = _topic(turn, intent.answer)
    words = topic.words if topic else intent.answer.words
    options = _options(intent.answer, intent.id, topic)[: most_choices(turn)]
    outcome = OUTCOMES.get(intent.kind, Outcome.ANSWERED)
    made = reply(turn, outcome, said(words), Choices(options=options))
    return replace(made, moves=_moves(intent.id, intent.kind, options))


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
