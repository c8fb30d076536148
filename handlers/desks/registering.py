"""Register in the chat: for oneself, or for somebody of the family who has to agree."""

from dataclasses import replace

from data.civic.calendar import local
from data.civic.ids import IntentId
from data.civic.labels import Outcome
from data.civic.safety.registrations import Relation
from data.civic.safety.rosters import Person
from data.civic.talk.conversations import Await, Awaited, LiveIn, Option
from data.civic.talk.messages import Choices, Reply, Say, Turn
from handlers import following_words, printed_code, registering, relations
from handlers.acts import proxies
from handlers.acts.proxies import Asked, Wish
from handlers.acts.register import register
from handlers.desk import Desk
from handlers.fixed_answers import answered, known
from handlers.forms import TRIES
from handlers.office import Office
from handlers.registering import (
    AGREE,
    CHANGE,
    FAMILY,
    FORM,
    ID,
    MINE,
    NAME,
    NO,
    OWN,
    PHONE,
    RELATION,
    WHOSE,
    YES,
    Form,
)
from handlers.word_lists import holds, is_one
from handlers.wording import reply, say, written
from intents.spoken_digits import last_four

REGISTER, SUBSCRIBE = IntentId("safety_code_register"), IntentId("subscribe")
SLOTS = (WHOSE, RELATION, NAME, ID, PHONE, MINE, AGREE)
RELATIONS = (Relation.MOTHER, Relation.FATHER, Relation.OTHER)
SUMMARY = ("name", "id", "phone", "hotline")

desk = Desk(
    "registering",
    words={
        "register_intro": ("hotline",),
        **{f"register_ask_{one}": ("relation", "hotline") for one in ("whose", "relation")},
        **{f"register_ask_{one}": ("hotline",) for one in ("name", "id", "phone")},
        **{
            f"register_ask_{one}_family": ("relation", "hotline") for one in ("name", "id", "phone")
        },
        "register_ask_mine": ("relation", "hotline"),
        "register_ask_agree": SUMMARY,
        "register_ask_agree_family": (*SUMMARY, "relation", "mine"),
        "register_need_whole_id": ("hotline",),
        "register_not_understood": ("hotline",),
        "register_id_given": (),
        "register_no_phone": (),
        "register_given_up": ("hotline",),
        "register_done": ("place", "hotline"),
        "register_unknown": ("hotline",),
        **{f"register_option_{one}": () for one in (OWN, FAMILY, YES, CHANGE, NO)},
        "register_option_again": (),
        "register_option_place": (),
        **{f"proxy_waits_{one}": ("relation", "hotline") for one in ("chat", "door", "guardian")},
        "proxy_stands": ("relation", "hotline"),
        **{
            f"register_words_{one}": ()
            for one in (
                "own",
                "family",
                "paper",
                "yes",
                "no",
                "change",
                "name",
                "id",
                "phone",
                "none",
                "forgotten",
            )
        },
    },
)


def _fits(slot: str, turn: Turn) -> bool:
    """Say whether a message may be the answer to what was asked, whatever else it may be."""
    release, text = turn.release, turn.message.text
    if slot == AGREE:
        lists = ("register_words_yes", "register_words_no", "register_words_change")
        return any(is_one(release, one, text) for one in lists) or _changes(turn, text)
    match slot:
        case "register_id" | "register_phone":
            digits = any(one.isdigit() for one in text) or last_four(text) is not None
            none = ("register_words_none", "register_words_forgotten")
            return digits or any(is_one(release, one, text) for one in none)
        case "register_name" | "register_mine":
            return not turn.understanding.sure
        case _:
            return bool(relations.heard(release, text)) or _names_whose(turn)


@desk.on(
    REGISTER,
    asks={slot: lambda turn, slot=slot: _fits(slot, turn) for slot in SLOTS},  # type: ignore[misc]
)
async def take_registration(turn: Turn, office: Office) -> Reply:
    """Fill the form in; at its end, with the citizen's yes, look whether it fits the roster."""
    asked = next((slot for slot in SLOTS if slot in turn.answers), None)
    if FORM not in turn.answers:
        paper = holds(turn.release, "register_words_paper", turn.message.text)
        if paper or printed_code.PAPER in turn.answers:
            return await printed_code.answer(turn, office) or answered(turn, known(turn))
        return _ask(turn, office, registering.begun(turn), before=None)
    form = registering.opened(turn.answers[FORM], office.seal, turn.conversation.key.id)
    if asked is None:
        return _ask(turn, office, form, before=None)
    if asked == AGREE:
        return await _agreed(turn, office, form)
    return _ask(
        turn, office, registering.fill(form, asked, turn, office.seal), before=(asked, form)
    )


async def _agreed(turn: Turn, office: Office, form: Form) -> Reply:
    """Do what was said under the summary."""
    text, release = turn.answers[AGREE], turn.release
    if text == NO or is_one(release, "register_words_no", text):
        return reply(turn, Outcome.ANSWERED, say(release, "cancelled"))
    if text == CHANGE or _changes(turn, text):
        return _ask(turn, office, registering.without(form, text, release), before=None)
    if text != YES and not is_one(release, "register_words_yes", text):
        return _ask(turn, office, form, before=(AGREE, form))
    conversation = turn.conversation.key.id
    if form.whose == OWN:
        person = await register(office, conversation, form.claim)
        return await _registered(turn, office, person) if person else _unknown(turn)
    wish = Wish(claim=form.claim, relation=Relation(form.relation), name=form.mine)
    put = await proxies.ask(office, conversation, wish)
    return _put(turn, office, put) if put else _unknown(turn)


