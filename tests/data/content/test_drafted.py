"""A draft is read on top of what is served: as if it were read whole, mistakes aside."""

from collections.abc import Mapping
from datetime import date

import pytest

from data.civic.ids import GuideId, IntentId
from data.civic.knowing.adoptions import Adoption, Spot, digest_of
from data.civic.knowing.guides import ElementName
from data.civic.knowing.releases import Release
from data.content.adopting import Adoptions, with_adoptions
from data.content.drafted import drafted, lapsed_of
from data.content.files import manifest_of
from data.content.reader import read
from tests.data.content import tiny
from tests.data.content.breaking import changed

GUIDE, DOG = "guides/dog.toml", GuideId("dog")


@pytest.fixture(scope="module")
def served() -> Mapping[str, bytes]:
    return tiny.release()


@pytest.fixture(scope="module")
def one(served: Mapping[str, bytes]) -> Release:
    return read(served, manifest=manifest_of(served))


def same_as_whole(
    release: Release, served: Mapping[str, bytes], files: Mapping[str, bytes]
) -> None:
    whole = read(files, manifest=manifest_of(files))
    says = drafted(release, served, files)
    assert not says.mistakes
    assert says.guides == whole.guides
    assert says.intents == whole.intents
    assert says.sources == whole.sources
    assert says.words == whole.words


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (GUIDE, "养犬要登记。", "养犬要先登记。"),
        ("intents/hello.toml", "问好", "打招呼"),
        ("sources/dogs.toml", 'issuer = "市人大"', 'issuer = "市人大"\nread_on = 2026-11-20'),
        ("wording/desks.toml", "再见", "慢走"),
    ],
)
def test_an_edit_is_read_as_the_whole_would_be(
    served: Mapping[str, bytes], one: Release, path: str, before: str, after: str
) -> None:
    same_as_whole(one, served, changed(served, path, before, after))


def test_what_is_adopted_counts_and_what_changed_since_lapses(
    served: Mapping[str, bytes], one: Release
) -> None:
    element = one.guides[DOG].elements[ElementName.MATERIALS]
    adoption = Adoption(
        spot=Spot(guide=DOG, element=ElementName.MATERIALS),
        digest=digest_of(element),
        department="公安",
        by="王芳",
        on=date(2026, 11, 22),
    )
    files = with_adoptions(served, Adoptions(elements=(adoption,)), ())
    same_as_whole(one, served, files)
    assert lapsed_of(files, one.sources) == ()
    after = changed(files, GUIDE, "带上狗的免疫证明", "带上狗")
    says = drafted(one, served, after)
    assert not says.guides[DOG].elements[ElementName.MATERIALS].adopted
    assert lapsed_of(after, one.sources) == (adoption,)


def test_what_cannot_be_read_is_left_out_and_named(
    served: Mapping[str, bytes], one: Release
) -> None:
    says = drafted(one, served, {**served, GUIDE: b"id = "})
    assert DOG not in says.guides
    assert [mistake.where for mistake in says.mistakes] == [GUIDE]
    assert IntentId("dog") in says.intents


def test_what_is_removed_is_gone(served: Mapping[str, bytes], one: Release) -> None:
    files = {path: text for path, text in served.items() if path != "intents/hello.toml"}
    assert IntentId("hello") not in drafted(one, served, files).intents
