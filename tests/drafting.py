"""Drafts for tests: a county whose first release stands, clerks of departments, small edits."""

from dataclasses import replace

from bot.first_release import Shipped
from bot.house import House
from data.civic.knowing.drafts import Draft, DraftState, Lane
from data.civic.knowing.releases import Origin
from data.civic.people import Role, Staff
from data.content.files import manifest_of
from handlers.acts import drafts, publishing, review_draft
from handlers.office import Office
from tests import builders
from tests.staffed import hired

PASSPORT = "guides/passport.toml"
"""公安; its fee is money, its opening hours are not."""
GREETING = "intents/greeting.toml"
POLICE = "公安"


async def served(house: House, shipped: Shipped) -> Office:
    """Put the shipped release into the store, as a start does."""
    made = await house.stores.releases.put(
        shipped.manifest, shipped.files, shipped.model, origin=Origin.FILES, at=builders.now()
    )
    await house.stores.releases.make_current(made, expected=None)
    return house.office()


async def clerk(house: House, login: str, *roles: Role, department: str = "") -> Staff:
    staff = await hired(house, login, *roles, name=login)
    placed = replace(staff, department=department, version=staff.version + 1)
    await house.stores.staff.save(placed)
    return placed


async def edited(
    office: Office, staff: Staff, draft: Draft, path: str, before: str, after: str
) -> Draft:
    """Put other words into a file of a draft, as an editor does."""
    text, seen = await drafts.file_of(office, draft, path)
    assert text is not None
    assert before.encode() in text, f"{before} does not stand in {path}"
    now = text.replace(before.encode(), after.encode())
    return await drafts.save(office, staff, draft.id, {path: now}, {path: seen})


async def opening_hours(office: Office, staff: Staff, said: str = "打电话问窗口") -> Draft:
    """A draft that changes what is no money, no condition and no emergency."""
    draft = await drafts.open_draft(office, staff, "改护照俗称")
    return await edited(office, staff, draft, PASSPORT, '"出国证件"', f'"{said}"')


async def fee(office: Office, staff: Staff) -> Draft:
    """A draft that changes money."""
    draft = await drafts.open_draft(office, staff, "改护照收费")
    return await edited(office, staff, draft, PASSPORT, "每本120元", "每本100元")


async def submitted(house: House, staff: Staff, draft: Draft, lane: Lane = Lane.ORDINARY) -> Draft:
    return await review_draft.submit(
        house.office(),
        staff,
        draft.id,
        seen=draft.version,
        lane=lane,
        check=house.directory.check,
    )


async def signed(house: House, staff: Staff, draft: Draft) -> Draft:
    return await review_draft.sign(
        house.office(), staff, draft.id, seen=draft.version, check=house.directory.check
    )


async def approved(house: House, office: Office, draft: Draft, author: Staff) -> Draft:
    """Take a draft through its review; two reviewers of the county sign as far as needed."""
    draft = await submitted(house, author, draft)
    for login in ("first", "second"):
        if draft.state is DraftState.SUBMITTED:
            found = await house.stores.staff.by_login(login)
            draft = await signed(house, found or await clerk(house, login, Role.REVIEWER), draft)
    return draft


async def published(office: Office, draft: Draft) -> Draft:
    """Publish a draft with the model of its base, as if nothing were to be learnt."""
    started = await publishing.catch_up(office, await publishing.start(office, draft))
    stored = await office.stores.releases.load(started.base)
    files = await drafts.files_of(office, started)
    manifest = manifest_of(files, model=stored.manifest.model)
    return await publishing.publish(office, started, manifest, files, stored.model)
