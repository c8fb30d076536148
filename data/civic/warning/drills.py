"""Drill or actual: said by the id itself, so that the one can never become the other."""

import re

from data.civic.errors import BadInput

MARK = "【演练】"
"""With this begins everything that is said in a drill."""
PREFIX = "drill-"
_NAMED = re.compile(
    r"^[\W_]*演[练习練習]"
    r"|[【\[［（(〔〖「《<＜][^】\]］）)〕〗」》>＞]{0,12}演[练习練習]"
    r"|[这此本這](?:是|为|為|次|条|條|则|則|信息|预警)[^，。；！\n]{0,8}演[练习練習]"
)
"""How a text calls itself a drill: at its beginning, in brackets, or in a sentence about itself."""


def is_drill(id_: str) -> bool:
    """Say whether an event, or anything decided in it, belongs to a drill."""
    return id_.startswith(PREFIX)


def named_for(event: str, fresh: str) -> str:
    """Make the id of something inside an event from a fresh one: a drill's stays a drill's."""
    return f"{PREFIX}{fresh}" if is_drill(event) else fresh


def marked(event: str, text: str) -> str:
    """Begin a text of a drill with the mark; leave that of an actual event as it is."""
    return f"{MARK}{text}" if is_drill(event) and not text.startswith(MARK) else text


def named(text: str) -> bool:
    """Say whether a text calls itself a drill, however it writes that."""
    return _NAMED.search("".join(text.split())) is not None


def check(id_: str, *texts: str) -> None:
    """Insist that texts begin with the mark in a drill, and never outside of one.

    Raises:
        BadInput: one does not.
    """
    for text in texts:
        if text and text.startswith(MARK) != is_drill(id_):
            wanted = f"begins with {MARK}" if is_drill(id_) else f"never begins with {MARK}"
            raise BadInput(f"a text of {id_} {wanted}: {text[:20]}")


def together(event: str, id_: str) -> None:
    """Insist that something belongs to an event of its kind.

    Raises:
        BadInput: one is a drill's and the other is not.
    """
    if is_drill(event) != is_drill(id_):
        raise BadInput(f"{id_} and the event {event}: a drill and what is actual never mix")
