"""Adoptions (认领): a named clerk says that an element is right, or what it says instead.

An adoption is bound to the very words that were read, by their digest. Where the words have
changed since, it no longer counts: it has lapsed.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from data.civic.ids import AreaCode, GuideId
from data.civic.knowing.guides import (
    Element,
    ElementName,
    Elements,
    Guide,
    Standing,
    Words,
)
from data.civic.knowing.sentences import Sentence, spoken_from

SUMMARY = "summary"
"""What a guide says in short: adopted like an element."""

DIGITS = 16
"""Hex digits of a digest of words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where words stand in a guide: for everyone, in one situation, or in one area."""

    guide: GuideId
    element: ElementName | None
    """None: the summary."""
    situation: str | None = None
    variant: AreaCode | None = None

    def __str__(self) -> str:
        """Write it as `guide/element`, or with `situation=id` or `variant=code` between."""
        parts: list[str] = [self.guide]
        parts += [f"situation={self.situation}"] if self.situation else []
        parts += [f"variant={self.variant}"] if self.variant else []
        return "/".join([*parts, self.element or SUMMARY])


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """Who adopted which words of a guide, when."""

    spot: Spot
    digest: str
    """Of the words that were read: 16 hex digits."""
    department: str
    by: str
    on: date
    correction: Words | None = None
    """What it says instead; nothing at all: it is taken down, and not stated."""

    @property
    def corrects(self) -> bool:
        """Say whether other words take the place of those that were read."""
        return self.correction is not None

    def __str__(self) -> str:
        """Name what was adopted."""
        return str(self.spot)


Said = Mapping[Spot, Element]


def digest_of(element: Element) -> str:
    """Digest what an element says: how it stands, its words, and the days it promises."""
    items = [[one.name, one.form, one.note, one.electronic] for one in element.items]
    days = [element.legal_days, element.promised_days]
    said = [element.standing.value, element.text, element.plain, items, days]
    return shortened(said)


def shortened(said: object) -> str:
    """Digest what is made of texts, numbers and lists: 16 hex digits."""
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:DIGITS]


def said(guide: Guide) -> Said:
    """List everything that a guide says, the summary first."""
    found = {Spot(guide=guide.id, element=None): _summary(guide)}
    for name, element in guide.elements.items():
        found[Spot(guide=guide.id, element=name)] = element
    for case in guide.situations:
        for name, element in case.elements.items():
            found[Spot(guide=guide.id, element=name, situation=case.id)] = element
    for variant in guide.variants:
        for name, element in variant.elements.items():
            found[Spot(guide=guide.id, element=name, variant=variant.area)] = element
    return found


def adopted(guide: Guide, adoptions: Sequence[Adoption]) -> tuple[Guide, tuple[Adoption, ...]]:
    """Apply adoptions in their order; tell the guide and the adoptions that have lapsed.

    One that follows another of the same spot is bound to what that one made of it. One of another
    department than the guide's does not count.
    """
    now, lapsed = dict(said(guide)), []
    for one in adoptions:
        element = now.get(one.spot)
        if element is None or one.department != guide.department or differs(one.digest, element):
            lapsed.append(one)
        else:
            now[one.spot] = taken(element, one.correction)
    if len(lapsed) == len(adoptions):
        return guide, tuple(lapsed)
    return _rebuilt(guide, now), tuple(lapsed)


def differs(digest: str, element: Element) -> bool:
    """Say whether an element says something else than what was read."""
    return digest != digest_of(element)


def taken(element: Element, correction: Words | None) -> Element:
    """Make an element adopted, in its own words or in the department's.

    A correction takes the days with it: they belonged to the words before.
    """
    if correction is None:
        return replace(element, adopted=True)
    if not correction.stated:
        return Element(standing=Standing.NOT_STATED, adopted=True)
    return Element(
        standing=Standing.FACT,
        text=correction.text,
        plain=correction.plain,
        items=correction.items,
        basis=element.basis,
        read=element.read,
        adopted=True,
    )


def summaries_left(adoptions: Iterable[Adoption]) -> set[GuideId]:
    """List guides whose words are corrected while nobody says whether the summary still holds."""
    all_ = list(adoptions)
    settled = {one.spot.guide for one in all_ if one.spot.element is None}
    return {one.spot.guide for one in all_ if one.corrects} - settled


def _summary(guide: Guide) -> Element:
    """Show the summary as an element; it may be trusted as far as what it rests on."""
    return Element(
        standing=Standing.FACT,
        text=guide.summary.full,
        plain=guide.summary.plain,
        read=not any(element.to_check for element in guide.elements.values()),
        adopted=guide.summary_adopted,
    )


def _rebuilt(guide: Guide, now: Said) -> Guide:
    whole = Spot(guide=guide.id, element=None)
    summary = now[whole]
    return replace(
        guide,
        summary=_sentence(guide.summary, summary),
        summary_adopted=summary.adopted,
        elements=_of(guide.elements, now, whole),
        situations=tuple(
            replace(one, elements=_of(one.elements, now, replace(whole, situation=one.id)))
            for one in guide.situations
        ),
        variants=tuple(
            replace(one, elements=_of(one.elements, now, replace(whole, variant=one.area)))
            for one in guide.variants
        ),
        version=shortened([guide.version, *(digest_of(one) for one in now.values())])[:12],
    )


def _of(elements: Elements, now: Said, part: Spot) -> Elements:
    return {name: now[replace(part, element=name)] for name in elements}


def _sentence(before: Sentence, now: Element) -> Sentence:
    if (now.text, now.plain) == (before.full, before.plain):
        return before
    return Sentence(full=now.text, plain=now.plain, spoken=spoken_from(now.plain))
