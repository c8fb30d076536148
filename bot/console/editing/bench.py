"""What a page inside a draft works on: who, which draft, what it says now."""

import tomllib
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.console.routes import Visitor
from bot.console.show import page
from bot.doors import HOUSE
from data.civic.errors import BadInput
from data.civic.ids import DraftId
from data.civic.knowing.drafts import Draft, DraftState
from data.civic.people import Staff
from data.content.drafted import Drafted
from handlers.acts import drafts
from handlers.acts.read_draft import drafted_of
from handlers.office import Office

A_PAGE = 50
"""Rows of a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One person before one draft."""

    office: Office
    staff: Staff
    draft: Draft
    says: Drafted

    @property
    def place(self) -> str:
        """Tell the address of the draft below the console."""
        return f"/drafts/{self.draft.id}"

    @property
    def writable(self) -> bool:
        """Say whether this person may change it now."""
        return self.draft.state is DraftState.OPEN and self.staff.may(*drafts.WRITE)

    async def file(self, path: str) -> tuple[bytes, dict[str, Any], str]:
        """Fetch a file of the draft: its text, its table, its digest; empty if it is not there.

        Raises:
            BadInput: it is no TOML.
        """
        text, digest = await drafts.file_of(self.office, self.draft, path)
        try:
            return text or b"", tomllib.loads((text or b"").decode("utf-8-sig")), digest
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadInput(f"{path} is no TOML: take its edit back in the draft") from error


async def bench_of(request: web.Request, visitor: Visitor) -> Bench:
    """Fetch the draft that the address names, and read it.

    Raises:
        Refused: the role is not held.
        NotFound: there is no such draft.
    """
    office = request.app[HOUSE].office()
    draft = await drafts.find(office, visitor.staff, DraftId(request.match_info["draft"]))
    says = await drafted_of(office, draft)
    return Bench(office=office, staff=visitor.staff, draft=draft, says=says)


def shown(request: web.Request, bench: Bench, template: str, **values: Any) -> web.Response:
    """Make a page of a draft."""
    given = {"bench": bench, "draft": bench.draft, "place_of_draft": bench.place, **values}
    return page(
        request,
        f"editing/{template}",
        notice=request.query.get("notice", ""),
        **given,
    )


def page_number(request: web.Request, rows: int, *, each: int = A_PAGE) -> tuple[int, int]:
    """Tell which page of a list is asked for, and how many there are; both from 1."""
    pages = max(1, -(-rows // each))
    asked = request.query.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    return min(max(number, 1), pages), pages
