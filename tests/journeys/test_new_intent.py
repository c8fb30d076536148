"""Somebody new adds an intent with its guide: two files of content, and it is understood."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from bot.first_release import Shipped, checked
from data.content.files import folder, manifest_of
from data.content.reader import read
from handlers.directory import directory
from intents.artifact import digest_of
from intents.train import train
from tests.conftest import Build
from tests.journeys.county import County, opened

KEPT = ("passport", "id_card_replace", "elderly_allowance", "greeting", "human", "complaint")
"""A few of the shipped intents: enough for a small county, and quickly learnt."""
LEFT_OUT = ("held_out/", "golden/", "adopted/", "bundles/", "seeds/")

NEW_INTENT = """
id = "dog_licence"
title = "养犬登记"
kind = "guide"
department = "公安"
examples = [
  "狗证怎么办", "养狗要登记吗", "给狗上户口", "小狗办证", "犬证在哪办", "我家金毛要办什么证",
  "养犬登记材料", "狗牌怎么领", "遛狗要有证吗", "想养条狗需要办手续不", "狗狗登记", "养犬证丢了",
]
"""
NOT_STATED = (
    "conditions",
    "process",
    "online",
    "duration",
    "place",
    "time",
    "phone",
    "complaint_phone",
    "visits",
    "proxy",
    "cross_province",
    "result",
)
NEW_GUIDE = """
id = "dog_licence"
title = "养犬登记"
item_type = "公共服务"
department = "公安"
level = "县级"
audience = ["自然人"]
checked_on = 2026-11-21
valid_until = 2099-11-30
summary = "养狗先打疫苗，再登记。"
plain = "先打疫苗，再登记。"
[elements.materials]
status = "sample"
[[elements.materials.items]]
name = "狂犬疫苗接种证明"
[elements.fee]
status = "sample"
text = "登记不收费。"
""" + "".join(f'[elements.{name}]\nstatus = "not_stated"\n' for name in NOT_STATED)


def small(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Keep a few intents of the shipped content."""

    def kept(path: str) -> bool:
        named = path.startswith(("intents/", "guides/"))
        return Path(path).stem in KEPT if named else not path.startswith(LEFT_OUT)

    return {path: text for path, text in files.items() if kept(path)}


@pytest.fixture
def content(shipped: Shipped, tmp_path: Path) -> Path:
    """A folder of content, as a clerk has it before her."""
    home = tmp_path / "content"
    for path, text in small(shipped.files).items():
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_bytes(text)
    return home


def learnt(home: Path) -> Shipped:
    """Check what stands in the folder, and learn it."""
    files = folder(home)
    model = train(checked(directory(), files))
    manifest = manifest_of(files, model=digest_of(model))
    return Shipped(
        release=read(files, manifest=manifest), manifest=manifest, files=files, model=model
    )


@pytest.fixture
async def county(content: Path, build: Build, platforms_home: Path) -> AsyncIterator[County]:
    (content / "intents/dog_licence.toml").write_text(NEW_INTENT, encoding="utf-8")
    (content / "guides/dog_licence.toml").write_text(NEW_GUIDE, encoding="utf-8")
    async with opened(build(shipped=learnt(content)), home=platforms_home) as one:
        yield one


async def test_two_files_are_enough(county: County) -> None:
    phone = await county.wechat()
    assert "狂犬疫苗接种证明" in await phone.ask("狗证要什么材料")
    assert "登记不收费" in await phone.ask("收费吗")
    answer = await (await county.mini("alipay")).ask("养犬登记去哪里办")
    assert (answer.body["intent"], answer.body["aspect"]) == ("dog_licence", "place")
    assert "没有写明" in answer.text


async def test_what_was_there_before_is_still_answered(county: County) -> None:
    mini = await county.mini()
    assert (await mini.ask("护照怎么办")).body["intent"] == "passport"
