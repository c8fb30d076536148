"""Warnings for citizens: what is in force here, typhoons, floods, must I leave, what is closed.

What its issuer wrote is quoted; nothing is forecast, and a silent feed is never a quiet sky.
"""

from data.civic.talk.messages import Reply, Say, Turn
from handlers import warning_words
from handlers.acts.released_returns import released_returns
from handlers.desk import Desk
from handlers.fixed_answers import answered, known
from handlers.here import Here, here
from handlers.office import Office
from handlers.wording import say

RETURN = "return"
"""The topic of going back: a return that is released answers it by itself."""

desk = Desk("warnings", words={"closures_rest": ("hotline",)})


@desk.on("warning_now")
async def tell_what_is_in_force(turn: Turn, office: Office) -> Reply:
    """Tell all that is in force here; without a feed say so, and where to look."""
    told, place = known(turn), await here(turn, office)
    found = place.in_force
    blind = found.silence is not None and not found.silence.feeds
    in_force = warning_words.everything(turn.release, found, place.person)
    unseen = (told.general,) if blind else ()
    topic = (told.topic,) if told.topic else ()
    return answered(turn, told, *in_force, *unseen, *topic)


@desk.on("typhoon")
async def tell_of_typhoon(turn: Turn, office: Office) -> Reply:
    """Quote the station's bulletin; where the typhoon goes is not for us to say."""
    told, place = known(turn), await here(turn, office)
    quoted = _about(turn, place, "warning_words_typhoon")
    if not quoted and place.in_force.silence is None:
        quoted = (warning_words.now(turn.release, "warning_none_of_typhoon", place.in_force),)
    others = _others(turn, place, "warning_words_typhoon")
    return answered(turn, told, *others, *quoted, told.words)


@desk.on("flood")
async def tell_of_flood(turn: Turn, office: Office) -> Reply:
    """Quote warnings of rain and water; the state of a road is not known here."""
    told, place = known(turn), await here(turn, office)
    words = "warning_words_flood"
    quoted = (*_others(turn, place, words), *_about(turn, place, words))
    return answered(turn, told, *quoted, told.words)


@desk.on("evacuation")
async def tell_whether_to_leave(turn: Turn, office: Office) -> Reply:
    """Quote the orders in force here, where nobody may go back yet, and where one may again.

    Who asks whether to leave, or to go back, is told the worst warning as well.
    """
    told, place = known(turn), await here(turn, office)
    release, found = turn.release, place.in_force
    orders = [warning_words.order(release, one, found.area, place.person) for one in found.orders]
    back = warning_words.released(release, await released_returns(office, found))
    quoted = (*orders, *warning_words.returns(release, found.returns), *back)
    near = () if told.topic_id not in ("", RETURN) else warning_words.worst(release, found)
    settled = (bool(quoted) and told.topic is None) or (bool(back) and told.topic_id == RETURN)
    return answered(turn, told, *quoted, *near, *(() if settled else (told.words,)))


@desk.on("school_closure")
async def tell_closures(turn: Turn, office: Office) -> Reply:
    """Quote the county's notices in force here; what they do not say is not known."""
    told, place = known(turn), await here(turn, office)
    notices = [warning_words.notice(turn.release, one) for one in place.in_force.notices]
    if not notices:
        return answered(turn, told)
    rest = say(turn.release, "closures_rest", hotline=turn.release.rules.hotline)
    return answered(turn, told, *notices, rest)


def _others(turn: Turn, place: Here, words: str) -> tuple[Say, ...]:
    """Tell the worst warning shortly where none speaks of these words: it is no quiet sky."""
    release, found = turn.release, place.in_force
    near = (*found.signals, *found.coming)
    spoken_of = warning_words.about(release, near, words)
    return () if spoken_of else warning_words.worst(release, found)


def _about(turn: Turn, place: Here, words: str) -> tuple[Say, ...]:
    """Quote the warnings that speak of these words; say where a feed is silent, what ran out."""
    release, found = turn.release, place.in_force
    some = warning_words.about(release, found.signals, words)
    quoted = warning_words.signals(release, found, some)
    later = warning_words.about(release, found.coming, words)
    gone = warning_words.about(release, found.expired, words)
    return (
        *quoted,
        *warning_words.coming(release, found, later),
        *warning_words.unsettled(release, found),
        *warning_words.silent(release, found.silence),
        *warning_words.expired(release, found, gone),
    )
