"""A hazard reported in the chat: words first, then a place and pictures, if they can be sent."""

from dataclasses import replace

from data.civic.ids import IntentId, MessageId
from data.civic.labels import Outcome
from data.civic.safety.hazards import Spot
from data.civic.talk.conversations import Await, Awaited, TalkOf, Topic
from data.civic.talk.messages import MessageKind, Reply, Say, Turn
from handlers import hazard_words
from handlers.acts.report_hazard import (
    Reported,
    Seen,
    picture_report,
    place_report,
    report_hazard,
)
from handlers.desk import Desk
from handlers.forms import WHOLE_TEXT
from handlers.informing_words import time_in_words
from handlers.odd import SHOWN
from handlers.office import Office
from handlers.wording import reply, say

HAZARD, STATUS = IntentId("hazard_report"), IntentId("complaint_status")
REPORT = "report"
"""The answer under which the report is kept that a place or a picture belongs to."""
NAMES = 20
"""Characters of a text that only names a place."""

desk = Desk(
    "hazards",
    words={
        **hazard_words.WORDS,
        "hazard_received": ("number", "due", "hotline"),
        "hazard_joined": ("others",),
        "hazard_ask_place": (),
        "hazard_place_taken": ("number", "place"),
        "hazard_picture_taken": ("number",),
    },
)


def _shows(turn: Turn) -> bool:
    """Say whether a place or a picture is sent, or a village named."""
    if turn.message.kind in (MessageKind.PLACE, MessageKind.PICTURE):
        return True
    return turn.understanding.slots.area is not None and len(turn.message.text) <= NAMES


@desk.on(HAZARD, needs=(WHOLE_TEXT,), asks={SHOWN: _shows})
async def take_hazard(turn: Turn, office: Office) -> Reply:
    """Keep a report at once, then ask for the place; what is sent after it belongs to it."""
    if REPORT in turn.answers:
        return await _more(turn, office, MessageId(turn.answers[REPORT]))
    text = turn.answers[WHOLE_TEXT]
    seen = Seen(
        message=turn.message.id,
        conversation=turn.conversation.key.id,
        kind=hazard_words.kind_of(turn.release, text),
        spot=Spot(area=turn.area),
        text=text,
    )
    one = await report_hazard(office, seen)
    release = turn.release
    due = time_in_words(release, one.hazard.due_at)
    hotline = release.rules.hotline
    taken = say(release, "hazard_received", number=one.report.number, due=due, hotline=hotline)
    return _asking(turn, one, taken, *_joined(turn, one), say(release, "hazard_ask_place"))


async def _more(turn: Turn, office: Office, report: MessageId) -> Reply:
    """Put a picture or a place to the report."""
    release, message = turn.release, turn.message
    if message.kind is MessageKind.PICTURE:
        one = await picture_report(office, report, message.text)
        words = say(release, "hazard_picture_taken", number=one.report.number)
        return _asking(turn, one, words)
    spot = Spot(area=turn.understanding.slots.area or turn.area, point=message.point)
    one = await place_report(office, report, spot)
    place = release.places.full_name(one.report.spot.area)
    words = say(release, "hazard_place_taken", number=one.report.number, place=place)
    return _asking(turn, one, words, *_joined(turn, one))


def _joined(turn: Turn, one: Reported) -> tuple[Say, ...]:
    if not one.others:
        return ()
    return (say(turn.release, "hazard_joined", others=str(one.others)),)


def _asking(turn: Turn, one: Reported, *words: Say) -> Reply:
    """Say it, and take what is sent next as belonging to the report."""
    kept = ((REPORT, one.report.id),)
    awaited = Awaited(intent=HAZARD, slot=SHOWN, answers=kept)
    moves = (TalkOf(topic=Topic(intent=STATUS)), Await(awaited=awaited))
    return replace(reply(turn, Outcome.ANSWERED, *words), intent=HAZARD, moves=moves)
