"""The shipped content, as the tests of content have it."""

from tests.data.content.conftest import files, release

__all__ = ["files", "release"]
