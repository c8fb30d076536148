"""Check the examples of an intent: none is measured on, none is another's, none nearly so."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.civic.ids import IntentId, ReleaseId
from data.civic.knowing.likeness import Near, Sentences, flat
from data.civic.knowing.releases import Intent, Labelled
from data.content.drafted import Drafted
from handlers.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found."""

    held_out: tuple[str, ...]
    """Sentences that are measured on and must never be learnt: no example may be one."""
    others: tuple[Near, ...]
    """The very sentences of other intents: no example may be one."""
    near: tuple[tuple[str, Near], ...]
    """Nearly those of another intent, each with the example: they make the ear unsure."""


async def checked(
    office: Office, draft: Drafted, examples: Sequence[str], *, of: IntentId
) -> Checked:
    """Hold the examples of the intent `of` against what is measured and all other examples."""
    return await asyncio.to_thread(_checked, office, draft, examples, of)


def _checked(office: Office, draft: Drafted, examples: Sequence[str], of: IntentId) -> Checked:
    said = {text: one.id for one in draft.intents.values() if one.id != of for text in one.examples}
    measured = _measured(office.release.id, office.release.held_out)
    same = [text for text in examples if text in said]
    near = _near(office, draft, of)
    return Checked(
        held_out=tuple(text for text in examples if flat(text) in measured),
        others=tuple(Near(text=text, whose=said[text], share=1) for text in same),
        near=tuple(
            (text, found[0]) for text in examples if text not in said and (found := near(text))
        ),
    )


def _near(office: Office, draft: Drafted, of: IntentId) -> Callable[[str], Sequence[Near]]:
    """Look among what is served, and anew among those intents alone that the draft changes."""
    served = office.release.intents
    anew = [one for key, one in draft.intents.items() if served.get(key) is not one]
    left_out = {of, *(one.id for one in anew), *(key for key in served if key not in draft.intents)}
    standing = _sentences(office.release.id, tuple(served.values()))
    fresh = Sentences((text, one.id) for one in anew if one.id != of for text in one.examples)

    def near(text: str) -> Sequence[Near]:
        found = [*standing.near(text, but=left_out), *fresh.near(text)]
        return sorted(found, key=lambda one: -one.share)

    return near


def _measured(release: ReleaseId, held_out: Sequence[Labelled]) -> frozenset[str]:
    if release not in _MEASURED:
        _MEASURED.clear()
        _MEASURED[release] = frozenset(flat(one.text) for one in held_out)
    return _MEASURED[release]


def _sentences(release: ReleaseId, intents: Sequence[Intent]) -> Sentences:
    if release not in _SENTENCES:
        _SENTENCES.clear()
        _SENTENCES[release] = Sentences((text, one.id) for one in intents for text in one.examples)
    return _SENTENCES[release]


_MEASURED: dict[ReleaseId, frozenset[str]] = {}
_SENTENCES: dict[ReleaseId, Sentences] = {}
"""Of the release that is served: tenths of a second to lay out, once."""
