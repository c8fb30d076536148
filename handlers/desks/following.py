"""Subscribe to warnings, or stop: for oneself or the family, and for which place."""

from dataclasses import replace

from data.civic.areas import within
from data.civic.ids import AreaCode, IntentId
from data.civic.labels import Outcome
from data.civic.sending.followings import Whose
from data.civic.talk.conversations import Await, Awaited, Option
from data.civic.talk.messages import Choices, Reply, Say, Turn
from handlers import following_words, relations
from handlers.acts.follow import follow, stop
from handlers.acts.register import mute
from handlers.acts.speaks_for import Spoken, voice_of
from handlers.desk import Desk
from handlers.fixed_answers import answered, known
from handlers.forms import TRIES
from handlers.office import Office
from handlers.registering import WHOSE as WHOSE_FORM
from handlers.word_lists import PARTED, holds
from handlers.wording import reply, say, written

SUBSCRIBE, REGISTER = IntentId("subscribe"), IntentId("safety_code_register")
PLACE, WHOSE = "following_place", "following_whose"
COUNTY = 6
"""Digits of a county's code: only what lies below it is followed."""

desk = Desk(
    "following",
    words={
        "following_ask_place": ("hotline",),
        "following_ask_place_family": ("hotline",),
        "following_place_unknown": ("hotline",),
        "following_begun": ("place", "hotline"),
        "following_begun_family": ("place", "hotline"),
        "following_registered": ("place", "hotline"),
        "following_stopped": ("hotline",),
        "following_stopped_place": ("place", "hotline"),
        "following_nothing": ("hotline",),
        "following_mine": ("places", "hotline"),
        "following_option_register": (),
        "following_option_family": (),
        "following_words_stop": (),
        "following_words_ask": (),
    },
)


@desk.on(SUBSCRIBE, asks={PLACE: lambda turn: turn.understanding.slots.area is not None})
async def take_subscription(turn: Turn, office: Office) -> Reply:
    """Do what is asked for: stop, begin for a place, or explain."""
    text = turn.message.text
    if PLACE in turn.answers:
        return await _placed(turn, office)
    if holds(turn.release, "following_words_ask", text):
        return await _explain(turn, office)
    if holds(turn.release, "following_words_stop", text):
        return await _stop(turn, office)
    if (area := _place(turn)) is not None:
        return await _begin(turn, office, area, _whose(turn))
    own = (await voice_of(office, turn.conversation.key.id)).own
    if own and _whose(turn) is Whose.OWN:
        return await _again(turn, office, own)
    return _ask(turn, _whose(turn), tries=0)


async def _placed(turn: Turn, office: Office) -> Reply:
    """Take the place that was asked for."""
    whose = Whose(turn.answers.get(WHOSE, Whose.OWN))
    if (area := _place(turn)) is not None:
        return await _begin(turn, office, area, whose)
    before = turn.conversation.awaited
    return _ask(turn, whose, tries=before.tries + 1 if before else 0)


async def _begin(turn: Turn, office: Office, area: AreaCode, whose: Whose) -> Reply:
    """Follow a place, and say what else can be done for the family."""
    await follow(office, turn.conversation.key.id, area, whose=whose)
    release, family = turn.release, whose is Whose.FAMILY
    key = "following_begun_family" if family else "following_begun"
    words = say(release, key, place=release.places.full_name(area), hotline=release.rules.hotline)
    label = "following_option_family" if family else "following_option_register"
    options = (Option(label=written(release, label), intent=REGISTER, value=whose.value),)
    how = await following_words.platform(turn, office)
    return _offering(turn, options, words, *how)


async def _again(turn: Turn, office: Office, own: tuple[Spoken, ...]) -> Reply:
    """Who is registered is sent warnings already; whoever had stopped is sent them again."""
    if any(one.registration.muted for one in own):
        await mute(office, turn.conversation.key.id, on=False)
    release = turn.release
    place = release.places.full_name(own[0].person.village)
    words = say(release, "following_registered", place=place, hotline=release.rules.hotline)
    how = await following_words.platform(turn, office)
    return _about(reply(turn, Outcome.ANSWERED, words, *how))


async def _stop(turn: Turn, office: Office) -> Reply:
    """Stop at once, and say what still reaches who lives in danger."""
    release, area = turn.release, _place(turn)
    stopped = await stop(office, turn.conversation.key.id, area)
    if not stopped.anything:
        words = say(release, "following_nothing", hotline=release.rules.hotline)
    elif area is not None:
        place = release.places.full_name(area)
        hotline = release.rules.hotline
        words = say(release, "following_stopped_place", place=place, hotline=hotline)
    else:
        words = say(release, "following_stopped", hotline=release.rules.hotline)
    return _about(reply(turn, Outcome.ANSWERED, words))


async def _explain(turn: Turn, office: Office) -> Reply:
    """Say how it works, what is followed here, and whether the platform lets it through."""
    told, release = known(turn), turn.release
    places = [
        release.places.full_name(one.area)
        for one in await office.stores.followings.of(turn.conversation.key.id)
    ]
    mine: tuple[Say, ...] = ()
    if places:
        named, hotline = PARTED.join(places), release.rules.hotline
        mine = (say(release, "following_mine", places=named, hotline=hotline),)
    how = await following_words.platform(turn, office) if places else ()
    return answered(turn, told, told.words, *mine, *how)


def _ask(turn: Turn, whose: Whose, *, tries: int) -> Reply:
    release, hotline = turn.release, turn.release.rules.hotline
    if tries > TRIES:
        words = say(release, "following_place_unknown", hotline=hotline)
        return _about(reply(turn, Outcome.SIGNPOSTED, words))
    family = whose is Whose.FAMILY
    question = "following_ask_place_family" if family else "following_ask_place"
    again = (say(release, "ask_again"),) if tries else ()
    awaited = Awaited(intent=SUBSCRIBE, slot=PLACE, answers=((WHOSE, whose.value),), tries=tries)
    asked = reply(turn, Outcome.CLARIFYING, *again, say(release, question, hotline=hotline))
    return replace(_about(asked), moves=(Await(awaited=awaited),))


def _offering(turn: Turn, options: tuple[Option, ...], *words: Say) -> Reply:
    made = reply(turn, Outcome.ANSWERED, *words, Choices(options=options))
    awaited = Awaited(intent=SUBSCRIBE, slot=WHOSE_FORM, options=options)
    return replace(_about(made), moves=(Await(awaited=awaited),))


def _about(made: Reply) -> Reply:
    return replace(made, intent=SUBSCRIBE, aspect=None)


def _whose(turn: Turn) -> Whose:
    """Tell whose place is meant: mother's, or one's own."""
    text, release = turn.message.text, turn.release
    family = relations.heard(release, text) or holds(release, "register_words_family", text)
    return Whose.FAMILY if family else Whose.OWN


def _place(turn: Turn) -> AreaCode | None:
    """Tell the town or village that was named just now; the whole county is none to follow."""
    area = turn.understanding.slots.area
    below = area is not None and len(area) > COUNTY and within(area, turn.release.places.county)
    return area if below else None
