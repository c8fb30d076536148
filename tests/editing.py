"""Somebody with a draft open before the console of a small county."""

import html
import re
from dataclasses import dataclass, replace

from aiohttp import ClientResponse

from bot.house import House
from data.civic.ids import DraftId
from data.civic.knowing.drafts import Draft
from data.civic.people import Role, Staff
from handlers.acts import drafts
from tests.staffed import Seat, hired


@dataclass(slots=True)
class Writer:
    """A member of staff who writes, with a draft of the house."""

    house: House
    seat: Seat
    staff: Staff
    id: DraftId

    @property
    def place(self) -> str:
        return f"/console/drafts/{self.id}"

    async def shows(self, path: str) -> str:
        """Open a page of the draft, and give what it says."""
        response = await self.seat.get(f"{self.place}{path}")
        text = await response.text()
        assert response.status == 200, text[-2000:]
        return html.unescape(text)

    async def fields(self, path: str) -> dict[str, str]:
        """Open a page and read its last form, as a browser would send it back unchanged."""
        return filled_in(await self.form(path))

    async def form(self, path: str) -> str:
        return await (await self.seat.get(f"{self.place}{path}")).text()

    async def sends(self, path: str, **changes: str) -> ClientResponse:
        """Fill a form's page in and send it to where it stands."""
        given = await self.fields(path) | {key.replace("__", "."): v for key, v in changes.items()}
        return await self.posts(path, given)

    async def posts(self, path: str, given: dict[str, str]) -> ClientResponse:
        return await self.seat.post(f"{self.place}{path}", **given)

    async def draft(self) -> Draft:
        found = await self.house.stores.drafts.get(self.id)
        assert found is not None
        return found

    async def file(self, path: str) -> str:
        """Read a file as it is now in the draft."""
        text, _ = await drafts.file_of(self.house.office(), await self.draft(), path)
        assert text is not None, path
        return text.decode()


def filled_in(page: str) -> dict[str, str]:
    """Read the values of a page's wide or first form: inputs, areas, choices, boxes."""
    forms = re.findall(r'<form class="form.*?</form>', page, re.DOTALL)
    assert forms, "the page has no form"
    form = forms[0]
    found: dict[str, str] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, kind = _of("name", tag), _of("type", tag)
        if kind in ("checkbox", "radio") and " checked" not in tag:
            continue
        if name:
            found[name] = html.unescape(_of("value", tag))
    for name, said in re.findall(
        r'<textarea [^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL
    ):
        found[name] = html.unescape(said)
    for name, options in re.findall(
        r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        first = re.search(r'<option value="([^"]*)"', options)
        found[name] = html.unescape((chosen or first)[1]) if first else ""
    found.pop("csrf", None)
    return found


async def writer(
    house: House, seat: Seat, login: str = "editor", *, name: str = "王芳", department: str = ""
) -> Writer:
    """Hire and seat an editor, and open a draft."""
    staff = await hired(house, login, Role.EDITOR, name=name)
    if department:
        staff = replace(staff, department=department, version=staff.version + 1)
        await house.stores.staff.save(staff)
    await seat.sign_in(login)
    draft = await drafts.open_draft(house.office(), staff, "测试")
    return Writer(house, seat, staff, draft.id)


def _of(attribute: str, tag: str) -> str:
    found = re.search(rf'\b{attribute}="([^"]*)"', tag)
    return found[1] if found else ""
