"""Five thousand guides: the shipped ones, many times, each under a name of its own."""

from dataclasses import replace
from pathlib import Path

from bot.first_release import Shipped
from data.content.files import manifest_of
from data.content.reader import read

GUIDES = 5_000


def many(shipped: Shipped) -> Shipped:
    """Multiply the shipped guides until there are 5,000, each under a name of its own."""
    files = dict(shipped.files)
    guides = [(path, text) for path, text in files.items() if path.startswith("guides/")]
    for number in range(GUIDES - len(guides)):
        path, text = guides[number % len(guides)]
        name = f"{Path(path).stem}_{number // len(guides)}"
        files[f"guides/{name}.toml"] = _renamed(text, Path(path).stem, name)
    manifest = manifest_of(files, model=shipped.manifest.model)
    release = read(files, manifest=manifest)
    return replace(shipped, files=files, manifest=manifest, release=release)


def _renamed(text: bytes, before: str, after: str) -> bytes:
    return text.replace(f'id = "{before}"'.encode(), f'id = "{after}"'.encode(), 1)
