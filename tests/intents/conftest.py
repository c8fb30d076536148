"""The small release, and the ear that has learnt it."""

import pytest

from data.civic.knowing.releases import Release
from intents.artifact import digest_of, open_model
from intents.scorer import Scorer
from intents.train import train
from intents.understand import Ear
from tests.intents.small import release


@pytest.fixture(scope="session")
def small() -> Release:
    return release()


@pytest.fixture(scope="session")
def model_file(small: Release) -> bytes:
    return train(small)


@pytest.fixture(scope="session")
def scorer(model_file: bytes) -> Scorer:
    return open_model(model_file, digest=digest_of(model_file))


@pytest.fixture(scope="session")
def ear(small: Release, scorer: Scorer) -> Ear:
    return Ear(small, scorer)


@pytest.fixture(scope="session")
def deaf(small: Release) -> Ear:
    """The ear without a model."""
    return Ear(small, None)
