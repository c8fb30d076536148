"""Every shipped file, through its form and back, says the same; its comments stay."""

import tomllib
from collections.abc import Mapping
from typing import Any

import pytest

from data.civic.knowing.guides import ElementName
from data.civic.knowing.releases import Release
from data.content.files import manifest_of
from data.content.forms import words
from data.content.forms.form import Form, filled, table_of
from data.content.forms.guides import (
    BASICS,
    ELEMENT,
    EVERYONE,
    SITUATION,
    Place,
    guide_table,
    part_at,
    with_element,
    with_part,
)
from data.content.forms.intents import INTENT, intent_table
from data.content.reader import read
from data.content.writing import Table, toml_of

OF_KEYS = {"wording/": words.SENTENCE, "sources/": words.SOURCE}
OF_FILES = {"rules/thresholds.toml": words.THRESHOLDS, "rules/limits.toml": words.LIMITS}
OF_RULES = {"danger": words.DANGER, "look_alike": words.LOOK_ALIKE}


@pytest.fixture(scope="module")
def written(files: Mapping[str, bytes]) -> dict[str, bytes]:
    tables = {path: text for path, text in files.items() if path.endswith(".toml")}
    made = {
        path: toml_of(again(path, tomllib.loads(text.decode())), before=text)
        for path, text in tables.items()
    }
    return {**files, **made}


def again(path: str, table: Table) -> Table:
    """Take a table through its form."""
    if path.startswith("intents/"):
        return intent_table(filled(INTENT, table), onto={"id": table["id"]})
    if path.startswith("guides/"):
        return guide_again(table)
    for folder, form in OF_KEYS.items():
        if path.startswith(folder):
            return {key: table_of(form, filled(form, one)) for key, one in table.items()}
    if path in OF_FILES:
        return table_of(OF_FILES[path], filled(OF_FILES[path], table))
    if path == "rules/danger.toml":
        return {name: [kept(OF_RULES[name], one) for one in table[name]] for name in OF_RULES}
    return table


def kept(form: Form, one: Table) -> dict[str, Any]:
    return table_of(form, filled(form, one), onto={"id": one["id"]})


def guide_again(table: Table) -> Table:
    made = guide_table(filled(BASICS, table), onto={"id": table["id"]})
    places = [EVERYONE]
    for case in table.get("situations", ()):
        places.append(Place(situation=case["id"]))
        made = with_part(made, places[-1], kept(SITUATION, case))
    for variant in table.get("variants", ()):
        places.append(Place(variant=variant["area"]))
        made = with_part(made, places[-1], {"area": variant["area"]})
    for place in places:
        for name, element in (part_at(table, place) or {})["elements"].items():
            said = table_of(ELEMENT, filled(ELEMENT, element))
            made = with_element(made, place, ElementName(name), said)
    return made


def test_every_shipped_file_says_the_same(
    files: Mapping[str, bytes], written: dict[str, bytes], release: Release
) -> None:
    assert read(written, manifest=manifest_of(files)) == release


def test_every_comment_of_a_shipped_file_stays(
    files: Mapping[str, bytes], written: dict[str, bytes]
) -> None:
    lost = [
        f"{path}: {line}"
        for path, text in files.items()
        if path.endswith(".toml")
        for line in text.decode().splitlines()
        if line.startswith("#") and line.strip() not in written[path].decode()
    ]
    assert not lost


def test_a_file_that_was_written_is_written_the_same_again(written: dict[str, bytes]) -> None:
    for path, text in written.items():
        if path.endswith(".toml"):
            assert toml_of(tomllib.loads(text.decode()), before=text) == text, path
