"""What a draft touches, and so who has to sign it: owners, and two people for what is grave."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from data.civic.knowing.adoptions import said
from data.civic.knowing.bundles import Bundle
from data.civic.knowing.draft_parts import Signature
from data.civic.knowing.drafts import Lane
from data.civic.knowing.guides import ElementName, Guide
from data.civic.knowing.releases import Intent, Release
from data.civic.labels import Kind

K = TypeVar("K")
V = TypeVar("V")

COUNTY = ""
"""The owner of what belongs to no department: wording, lexicon, rules, sources."""
ALLOWANCE = "行政给付"
"""The type of an item by which money is granted. Source: GB/T 39554.1."""

DANGER_WORDS = "danger"
"""How the keys of the words begin that are said to somebody in danger."""


class Reason(StrEnum):
    """Why two people must sign."""

    EMERGENCY = "emergency"
    MONEY = "money"
    ELIGIBILITY = "eligibility"


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """Whose matters a draft touches, and what of it is grave."""

    departments: frozenset[str] = frozenset()
    """The owners; `COUNTY` among them: somebody for the whole county must sign."""
    reasons: frozenset[Reason] = frozenset()

    def __or__(self, other: "Risk") -> "Risk":
        return Risk(
            departments=self.departments | other.departments, reasons=self.reasons | other.reasons
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Which signatures are still missing."""

    people: int
    """At least so many more."""
    departments: frozenset[str] = frozenset()
    """Owners for whom nobody has signed."""
    commanding: bool = False
    """A chief or a duty officer must be among them."""

    @property
    def nothing(self) -> bool:
        """Say whether enough have signed."""
        return not (self.people or self.departments or self.commanding)


def needed(risk: Risk, lane: Lane) -> int:
    """Tell how many people must sign at least."""
    return 2 if lane is Lane.EMERGENCY or risk.reasons else 1


def owns(department: str, risk: Risk) -> bool:
    """Say whether a reviewer of this department may sign; without a department, all of it."""
    return department == COUNTY or not risk.departments or department in risk.departments


def missing(risk: Risk, lane: Lane, signatures: Sequence[Signature]) -> Missing:
    """Tell which signatures are missing after these."""
    signed = {one.department for one in signatures}
    people = max(needed(risk, lane) - len({one.by for one in signatures}), 0)
    if lane is Lane.EMERGENCY:
        return Missing(people=people, commanding=not any(one.commanding for one in signatures))
    left = frozenset[str]() if COUNTY in signed else risk.departments - signed
    return Missing(people=max(people, bool(left)), departments=left)


def risk_of(before: Release, after: Release, paths: Iterable[str]) -> Risk:
    """Tell what the change of these files touches; guides that differ need stand in both alone."""
    found = Risk()
    for path in paths:
        found |= _of_folder(path, before, after)
    for intents in _differing(before.intents, after.intents):
        found |= _of_intent(intents)
    for guides in _differing(before.guides, after.guides):
        found |= _of_guide(guides)
    for bundles in _differing(before.bundles, after.bundles):
        found |= _of_bundle(bundles)
    return found | _of_danger(before, after)


_SHARED = ("wording/", "lexicon/", "rules/", "sources/")


def _of_folder(path: str, before: Release, after: Release) -> Risk:
    """Tell what a file touches by where it stands; intents, guides and bundles by what they say.

    What only tests or trains the ear belongs to nobody: `held_out`, `golden`, `other`.
    """
    if path.startswith(_SHARED):
        return Risk(departments=frozenset({COUNTY}))
    if path.startswith("places/"):
        return _owned(before.places.department, after.places.department)
    if path.startswith("adopted/"):
        return _owned(path.removeprefix("adopted/").rpartition(".")[0])
    return Risk()


def _differing(before: Mapping[K, V], after: Mapping[K, V]) -> Iterator[list[V]]:
    """Give what differs, before and after; what came or went stands alone."""
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        if old != new:
            yield [one for one in (old, new) if one is not None]


def _of_intent(intents: list[Intent]) -> Risk:
    risk = _owned(*(one.department for one in intents))
    if any(one.kind is Kind.EMERGENCY for one in intents):
        risk |= Risk(reasons=frozenset({Reason.EMERGENCY}))
    return risk | _money([one.answer for one in intents])


def _of_guide(guides: list[Guide]) -> Risk:
    risk = _owned(*(one.department for one in guides)) | _money(guides)
    if any(one.item_type == ALLOWANCE for one in guides):
        risk |= Risk(reasons=frozenset({Reason.MONEY}))
    return risk | Risk(reasons=frozenset(_GRAVE[one] for one in _elements(guides) & set(_GRAVE)))


def _of_bundle(bundles: list[Bundle]) -> Risk:
    risk = _owned(*(one.department for one in bundles)) | _money(bundles)
    asked = [(one.materials, one.items) for one in bundles]
    if len(asked) < 2 or asked[0] != asked[1]:
        risk |= Risk(reasons=frozenset({Reason.ELIGIBILITY}))
    return risk


def _of_danger(before: Release, after: Release) -> Risk:
    spoken = (
        {key: words for key, words in one.words.items() if key.startswith(DANGER_WORDS)}
        for one in (before, after)
    )
    same = before.rules.danger == after.rules.danger and next(spoken) == next(spoken)
    return Risk() if same else Risk(reasons=frozenset({Reason.EMERGENCY}))


_GRAVE: Mapping[ElementName | None, Reason] = {
    ElementName.FEE: Reason.MONEY,
    ElementName.CONDITIONS: Reason.ELIGIBILITY,
    ElementName.MATERIALS: Reason.ELIGIBILITY,
}


def _elements(guides: Sequence[Guide]) -> set[ElementName | None]:
    """Name the elements that differ, for everyone, in a situation or in an area."""
    sides = [said(one) for one in guides]
    spots = {spot for side in sides for spot in side}
    return {
        spot.element
        for spot in spots
        if len(sides) == 1 or sides[0].get(spot) != sides[1].get(spot)
    }


_AMOUNT = re.compile(r"\d[\d.,]*\s*[百千万亿]{0,2}元")


def _money(records: Sequence[object]) -> Risk:
    """Say whether amounts of money were changed, wherever they are named."""
    named = [frozenset(_AMOUNT.findall(repr(one))) for one in records]
    changed = len(set(named)) > 1 or (len(named) == 1 and named[0])
    return Risk(reasons=frozenset({Reason.MONEY})) if changed else Risk()


def _owned(*departments: str) -> Risk:
    return Risk(departments=frozenset(departments))
