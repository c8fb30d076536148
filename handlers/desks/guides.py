"""Service guides: the whole guide, or the one aspect that is asked for."""

from dataclasses import replace

from data.civic.errors import NotFound
from data.civic.ids import IntentId
from data.civic.knowing.guides import Guide, Situation
from data.civic.labels import Aspect, Kind, Outcome
from data.civic.talk.conversations import Await, Awaited, Option, TalkOf, Topic
from data.civic.talk.messages import Choices, Reply, Source, Turn
from handlers import guide_words
from handlers.clarifying import QUESTION, most_choices
from handlers.desk import Desk
from handlers.office import Office
from handlers.wording import reply

SITUATION = "situation"
"""The slot under which a situation is remembered."""

ASKED_NEXT = (Aspect.PROXY, Aspect.ONLINE, Aspect.PROCESS, Aspect.CONDITIONS)
"""What citizens ask after the overview, most asked first."""

desk = Desk("guides", words=guide_words.WORDS)


@desk.on_kind(Kind.GUIDE)
async def answer_guide(turn: Turn, office: Office) -> Reply:
    """Answer from the guide, for the citizen's place and situation."""
    intent = turn.understanding.intent or IntentId("")
    guide = turn.release.guide_of(intent)
    if guide is None:
        raise NotFound(f"{intent} has no guide: write guides/{intent}.toml")
    situation = _situation(turn, guide)
    shown = guide_words.shown(office, guide, area=turn.area, situation=situation)
    if guide.expired(shown.today):
        return reply(turn, Outcome.SIGNPOSTED, guide_words.expired(shown))
    return _answer(turn, shown, intent)


def _answer(turn: Turn, shown: guide_words.Shown, intent: IntentId) -> Reply:
    guide, situation, aspect = shown.guide, shown.situation, turn.understanding.aspect
    words = guide_words.aspect(shown, aspect) if aspect else guide_words.overview(shown)
    options = _options(turn, guide, intent, situation)
    source = Source(guide=guide.id, version=guide.version, area=shown.area)
    made = reply(turn, Outcome.ANSWERED, words, Choices(options=options), source=source)
    topic = Topic(intent=intent, situation=situation.id if situation else None)
    awaited = Awaited(intent=intent, slot=SITUATION, options=options)
    return replace(made, intent=intent, moves=(TalkOf(topic=topic), Await(awaited=awaited)))


def _situation(turn: Turn, guide: Guide) -> Situation | None:
    """Take the situation that is named now, that was talked about, or that the question named."""
    return (
        guide.situation_in(turn.message.text)
        or guide.situation(turn.answers.get(SITUATION))
        or guide.situation_in(turn.answers.get(QUESTION, ""))
    )


def _options(
    turn: Turn, guide: Guide, intent: IntentId, situation: Situation | None
) -> tuple[Option, ...]:
    """Offer two aspects that were not asked for, then other situations of this guide."""
    asked, kept = turn.understanding.aspect, situation.id if situation else ""
    titles = {rule.aspect: rule.title for rule in turn.release.rules.aspects}
    wanted = [one for one in ASKED_NEXT if one in titles and one is not asked]
    sides = [
        Option(label=titles[aspect], intent=intent, aspect=aspect, value=kept)
        for aspect in wanted[:2]
    ]
    cases = [
        Option(label=case.label, intent=intent, aspect=asked, value=case.id)
        for case in guide.situations
        if case != situation
    ]
    return (*sides, *cases)[: most_choices(turn)]
