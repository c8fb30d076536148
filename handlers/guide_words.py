"""Put a guide into words: the overview, one aspect, and where it all comes from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from data.civic.calendar import day_in_words, local
from data.civic.ids import AreaCode
from data.civic.knowing.guides import (
    ELEMENT_OF,
    Element,
    ElementName,
    Elements,
    Guide,
    Material,
    Situation,
    Standing,
    elements_for,
)
from data.civic.knowing.releases import Release
from data.civic.labels import Aspect
from data.civic.talk.messages import Say
from handlers.office import Office
from handlers.wording import say, written

WORDS: Mapping[str, tuple[str, ...]] = {
    "guide_overview": (
        "title",
        "situation",
        "summary",
        "materials",
        "duration",
        "visits",
        "fee",
        "place",
        "phone",
        "source",
    ),
    "guide_aspect": ("title", "situation", "aspect", "text", "source"),
    "guide_not_stated": ("title", "aspect", "phone"),
    "guide_due": ("due",),
    "guide_unsettled": ("title", "phone"),
    "guide_expired": ("title", "hotline"),
    "guide_source": ("basis", "checked", "version", "area"),
    "guide_no_basis": (),
    "situation": ("label",),
    "not_stated": (),
    "to_check": (),
    "electronic": ("electronic",),
}

BASES_NAMED = 2
"""So many laws are named; a citizen does not read more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A guide as one citizen sees it."""

    release: Release
    guide: Guide
    area: AreaCode
    situation: Situation | None
    elements: Elements
    today: date
    production: bool

    def element(self, name: ElementName) -> Element:
        """Tell an element; in production one that nobody has adopted is not stated."""
        element = self.elements[name]
        if self.production and element.to_check:
            return Element(standing=Standing.NOT_STATED)
        return element


def shown(
    office: Office,
    guide: Guide,
    *,
    area: AreaCode,
    situation: Situation | None,
) -> Shown:
    """Put a guide together as it holds for one citizen today."""
    return Shown(
        release=office.release,
        guide=guide,
        area=area,
        situation=situation,
        elements=elements_for(guide, area=area, situation=situation),
        today=local(office.clock.now()).date(),
        production=office.production,
    )


def expired(shown: Shown) -> Say:
    """Say that the guide is being updated: old text is never shown as current."""
    hotline = shown.release.rules.hotline
    return say(shown.release, "guide_expired", title=shown.guide.title, hotline=hotline)


def overview(shown: Shown) -> Say:
    """Say the whole guide; plainly: its approved short version."""
    names = [
        ElementName.MATERIALS,
        ElementName.DURATION,
        ElementName.VISITS,
        ElementName.FEE,
        ElementName.PLACE,
        ElementName.PHONE,
    ]
    parts = {name.value: _text(shown, name) for name in names}
    full = written(
        shown.release,
        "guide_overview",
        title=shown.guide.title,
        situation=_situation(shown),
        summary=summary(shown).full,
        source=_source(shown, names),
        **parts,
    )
    short = summary(shown)
    return Say(full=full, plain=short.plain, spoken=short.spoken)


def aspect(shown: Shown, asked: Aspect) -> Say:
    """Say one element; what the department does not state is said so, with its telephone."""
    name = ELEMENT_OF[asked]
    title = _aspect_title(shown, asked)
    element = shown.element(name)
    if element.standing is Standing.NOT_STATED:
        phone = _phone(shown)
        return say(
            shown.release, "guide_not_stated", title=shown.guide.title, aspect=title, phone=phone
        )
    common = {"title": shown.guide.title, "aspect": title, "situation": _situation(shown)}
    source = _source(shown, [name])
    full = written(shown.release, "guide_aspect", text=_text(shown, name), source=source, **common)
    short = say(shown.release, "guide_aspect", text=element.plain, source="", **common)
    return Say(full=full, plain=short.plain, spoken=short.spoken)


def summary(shown: Shown) -> Say:
    """Say the short version; in production only when everything it may rest on is settled."""
    if shown.production and any(element.to_check for element in shown.elements.values()):
        phone = _phone(shown)
        return say(shown.release, "guide_unsettled", title=shown.guide.title, phone=phone)
    short = shown.guide.summary
    return Say(full=short.full, plain=short.plain, spoken=short.spoken)


def _aspect_title(shown: Shown, asked: Aspect) -> str:
    titles = {rule.aspect: rule.title for rule in shown.release.rules.aspects}
    return titles.get(asked, asked.value)


def _situation(shown: Shown) -> str:
    if shown.situation is None:
        return ""
    return written(shown.release, "situation", label=shown.situation.label)


def _phone(shown: Shown) -> str:
    element = shown.element(ElementName.PHONE)
    return element.text or shown.release.rules.hotline


def _text(shown: Shown, name: ElementName) -> str:
    """Write an element out, its materials as numbered lines, with its label if it is unread."""
    element = shown.element(name)
    if element.standing is Standing.NOT_STATED:
        return written(shown.release, "not_stated")
    lines = [element.text] if element.text else []
    lines += [
        f"{number}. {_material(shown, one)}" for number, one in enumerate(element.items, start=1)
    ]
    label = written(shown.release, "to_check") if element.to_check else ""
    return "\n".join(lines) + label + _due(shown, element)


def _due(shown: Shown, element: Element) -> str:
    """Tell by which day it is done if it is accepted today, where the term is known."""
    days, calendar = element.promised_days or element.legal_days, shown.release.rules.calendar
    if not days:
        return ""
    due = calendar.after(shown.today, days)
    known = calendar.known(shown.today) and calendar.known(due)
    return written(shown.release, "guide_due", due=day_in_words(due)) if known else ""


def _material(shown: Shown, one: Material) -> str:
    paper = ""
    if one.electronic:
        paper = written(shown.release, "electronic", electronic=one.electronic)
    return " ".join(part for part in (one.name, one.form, one.note, paper) if part)


def _source(shown: Shown, names: Iterable[ElementName]) -> str:
    keys = dict.fromkeys(key for name in names for key in shown.element(name).basis)
    bases = [shown.release.sources[key].name for key in keys][:BASES_NAMED]
    return written(
        shown.release,
        "guide_source",
        basis="、".join(bases) or say(shown.release, "guide_no_basis").full,
        checked=day_in_words(shown.guide.checked_on),
        version=shown.guide.version,
        area=shown.release.places.full_name(shown.area),
    )
