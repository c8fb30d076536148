"""Adoptions: bound to the words that were read, applied when a release is read."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.civic.errors import Mistakes
from data.civic.ids import AreaCode, GuideId
from data.civic.knowing.adopted_areas import AreaAdoption, digest_of_area
from data.civic.knowing.adoptions import Adoption, Spot, digest_of, said, summaries_left
from data.civic.knowing.guides import Element, ElementName, Guide, Material, Standing, Words
from data.civic.knowing.releases import Release
from data.civic.knowing.samples import samples
from data.content.adopting import Adoptions, path_of, read_adoptions, with_adoptions, written
from data.content.files import manifest_of
from data.content.parsing import Desk
from data.content.reader import read

GUIDE = GuideId("marriage")
FEE = Spot(guide=GUIDE, element=ElementName.FEE)
PLACE = Spot(guide=GUIDE, element=ElementName.PLACE)
DAY = date(2026, 11, 22)
VILLAGE = AreaCode("330109105201")


def adoption(guide: Guide, spot: Spot, correction: Words | None = None) -> Adoption:
    return Adoption(
        spot=spot,
        digest=digest_of(said(guide)[spot]),
        department=guide.department,
        by="王芳",
        on=DAY,
        correction=correction,
    )


def reread(files: Mapping[str, bytes], *given_: Adoption | AreaAdoption) -> Release:
    new = Adoptions(
        elements=tuple(one for one in given_ if isinstance(one, Adoption)),
        areas=tuple(one for one in given_ if isinstance(one, AreaAdoption)),
    )
    now = with_adoptions(files, new, ())
    return read(now, manifest=manifest_of(now))


def element(release: Release, spot: Spot) -> Element:
    return said(release.guides[spot.guide])[spot]


def test_what_is_adopted_is_served_as_it_stands(
    files: Mapping[str, bytes], release: Release
) -> None:
    before = element(release, PLACE)
    assert (before.standing, before.to_check) == (Standing.SAMPLE, True)
    after = element(reread(files, adoption(release.guides[GUIDE], PLACE)), PLACE)
    assert after == replace(before, adopted=True)
    assert not after.to_check


def test_a_correction_takes_the_place_of_the_words(
    files: Mapping[str, bytes], release: Release
) -> None:
    words = Words.of("不收费。", (Material(name="居民身份证", form="原件"),))
    after = element(reread(files, adoption(release.guides[GUIDE], FEE, words)), FEE)
    assert (after.text, after.plain) == ("不收费。", "不收费。居民身份证")
    assert after.items == words.items
    assert (after.standing, after.to_check) == (Standing.FACT, False)


def test_a_correction_of_the_duration_takes_its_days_with_it(
    files: Mapping[str, bytes], release: Release
) -> None:
    spot = Spot(guide=GuideId("passport"), element=ElementName.DURATION)
    assert element(release, spot).promised_days
    given_ = adoption(release.guides[spot.guide], spot, Words.of("20天。", ()))
    assert element(reread(files, given_), spot).promised_days is None


def test_what_is_taken_down_is_not_stated(files: Mapping[str, bytes], release: Release) -> None:
    after = element(reread(files, adoption(release.guides[GUIDE], PLACE, Words())), PLACE)
    assert after == Element(standing=Standing.NOT_STATED, adopted=True)


def test_a_corrected_summary_is_read_aloud_anew(
    files: Mapping[str, bytes], release: Release
) -> None:
    spot = Spot(guide=GUIDE, element=None)
    words = Words(text="结婚登记不收费，请打12345。", plain="不收费。")
    guide = reread(files, adoption(release.guides[GUIDE], spot, words)).guides[GUIDE]
    assert guide.summary_adopted
    said_now = (guide.summary.full, guide.summary.plain, guide.summary.spoken)
    assert said_now == (words.text, words.plain, "不收费。")


def test_the_version_of_a_guide_tells_that_something_was_adopted(
    files: Mapping[str, bytes], release: Release
) -> None:
    corrected = adoption(release.guides[GUIDE], FEE, Words.of("不收费。", ()))
    after = reread(files, corrected).guides
    assert after[GUIDE].version != release.guides[GUIDE].version
    others = [id_ for id_ in after if after[id_] != release.guides[id_]]
    assert others == [GUIDE]


def test_other_words_than_were_read_are_not_adopted(
    files: Mapping[str, bytes], release: Release
) -> None:
    given_ = adoption(release.guides[GUIDE], FEE, Words.of("不收费。", ()))
    path = "guides/marriage.toml"
    text = files[path].decode()
    fee = element(release, FEE).text
    assert fee in text
    changed = {**files, path: text.replace(fee, "收九块钱。").encode()}
    after = reread(changed, given_)
    assert after.lapsed == (given_,)
    assert element(after, FEE).text == "收九块钱。"


@pytest.mark.parametrize(
    "spot",
    [
        Spot(guide=GuideId("no_such_guide"), element=ElementName.FEE),
        Spot(guide=GUIDE, element=ElementName.FEE, situation="no_such_situation"),
        Spot(guide=GUIDE, element=ElementName.FEE, variant=AreaCode("33")),
    ],
    ids=str,
)
def test_an_adoption_of_what_no_longer_stands_has_lapsed(
    files: Mapping[str, bytes], release: Release, spot: Spot
) -> None:
    given_ = replace(adoption(release.guides[GUIDE], FEE), spot=spot)
    assert reread(files, given_).lapsed == (given_,)


def test_another_department_adopts_nothing(files: Mapping[str, bytes], release: Release) -> None:
    given_ = replace(adoption(release.guides[GUIDE], FEE), department="教育")
    after = reread(files, given_)
    assert after.lapsed == (given_,)
    assert not element(after, FEE).adopted


def test_a_second_correction_is_bound_to_the_first(
    files: Mapping[str, bytes], release: Release
) -> None:
    first = adoption(release.guides[GUIDE], FEE, Words.of("收五块钱。", ()))
    once = with_adoptions(files, Adoptions(elements=(first,)), ())
    now = read(once, manifest=manifest_of(once))
    second = adoption(now.guides[GUIDE], FEE, Words.of("不收费。", ()))
    after = reread(once, second)
    assert (element(after, FEE).text, after.lapsed) == ("不收费。", ())


def test_who_adopts_again_replaces_the_adoption(
    files: Mapping[str, bytes], release: Release
) -> None:
    first = adoption(release.guides[GUIDE], FEE)
    second = replace(first, by="李强")
    once = with_adoptions(files, Adoptions(elements=(first,)), ())
    twice = with_adoptions(once, Adoptions(elements=(second,)), ())
    assert read_adoptions(Desk(twice)).elements == (second,)


def test_a_lapsed_correction_goes_when_its_words_are_adopted_anew(
    files: Mapping[str, bytes], release: Release
) -> None:
    good = adoption(release.guides[GUIDE], FEE)
    bad = replace(good, digest="0" * 16, correction=Words.of("不收费。", ()))
    once = with_adoptions(files, Adoptions(elements=(bad,)), ())
    twice = with_adoptions(once, Adoptions(elements=(good,)), {bad})
    assert read_adoptions(Desk(twice)).elements == (good,)


def test_who_corrects_an_element_must_say_whether_the_summary_holds(release: Release) -> None:
    fee = adoption(release.guides[GUIDE], FEE, Words.of("不收费。", ()))
    summary = adoption(release.guides[GUIDE], Spot(guide=GUIDE, element=None))
    assert summaries_left([fee]) == {GUIDE}
    assert summaries_left([fee, summary]) == set()
    assert summaries_left([adoption(release.guides[GUIDE], FEE)]) == set()


@pytest.mark.parametrize(
    ("name", "left"),
    [(None, "苎萝村（样例）"), ("苎萝村", "苎萝村"), ("", None)],
    ids=["adopted", "corrected", "taken down"],
)
def test_a_sample_area_is_adopted_renamed_or_taken_down(
    files: Mapping[str, bytes], release: Release, name: str | None, left: str | None
) -> None:
    area = release.places.areas[VILLAGE]
    given_ = AreaAdoption(
        code=VILLAGE,
        digest=digest_of_area(area),
        department=release.places.department,
        by="王芳",
        on=DAY,
        name=name,
    )
    after = reread(files, given_)
    now = after.places.areas.get(VILLAGE)
    assert (now.name if now else None) == left
    assert now is None or not now.sample
    assert samples(after)["民政"].areas == samples(release)["民政"].areas - 1


def test_samples_are_counted_until_they_are_adopted(
    files: Mapping[str, bytes], release: Release
) -> None:
    spots = [
        adoption(guide, spot)
        for guide in release.guides.values()
        for spot, one in said(guide).items()
        if guide.department == "数据管理" and one.standing is Standing.SAMPLE
    ]
    assert samples(release)["数据管理"].elements == len(spots)
    assert "数据管理" not in samples(reread(files, *spots))


STAMP = """
guide = "marriage"
element = "fee"
text_digest = "0123456789abcdef"
by = "王"
on = 2026-11-22
"""


@pytest.mark.parametrize(
    "entry",
    [
        STAMP.replace("fee", "no_element"),
        STAMP.replace("0123", "xyz"),
        STAMP + 'situation = "a"\nvariant = "33"',
        STAMP + 'plain = "不收费。"',
        STAMP + 'text = "不收费。"\nwithdrawn = true',
        STAMP.replace("fee", "summary") + "withdrawn = true",
        STAMP + f'text = "{"长" * 121}"',
    ],
    ids=["element", "digest", "two parts", "plain alone", "both", "no summary", "no plain"],
)
def test_a_wrong_entry_is_a_mistake_with_its_line(files: Mapping[str, bytes], entry: str) -> None:
    path = path_of("民政")
    wrong = {**files, path: f'department = "民政"\n[[adopted]]\n{entry}\n'.encode()}
    with pytest.raises(Mistakes) as error:
        read(wrong, manifest=manifest_of(wrong))
    assert {one.where for one in error.value.mistakes} == {path}
    assert all(one.line for one in error.value.mistakes)


def test_a_file_bears_the_name_of_its_department(files: Mapping[str, bytes]) -> None:
    wrong = {**files, path_of("教育"): written("民政", Adoptions())}
    with pytest.raises(Mistakes, match="must be the same"):
        read(wrong, manifest=manifest_of(wrong))


TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).map(str.strip).filter(bool)
MATERIALS = st.builds(Material, name=TEXT, form=TEXT, note=TEXT | st.just(""), electronic=TEXT)
WORDS = st.builds(
    Words,
    text=TEXT,
    plain=TEXT.map(lambda text: text[:100].strip() or "短"),
    items=st.lists(MATERIALS, max_size=3).map(tuple),
)
ADOPTIONS = st.builds(
    Adoption,
    spot=st.sampled_from([FEE, replace(FEE, situation="abroad"), replace(FEE, variant="330109")]),
    digest=st.just("0123456789abcdef"),
    department=st.just("民政"),
    by=TEXT,
    on=st.dates(min_value=date(2000, 1, 1)),
    correction=st.none() | st.just(Words()) | WORDS,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(ADOPTIONS, max_size=3).map(tuple))
def test_what_is_written_is_read_back(adoptions: tuple[Adoption, ...]) -> None:
    content = written("民政", Adoptions(elements=adoptions))
    tomllib.loads(content.decode())
    desk = Desk({path_of("民政"): content})
    assert read_adoptions(desk).elements == adoptions
    assert not desk.mistakes
