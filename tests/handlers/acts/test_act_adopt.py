"""Adopting: a new release with the same model, current, noted; or nothing at all."""

from dataclasses import replace
from datetime import date

import pytest

from bot.current import open_release, sampled
from bot.first_release import Shipped
from data.civic.errors import Conflict, Mistakes
from data.civic.ids import AreaCode, GuideId
from data.civic.knowing.adopted_areas import AreaAdoption, digest_of_area
from data.civic.knowing.adoptions import Adoption, Spot, digest_of, said
from data.civic.knowing.guides import Element, ElementName, Standing, Words
from data.civic.knowing.releases import Origin, Release
from data.content.adopting import Adoptions
from data.store.releases import StoredRelease
from data.store.stores import Stores
from handlers.acts.adopt import adopt
from handlers.directory import directory
from tests import builders

FEE = Spot(guide=GuideId("marriage"), element=ElementName.FEE)
DAY = date(2026, 11, 22)


@pytest.fixture
async def base(stores: Stores, shipped: Shipped) -> StoredRelease:
    """The shipped release, current."""
    made = await stores.releases.put(
        shipped.manifest, shipped.files, shipped.model, origin=Origin.FILES, at=builders.now()
    )
    await stores.releases.make_current(made, expected=None)
    return await stores.releases.load(made)


def adoption(release: Release, spot: Spot = FEE, correction: Words | None = None) -> Adoption:
    guide = release.guides[spot.guide]
    return Adoption(
        spot=spot,
        digest=digest_of(said(guide)[spot]),
        department=guide.department,
        by="王芳",
        on=DAY,
        correction=correction,
    )


def everything(release: Release, *standings: Standing) -> Adoptions:
    """Adopt all elements that stand so, and all sample areas."""
    spots = [
        spot
        for guide in release.guides.values()
        for spot, one in said(guide).items()
        if one.standing in standings
    ]
    samples = [area for area in release.places.areas.values() if area.sample]
    areas = [
        AreaAdoption(
            code=AreaCode(area.code),
            digest=digest_of_area(area),
            department=release.places.department,
            by="王芳",
            on=DAY,
        )
        for area in samples
    ]
    return Adoptions(elements=tuple(adoption(release, one) for one in spots), areas=tuple(areas))


def fee(stored: StoredRelease) -> Element:
    return said(stored.read().guides[FEE.guide])[FEE]


async def test_what_was_adopted_is_current_with_the_same_model(
    stores: Stores, base: StoredRelease
) -> None:
    given = Adoptions(elements=(adoption(base.read(), FEE, Words.of("不收费。", ())),))
    made = await adopt(stores, base, given, by="李强", at=builders.now())
    assert await stores.releases.current() == made != base.manifest.id
    now = await stores.releases.load(made)
    assert (now.model, now.origin) == (base.model, Origin.CONSOLE)
    assert set(now.files) - set(base.files) == {"adopted/民政.toml"}
    assert fee(now).text == "不收费。"
    open_release(now, directory())


async def test_the_audit_log_tells_who_handed_it_in_for_whom(
    stores: Stores, base: StoredRelease
) -> None:
    given = Adoptions(elements=(adoption(base.read()),))
    made = await adopt(stores, base, given, by="李强", at=builders.now())
    (entry,) = await stores.audit.of_subject(made, 10)
    assert (entry.deed.act, entry.deed.purpose) == ("guides.adopt", "民政, handed in by 李强")


async def test_the_same_again_makes_no_new_release(stores: Stores, base: StoredRelease) -> None:
    given = Adoptions(elements=(adoption(base.read()),))
    made = await adopt(stores, base, given, by="李强", at=builders.now())
    now = await stores.releases.load(made)
    assert await adopt(stores, now, given, by="李强", at=builders.now()) == made
    assert len(await stores.audit.of_subject(made, 10)) == 1


async def test_other_words_than_were_read_change_nothing(
    stores: Stores, base: StoredRelease
) -> None:
    good = adoption(base.read())
    bad = replace(good, spot=replace(FEE, element=ElementName.PLACE))
    with pytest.raises(Conflict, match="marriage/place"):
        await adopt(stores, base, Adoptions(elements=(good, bad)), by="李强", at=builders.now())
    assert await stores.releases.current() == base.manifest.id


async def test_of_two_who_adopt_at_once_the_second_is_told(
    stores: Stores, base: StoredRelease
) -> None:
    release = base.read()
    one = Adoptions(elements=(adoption(release),))
    two = Adoptions(elements=(adoption(release, replace(FEE, element=ElementName.PLACE)),))
    made = await adopt(stores, base, one, by="李强", at=builders.now())
    with pytest.raises(Conflict, match="look again"):
        await adopt(stores, base, two, by="李强", at=builders.now())
    assert await stores.releases.current() == made


async def test_production_refuses_samples_by_department(base: StoredRelease) -> None:
    with pytest.raises(Mistakes, match="guides export") as error:
        open_release(base, directory(), production=True)
    release = base.read()
    departments = {one.department for one in release.guides.values()}
    wrong = {one.where: one.what for one in error.value.mistakes}
    assert set(wrong) <= departments
    assert "5 areas" in wrong[release.places.department]
    open_release(base, directory())


async def test_production_opens_when_samples_are_adopted_though_facts_are_unread(
    stores: Stores, base: StoredRelease
) -> None:
    given = everything(base.read(), Standing.SAMPLE)
    made = await adopt(stores, base, given, by="李强", at=builders.now())
    now = await stores.releases.load(made)
    release, _ = open_release(now, directory(), production=True)
    assert sampled(release) == ()
    unread = [
        one
        for guide in release.guides.values()
        for spot, one in said(guide).items()
        if spot.element and one.to_check
    ]
    assert unread
    assert all(one.standing is Standing.FACT for one in unread)
