"""Going back to an older release: words, dictionary and model together, once, and noted."""

import pytest

from bot.first_release import Shipped, install
from bot.house import House
from data.civic.errors import BadInput, Conflict, Mistakes, NotFound, Refused
from data.civic.ids import IntentId, ReleaseId
from data.civic.knowing.releases import Origin, Release
from data.civic.people import Role, Staff
from data.civic.talk.gist import gist_of, group_of
from data.civic.talk.groups import GroupState
from data.content.files import manifest_of
from handlers.acts import teach
from handlers.acts.return_release import return_to
from handlers.acts.teach import Lesson
from handlers.office import Office
from intents.understand import Ear
from tests import builders
from tests.drafting import approved, clerk, opening_hours, published, served
from tests.staffed import unanswered

REASON = "答错了，先退回"
WORDING = "wording/conversation.toml"


@pytest.fixture
async def office(house: House, shipped: Shipped) -> Office:
    return await served(house, shipped)


async def two(house: House, office: Office) -> tuple[ReleaseId, ReleaseId]:
    """The shipped release, and one made here that is served."""
    wang = await clerk(house, "wang", Role.EDITOR)
    done = await published(
        office, await approved(house, office, await opening_hours(office, wang), wang)
    )
    assert done.release is not None
    return office.release.id, done.release


async def back(house: House, staff: Staff, to: ReleaseId, seen: ReleaseId) -> None:
    await return_to(
        house.office(), staff, to, seen=seen, reason=REASON, check=house.directory.check
    )


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.CHIEF])
async def test_a_reviewer_or_a_chief_goes_back_in_one_step(
    house: House, office: Office, role: Role
) -> None:
    first, second = await two(house, office)
    li = await clerk(house, "li", role)
    await back(house, li, first, second)
    assert await office.stores.releases.current() == first
    (deed,) = await office.stores.audit.of_subject(first, 10)
    assert (deed.deed.actor, deed.deed.act) == (li.id, "release.return")
    assert REASON in deed.deed.purpose


async def test_a_second_click_and_a_stale_page_change_nothing(house: House, office: Office) -> None:
    first, second = await two(house, office)
    li = await clerk(house, "li", Role.REVIEWER)
    await back(house, li, first, second)
    await back(house, li, first, second)
    assert len(await office.stores.audit.of_subject(first, 10)) == 1
    with pytest.raises(Conflict):
        await back(house, li, second, second + "x")  # type: ignore[arg-type]


async def test_nobody_else_goes_back_and_nobody_without_a_reason(
    house: House, office: Office
) -> None:
    first, second = await two(house, office)
    for login, role in (("qian", Role.EDITOR), ("sun", Role.DUTY), ("zhou", Role.ADMIN)):
        with pytest.raises(Refused):
            await back(house, await clerk(house, login, role), first, second)
    li = await clerk(house, "li", Role.REVIEWER)
    with pytest.raises(BadInput):
        await return_to(office, li, first, seen=second, reason=" ", check=house.directory.check)
    with pytest.raises(NotFound):
        await back(house, li, ReleaseId("none"), second)


async def test_a_release_that_this_program_cannot_serve_is_refused(
    house: House, office: Office, shipped: Shipped
) -> None:
    files = {**shipped.files, WORDING: shipped.files[WORDING].replace(b"{hotline}", b"{fax}")}
    broken = manifest_of(files, model=shipped.manifest.model)
    await office.stores.releases.put(
        broken, files, shipped.model, origin=Origin.CONSOLE, at=builders.now()
    )
    unheard = manifest_of(shipped.files)
    await office.stores.releases.put(
        unheard, shipped.files, b"", origin=Origin.CONSOLE, at=builders.now()
    )
    li = await clerk(house, "li", Role.REVIEWER)
    for one in (broken, unheard):
        with pytest.raises(Mistakes):
            await back(house, li, one.id, office.release.id)
    assert await office.stores.releases.current() == office.release.id


async def test_a_release_that_has_no_words_yet_for_this_program_may_be_gone_back_to(
    house: House, office: Office, shipped: Shipped
) -> None:
    files = {path: text for path, text in shipped.files.items() if path != WORDING}
    older = manifest_of(files, model=shipped.manifest.model)
    await office.stores.releases.put(
        older, files, shipped.model, origin=Origin.CONSOLE, at=builders.now()
    )
    await back(house, await clerk(house, "li", Role.REVIEWER), older.id, office.release.id)
    assert await office.stores.releases.current() == older.id


async def test_an_older_release_of_files_that_was_chosen_outlives_a_restart(
    house: House, office: Office, shipped: Shipped
) -> None:
    files = {**shipped.files, "other/older.txt": "今天天气怎么样\n".encode()}
    older = manifest_of(files, model=shipped.manifest.model)
    await office.stores.releases.put(
        older, files, shipped.model, origin=Origin.FILES, at=builders.now()
    )
    await back(house, await clerk(house, "li", Role.CHIEF), older.id, office.release.id)

    async def gate(_: Release, __: Ear) -> tuple[str, ...]:
        return ()

    served_now = await install(
        office.stores.releases, house.settings.home, house.directory, office.clock, gate=gate
    )
    assert served_now == older.id


async def test_what_was_taught_by_what_is_left_comes_back_to_the_inbox(
    house: House, office: Office
) -> None:
    texts = ("电动三轮车在哪里年检", "大白鹅走丢了找谁")
    groups = [group_of(gist_of(text)) for text in texts]
    for text in texts:
        await unanswered(house, text)
    wang = await clerk(house, "wang", Role.EDITOR)
    lessons = [Lesson.of([one], text) for one, text in zip(groups, texts, strict=True)]
    served_draft = await teach.teach(office, wang, lessons[0], IntentId("electric_bike_plate"))
    done = await published(office, await approved(house, office, served_draft, wang))
    assert done.release is not None
    await teach.not_ours(office, wang, lessons[1])
    await back(house, await clerk(house, "li", Role.REVIEWER), office.release.id, done.release)
    found = [await office.stores.question_groups.get(one) for one in groups]
    assert [one.state for one in found if one] == [GroupState.OPEN, GroupState.NOT_OURS]
    assert found[0] is not None
    assert found[0].draft == served_draft.id
    assert served_draft.title == office.release.intents[IntentId("electric_bike_plate")].title
