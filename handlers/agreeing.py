"""A person's word on who stands in: yes with the code, no, "不要让她代我", who is it at all.

Heard before anything else, so that nobody has to find the right page to say no.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from data.civic.errors import Conflict, NotFound
from data.civic.ids import IntentId
from data.civic.labels import Outcome
from data.civic.talk.messages import Reply, Turn
from handlers.acts.proxies import agree, withdraw
from handlers.acts.speaks_for import Spoken, proxies_of
from handlers.office import Office
from handlers.word_lists import PARTED, bare, holds, listed
from handlers.wording import reply, say, written

MY_DATA = IntentId("my_data")
LONGEST = 30
"""Characters of a text that can be a word on this."""
_CODE = re.compile(r"\d{4}")

WORDS: Mapping[str, tuple[str, ...]] = {
    "agree_done": ("name", "hotline"),
    "agree_unknown": ("hotline",),
    "agree_refused": ("name", "hotline"),
    "agree_withdrawn": ("names", "hotline"),
    "agree_nobody": ("hotline",),
    "agree_who": ("names", "hotline"),
    "agree_waiting": ("name",),
    "agree_words_yes": (),
    "agree_words_good": (),
    "agree_words_no": (),
    "agree_words_for_me": (),
    "agree_words_stop": (),
    "agree_words_who": (),
}


async def answer(turn: Turn, office: Office) -> Reply | None:
    """Take a word on who stands in for whoever speaks here; None: it is none."""
    text, release = bare(turn.message.text), turn.release
    if len(text) > LONGEST:
        return None
    if holds(release, "agree_words_for_me", text):
        return await _for_me(turn, office, text)
    found = _CODE.search(text)
    code, word = (found[0] if found else ""), _CODE.sub("", text, count=1)
    if word in listed(release, "agree_words_no"):
        return await _no(turn, office, code)
    if word in listed(release, "agree_words_yes"):
        return await _yes(turn, office, code)
    good = word in listed(release, "agree_words_good")
    return await _yes(turn, office, code, only_just_asked=not code) if good else None


async def _yes(
    turn: Turn, office: Office, code: str, *, only_just_asked: bool = False
) -> Reply | None:
    """Agree; a mere 好 counts where nothing else was said since the question."""
    asking = await _asking(turn, office)
    if only_just_asked:
        asking = [one for one in asking if _just_asked(turn, one)]
    if not asking or (not code and turn.conversation.awaited is not None):
        return None
    hotline = turn.release.rules.hotline
    try:
        agreed = await agree(office, turn.conversation.key.id, code)
    except (NotFound, Conflict):
        return _reply(turn, "agree_unknown", hotline=hotline)
    return _reply(turn, "agree_done", name=agreed.name, hotline=hotline)


async def _no(turn: Turn, office: Office, code: str) -> Reply | None:
    asking = [one for one in await _asking(turn, office) if code in ("", one.registration.code)]
    if not asking or (not code and turn.conversation.awaited is not None):
        return None
    for one in asking:
        await withdraw(office, turn.conversation.key.id, one.registration.id)
    names = _names(turn, asking)
    return _reply(turn, "agree_refused", name=names, hotline=turn.release.rules.hotline)


async def _for_me(turn: Turn, office: Office, text: str) -> Reply | None:
    """Tell who stands in, or let nobody any more."""
    release, hotline = turn.release, turn.release.rules.hotline
    stop, who = holds(release, "agree_words_stop", text), holds(release, "agree_words_who", text)
    if not (stop or who):
        return None
    entered = await proxies_of(office, turn.conversation.key.id)
    if not entered:
        return _reply(turn, "agree_nobody", hotline=hotline)
    if who:
        return _reply(turn, "agree_who", names=_names(turn, entered), hotline=hotline)
    meant = [one for one in entered if bare(one.registration.name) in text] or entered
    for one in meant:
        await withdraw(office, turn.conversation.key.id, one.registration.id)
    return _reply(turn, "agree_withdrawn", names=_names(turn, meant), hotline=hotline)


async def _asking(turn: Turn, office: Office) -> list[Spoken]:
    found = await proxies_of(office, turn.conversation.key.id)
    return [one for one in found if not one.registration.stands]


def _just_asked(turn: Turn, one: Spoken) -> bool:
    last = turn.conversation.last_at
    return last is None or last <= one.registration.asked_at


def _names(turn: Turn, entered: list[Spoken]) -> str:
    """Name proxies as they have named themselves; of who still waits that is said."""
    named = [
        one.registration.name
        if one.registration.stands
        else written(turn.release, "agree_waiting", name=one.registration.name)
        for one in entered
    ]
    return PARTED.join(named)


def _reply(turn: Turn, key: str, **values: str) -> Reply:
    made = reply(turn, Outcome.ANSWERED, say(turn.release, key, **values))
    return replace(made, intent=MY_DATA, aspect=None)
