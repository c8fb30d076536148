"""The console's templates, compiled once a run: each test has an application of its own."""

import aiohttp_jinja2
import jinja2
from aiohttp import web


class Compiled(jinja2.BytecodeCache):
    """What Jinja has made of each template; it compares the source before it takes it."""

    def __init__(self) -> None:
        self._made: dict[str, bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if bucket.key in self._made:
            bucket.bytecode_from_string(self._made[bucket.key])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self._made[bucket.key] = bucket.bytecode_to_string()


_COMPILED = Compiled()


def compiled(app: web.Application) -> web.Application:
    """Give an application what was compiled before."""
    environment = aiohttp_jinja2.get_env(app)
    assert environment is not None
    environment.bytecode_cache = _COMPILED
    return app