async def _registered(turn: Turn, office: Office, person: Person) -> Reply:
    release = turn.release
    place = release.places.full_name(person.village)
    done = say(release, "register_done", place=place, hotline=release.rules.hotline)
    how = await following_words.platform(turn, office)
    made = reply(turn, Outcome.ANSWERED, done, *how)
    return replace(made, intent=REGISTER, moves=(LiveIn(area=person.village),))


def _put(turn: Turn, office: Office, asked: Asked) -> Reply:
    """Say how the person will give the word."""
    if asked.registration.stands:
        key = "proxy_stands"
    elif asked.person.is_child(local(office.clock.now()).date()):
        key = "proxy_waits_guardian"
    else:
        key = "proxy_waits_chat" if asked.told else "proxy_waits_door"
    relation = relations.said(turn.release, asked.registration.relation or Relation.OTHER)
    words = say(turn.release, key, relation=relation, hotline=turn.release.rules.hotline)
    return replace(reply(turn, Outcome.ANSWERED, words), intent=REGISTER)


def _unknown(turn: Turn) -> Reply:
    """Not known, or not as the roster has it: the same words for both."""
    release = turn.release
    words = say(release, "register_unknown", hotline=release.rules.hotline)
    options = (
        Option(label=written(release, "register_option_again"), intent=REGISTER, value=REGISTER),
        Option(label=written(release, "register_option_place"), intent=SUBSCRIBE),
    )
    awaited = Awaited(intent=REGISTER, slot="again", options=options)
    made = reply(turn, Outcome.SIGNPOSTED, words, Choices(options=options))
    return replace(made, intent=REGISTER, moves=(Await(awaited=awaited),))


def _ask(turn: Turn, office: Office, form: Form, *, before: tuple[str, Form] | None) -> Reply:
    """Ask for what is missing; after too many vain tries name the telephone."""
    release, slot = turn.release, form.next
    vain = before is not None and before == (slot, form)
    tries = (turn.conversation.awaited.tries + 1) if vain and turn.conversation.awaited else 0
    if tries > TRIES:
        given_up = say(release, "register_given_up", hotline=release.rules.hotline)
        return reply(turn, Outcome.SIGNPOSTED, given_up)
    options = _options(turn, slot)
    conversation = turn.conversation.key.id
    kept = ((FORM, registering.sealed(form, office.seal, conversation)),)
    awaited = Awaited(intent=REGISTER, slot=slot, options=options, answers=kept, tries=tries)
    words = (*_before(turn, slot, before, vain=vain), _question(turn, form, slot))
    asked = reply(turn, Outcome.CLARIFYING, *words, Choices(options=options))
    return replace(asked, intent=REGISTER, aspect=None, moves=(Await(awaited=awaited),))


def _before(
    turn: Turn, slot: str, before: tuple[str, Form] | None, *, vain: bool
) -> tuple[Say, ...]:
    """Say what it is about, or why it is asked again."""
    release = turn.release
    if before is None and slot != AGREE:
        return (say(release, "register_intro", hotline=release.rules.hotline),)
    if before is not None and (before[0], slot) == (PHONE, ID):
        return (say(release, "register_need_whole_id", hotline=release.rules.hotline),)
    return (say(release, "register_not_understood", hotline=release.rules.hotline),) if vain else ()


def _question(turn: Turn, form: Form, slot: str) -> Say:
    release = turn.release
    values = {"hotline": release.rules.hotline}
    if form.whose == FAMILY and form.relation:
        values["relation"] = relations.said(release, Relation(form.relation))
    if slot == AGREE:
        given = written(release, "register_id_given")
        phone = form.phone_shown or written(release, "register_no_phone")
        values |= {"name": relations.masked(form.name), "id": given, "phone": phone}
        values |= {"mine": form.mine} if form.mine else {}
    key = slot.replace("register_", "register_ask_", 1)
    both = slot in (NAME, ID, PHONE, AGREE)
    return say(release, f"{key}_family" if both and form.whose == FAMILY else key, **values)


def _options(turn: Turn, slot: str) -> tuple[Option, ...]:
    """Offer what can be tapped: never more than three."""
    release = turn.release
    if slot == RELATION:
        return tuple(
            Option(label=relations.said(release, one), intent=REGISTER, value=one.value)
            for one in RELATIONS
        )
    values = {WHOSE: (OWN, FAMILY), AGREE: (YES, CHANGE, NO)}.get(slot, ())
    return tuple(
        Option(label=written(release, f"register_option_{one}"), intent=REGISTER, value=one)
        for one in values
    )


def _names_whose(turn: Turn) -> bool:
    lists = ("register_words_own", "register_words_family")
    return any(holds(turn.release, one, turn.message.text) for one in lists)


def _changes(turn: Turn, text: str) -> bool:
    return len(text) <= 12 and holds(turn.release, "register_words_change", text)
