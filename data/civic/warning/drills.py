"""Drill or actual: said by the id itself, so that the one can never become the other."""

from data.civic.errors import BadInput

MARK = "【演练】"
"""With this begins everything that is said in a drill."""
PREFIX = "drill-"


def is_drill(id_: str) -> bool:
    """Say whether an event, or anything decided in it, belongs to a drill."""
    return id_.startswith(PREFIX)


def named_for(event: str, fresh: str) -> str:
    """Make the id of something inside an event from a fresh one: a drill's stays a drill's."""
    return f"{PREFIX}{fresh}" if is_drill(event) else fresh


def marked(event: str, text: str) -> str:
    """Begin a text of a drill with the mark; leave that of an actual event as it is."""
    return f"{MARK}{text}" if is_drill(event) and not text.startswith(MARK) else text


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
