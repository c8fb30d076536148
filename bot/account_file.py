"""The accounts file as tables of TOML, with the texts of the files that it names."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from data.civic.errors import Mistake, Mistakes

Table = dict[str, object]
Place = tuple[int | str, ...]
"""Where something stands in the file: `("wechat", 0, "secret")`."""

Wrong = dict[Place, str]
"""What is wrong where."""

_LARGEST_FILE = 64 * 1024
_KINDS = ("service", "miniprogram")


def read_tables(path: Path) -> tuple[Table, Wrong]:
    """Read the file, and put the text of every `…_file` in its place.

    Raises:
        Mistakes: the file cannot be read at all.
    """
    tables, wrong = _toml(path), Wrong()
    for platform, number, table in accounts_in(tables):
        for key in [key for key in table if key.endswith("_file")]:
            target = key.removesuffix("_file")
            try:
                table[target] = _text_for(target, table, path.parent / str(table.pop(key)))
            except ValueError as error:
                table.setdefault(target, "")
                wrong[platform, number, target] = str(error)
    return tables, wrong


def accounts_in(tables: Table) -> Iterator[tuple[str, int, Table]]:
    """Go through the tables of all accounts: platform, number, table."""
    for platform, accounts in tables.items():
        for number, table in enumerate(accounts if isinstance(accounts, list) else ()):
            if isinstance(table, dict):
                yield platform, number, table


def names_twice(tables: Table) -> Wrong:
    """List the names that are given to two accounts."""
    names = [(place[:2], place[2].get("name")) for place in accounts_in(tables)]
    counts = Counter(str(name) for _, name in names)
    return {
        (*place, "name"): "is given to two accounts: each needs its own"
        for place, name in names
        if counts[str(name)] > 1 and name is not None
    }


def place_of(location: Place) -> Place:
    """Leave out the kind that pydantic adds to the place."""
    return tuple(part for part in location if part not in _KINDS)


def in_words(place: Place, tables: Table) -> str:
    """Write a place as `[[wechat]] main, secret`; an account without name by its number."""
    platform, *rest = place
    if not rest:
        return str(platform)
    number, *keys = rest
    names = {(kind, at): table.get("name") for kind, at, table in accounts_in(tables)}
    name = names.get((str(platform), int(number))) or f"no. {int(number) + 1}"
    return ", ".join([f"[[{platform}]] {name}", *(str(key) for key in keys)])


def _toml(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        what = f"cannot be read ({error.strerror}): BIANMIN_ACCOUNTS must name a readable file"
    except ValueError as error:
        what = f"is not TOML in UTF-8: {error}"
    raise Mistakes((Mistake(where=str(path), what=what),))


def _text_for(target: str, table: Table, file: Path) -> str | list[str]:
    if target in table:
        raise ValueError(f"stands beside {target}_file: give one of them")
    try:
        if file.stat().st_size > _LARGEST_FILE:
            raise ValueError(f"{file} is too large to be a key")
        text = file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ValueError(f"{file} cannot be read ({error.strerror})") from None
    return text.split() if target == "aes_keys" else text
