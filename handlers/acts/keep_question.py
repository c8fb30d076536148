"""Keep a question that was not answered well, masked, and count it in its group."""

from dataclasses import dataclass, field

from data.civic.ids import IntentId
from data.civic.privacy import mask
from data.civic.talk.gist import gist_of
from data.civic.talk.harm import harm_of, stake_of
from data.civic.talk.messages import Candidate, Choices, Reply, Turn, Understanding
from data.civic.talk.unanswered import UnansweredQuestion, Why
from handlers.office import Office

LONGEST = 1_000
"""Characters of what the assistant said that are kept with the question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The question that was asked, now or before, and what was answered to it."""

    text: str = field(repr=False)
    """Masked."""
    reply: Reply | None = None


async def keep(turn: Turn, office: Office, why: Why, *, asked: Asked | None = None) -> None:
    """Keep the question of this turn, or the one that was asked before.

    Idempotent: the same message is kept once.
    """
    await put(office, _question(turn, office, why, asked))


async def put(office: Office, question: UnansweredQuestion) -> None:
    """Keep a question and count it in its group. Idempotent by its message."""
    await office.stores.unanswered.add(question)
    await office.stores.question_groups.note(question)


def _question(turn: Turn, office: Office, why: Why, asked: Asked | None) -> UnansweredQuestion:
    own = mask(turn.message.text)
    text, reply = asked.text if asked else own, asked.reply if asked else None
    heard = turn.understanding if text == own else office.ear.understand(text)
    best, second = _guesses(heard, reply)
    aspect = reply.aspect if reply else heard.aspect
    return UnansweredQuestion(
        message=turn.message.id,
        conversation=turn.conversation.key.id,
        text=text,
        guess=best.intent if best else None,
        confidence=best.confidence if best else 0.0,
        runner_up=second.intent if second else None,
        runner_up_confidence=second.confidence if second else 0.0,
        why=why,
        area=turn.area,
        at=office.clock.now(),
        guide=reply.source.guide if reply and reply.source else None,
        answer=said_in(reply) if reply else "",
        gist=gist_of(mask(heard.text)),
        harm=harm_of(why, stake_of(turn.release, best.intent if best else None, aspect)),
        release=turn.release_id,
    )


def said_in(reply: Reply) -> str:
    """Tell in masked words what was said and offered."""
    lines: list[str] = []
    for part in reply.parts:
        if isinstance(part, Choices):
            lines += [f"{n}. {one.label}" for n, one in enumerate(part.options, start=1)]
        else:
            lines.append(part.full)
    return mask("\n".join(lines))[:LONGEST]


def _guesses(
    heard: Understanding, reply: Reply | None
) -> tuple[Candidate | None, Candidate | None]:
    """Tell the best guess and the next; what was answered is the guess, whatever lay nearer."""
    answered = reply.intent if reply else None
    known = {one.intent: one for one in heard.candidates}
    ranked = list(heard.candidates)
    if answered is not None:
        first = known.get(answered) or Candidate(intent=IntentId(answered), confidence=0.0)
        ranked = [first, *(one for one in ranked if one.intent != answered)]
    best, second = [*ranked, None, None][:2]
    return best, second
