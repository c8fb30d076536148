"""A printed code for who has no smartphone: asked for in the chat, brought by the village."""

from collections.abc import Mapping
from dataclasses import replace

from data.civic.calendar import day_in_words, local
from data.civic.ids import IntentId
from data.civic.labels import Outcome
from data.civic.talk.conversations import Await, Awaited, Option, TalkOf, Topic
from data.civic.talk.messages import Choices, Reply, Turn
from data.civic.talk.tickets import TicketKind
from handlers import relations
from handlers.acts.my_colour import spoken_for
from handlers.acts.open_ticket import open_ticket
from handlers.office import Office
from handlers.wording import reply, say, written

REGISTER, STATUS = IntentId("safety_code_register"), IntentId("complaint_status")
PAPER, WANTED = "paper", "wanted"

WORDS: Mapping[str, tuple[str, ...]] = {
    "paper_offer": ("names", "hotline"),
    "paper_option": (),
    "paper_text": ("names",),
    "paper_asked": ("number", "names", "due", "hotline"),
}


async def answer(turn: Turn, office: Office) -> Reply | None:
    """Offer to ask the village, or ask it; None: nobody is registered here."""
    people = await spoken_for(office, turn.conversation.key.id)
    if not people:
        return None
    release = turn.release
    names, hotline = relations.listed(release, people), release.rules.hotline
    if turn.answers.get(PAPER) != WANTED:
        label = written(release, "paper_option")
        options = (Option(label=label, intent=REGISTER, value=WANTED),)
        awaited = Awaited(intent=REGISTER, slot=PAPER, options=options)
        words = say(release, "paper_offer", names=names, hotline=hotline)
        made = reply(turn, Outcome.ANSWERED, words, Choices(options=options))
        return replace(made, intent=REGISTER, moves=(Await(awaited=awaited),))
    ticket = await open_ticket(
        turn,
        office,
        kind=TicketKind.REQUEST,
        intent=REGISTER,
        text=written(release, "paper_text", names=names),
    )
    due = day_in_words(local(ticket.due_at).date())
    facts = {"number": ticket.number, "names": names, "due": due, "hotline": hotline}
    made = reply(turn, Outcome.ANSWERED, say(release, "paper_asked", **facts))
    return replace(made, intent=REGISTER, moves=(TalkOf(topic=Topic(intent=STATUS)),))
