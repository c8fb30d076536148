"""The grammar of headlines: issuer, 发布 or 解除, event, colour; what differs is not guessed.

Source: value rules of the national interface (GB/T 35965.1), as read 2026-11-21.
"""

import re
from dataclasses import dataclass

from data.civic.warning.messages import Colour, MessageType

COLOURS = {
    "白色": Colour.WHITE,
    "蓝色": Colour.BLUE,
    "黄色": Colour.YELLOW,
    "橙色": Colour.ORANGE,
    "红色": Colour.RED,
}
_GRAMMAR = re.compile(
    rf"(?P<act>发布|解除)(?P<event>\w{{1,20}}?)(?P<colour>{'|'.join(COLOURS)})预警(?:信号)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What a headline says."""

    lifted: bool
    event: str
    colour: Colour


def read(text: str, *, sender: str) -> Headline | None:
    """Read a headline of `sender`; None where it does not follow the grammar to the letter."""
    said = text.strip()
    found = _GRAMMAR.fullmatch(said.removeprefix(sender)) if said.startswith(sender) else None
    if found is None:
        return None
    return Headline(
        lifted=found["act"] == "解除", event=found["event"], colour=COLOURS[found["colour"]]
    )


def contradicts(headline: Headline, type_: MessageType, colour: Colour | None) -> bool:
    """Say whether a headline says something else than the fields of its message."""
    lifts = type_ is MessageType.CANCEL
    return headline.lifted != lifts or (not lifts and headline.colour is not colour)
