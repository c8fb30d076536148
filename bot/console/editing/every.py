"""All pages of the editors."""

from bot.console.editing import (
    adoption,
    danger,
    elements,
    golden,
    guides,
    intents,
    lexicon,
    parts,
    rules,
    sources,
    wording,
)
from bot.console.routes import Door, Page

PAGES: tuple[Page | Door, ...] = (
    *intents.pages.pages,
    *guides.pages.pages,
    *elements.pages.pages,
    *parts.pages.pages,
    *sources.pages.pages,
    *wording.pages.pages,
    *lexicon.pages.pages,
    *rules.pages.pages,
    *danger.pages.pages,
    *golden.pages.pages,
    *adoption.pages.pages,
)
