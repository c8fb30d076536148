"""Service guides with the national elements, their regional variants and situations."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data.civic.areas import within
from data.civic.ids import AreaCode, GuideId
from data.civic.knowing.sentences import Sentence
from data.civic.labels import Aspect


class ElementName(StrEnum):
    """The elements of a service guide. Source: GB/T 39554, DB63/T 1755, DB33/T 2036.1."""

    CONDITIONS = "conditions"
    MATERIALS = "materials"
    PROCESS = "process"
    ONLINE = "online"
    DURATION = "duration"
    FEE = "fee"
    PLACE = "place"
    TIME = "time"
    PHONE = "phone"
    COMPLAINT_PHONE = "complaint_phone"
    VISITS = "visits"
    PROXY = "proxy"
    CROSS_PROVINCE = "cross_province"
    RESULT = "result"


ELEMENT_OF: Mapping[Aspect, ElementName] = {aspect: ElementName(aspect.value) for aspect in Aspect}
"""Which element answers which aspect: they bear the same names."""


class Standing(StrEnum):
    """How far an element can be trusted."""

    FACT = "fact"
    """It stands in the named basis."""
    SAMPLE = "sample"
    """True of the demo only."""
    NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A law, regulation or notice; `read_on` is the day its text was opened, None: unread."""

    id: str
    name: str
    issuer: str
    number: str = ""
    dated: date | None = None
    where: str = ""
    url: str = ""
    read_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One thing to bring."""

    name: str
    form: str = ""
    note: str = ""
    electronic: str = ""
    """Which electronic certificate replaces it; empty: none stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said: a text, its short version, a list of things to bring; or nothing at all."""

    text: str = ""
    plain: str = ""
    items: tuple[Material, ...] = ()

    @classmethod
    def of(cls, text: str, items: tuple[Material, ...], *, plain: str | None = None) -> "Words":
        """Make words; the plain version defaults to the text and the materials' names."""
        listed = "、".join(item.name for item in items)
        return cls(text=text, plain=plain or text + listed, items=items)

    @property
    def stated(self) -> bool:
        """Say whether anything is said."""
        return bool(self.text or self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element of a guide."""

    standing: Standing
    text: str = ""
    plain: str = ""
    items: tuple[Material, ...] = ()
    basis: tuple[str, ...] = ()
    read: bool = False
    """Every basis was opened."""
    adopted: bool = False
    """The department has said that it is right (认领)."""
    legal_days: int | None = None
    promised_days: int | None = None
    count: int | None = None

    @property
    def to_check(self) -> bool:
        """Say whether it must be labelled 样例待核对."""
        if self.standing is Standing.NOT_STATED or self.adopted:
            return False
        return self.standing is Standing.SAMPLE or not self.read


Elements = Mapping[ElementName, Element]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """The elements that differ in an area and below it."""

    area: AreaCode
    elements: Elements


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The elements that differ for a case that the citizen's words name."""

    id: str
    label: str
    words: tuple[str, ...]
    elements: Elements

    def heard_in(self, text: str) -> bool:
        """Say whether the text names this situation."""
        return any(word in text for word in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """One service guide."""

    id: GuideId
    title: str
    everyday: tuple[str, ...]
    item_type: str
    department: str
    level: str
    audience: tuple[str, ...]
    theme: tuple[str, ...]
    checked_on: date
    valid_until: date
    summary: Sentence
    elements: Elements
    summary_adopted: bool = False
    """The department has said that the summary is right."""
    situations: tuple[Situation, ...] = ()
    variants: tuple[Variant, ...] = ()
    version: str = ""
    """The digest of the file it was read from, and of what was adopted of it: 12 hex digits."""

    def situation(self, id: str | None) -> Situation | None:  # noqa: A002  (the record's own word)
        """Find a situation by its id."""
        return next((one for one in self.situations if one.id == id), None)

    def situation_in(self, text: str) -> Situation | None:
        """Find the first situation that the text names."""
        return next((one for one in self.situations if one.heard_in(text)), None)

    def variant_for(self, area: AreaCode) -> Variant | None:
        """Find the variant of the smallest area that holds `area`."""
        around = [one for one in self.variants if within(area, one.area)]
        return max(around, key=lambda one: len(one.area), default=None)

    def expired(self, today: date) -> bool:
        """Say whether its text may no longer be shown as current."""
        return today > self.valid_until


def elements_for(guide: Guide, *, area: AreaCode, situation: Situation | None) -> Elements:
    """Put together what holds for one citizen: the guide, then the area, then the situation."""
    around = sorted(
        (one for one in guide.variants if within(area, one.area)), key=lambda one: len(one.area)
    )
    merged = dict(guide.elements)
    for variant in around:
        merged.update(variant.elements)
    if situation is not None:
        merged.update(situation.elements)
    return merged
