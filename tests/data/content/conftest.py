"""The shipped content, read once, without a model."""

from collections.abc import Mapping

import pytest

from data.civic.knowing.releases import Release
from data.content.files import manifest_of, shipped
from data.content.reader import read


@pytest.fixture(scope="session")
def files() -> Mapping[str, bytes]:
    return shipped()


@pytest.fixture(scope="session")
def release(files: Mapping[str, bytes]) -> Release:
    return read(files, manifest=manifest_of(files))
