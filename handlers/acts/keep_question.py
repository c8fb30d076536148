"""Keep a question that was not answered well, masked, for staff to teach from."""

from data.civic.privacy import mask
from data.civic.talk.messages import Turn
from data.civic.talk.unanswered import UnansweredQuestion, Why
from handlers.office import Office


async def keep(turn: Turn, office: Office, why: Why) -> None:
    """Keep the question of this turn, or the one that it was the answer to.

    Idempotent: the same message is kept once.
    """
    best = turn.understanding.candidates[:1]
    question = UnansweredQuestion(
        message=turn.message.id,
        conversation=turn.conversation.key.id,
        text=mask(turn.answers.get("question") or turn.message.text),
        guess=best[0].intent if best else None,
        confidence=best[0].confidence if best else 0.0,
        why=why,
        area=turn.area,
        at=office.clock.now(),
    )
    await office.stores.unanswered.add(question)
