"""Run all measures, print the table, write `var/bench.json`."""

import asyncio
import itertools
import json
import statistics
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass

import aiohttp
import orjson
import uvloop

from bot.first_release import checked
from bot.settings import read_settings
from data.content.files import shipped
from handlers.directory import directory
from intents.ear_bench import bench
from intents.train import lessons
from tests.bench import codes, informing
from tests.bench.load import Load, get, load, post, serving
from tests.bench.measure import Measure, show

ROUNDS = 5
EAR_P50 = 3.0
QUESTIONS = ("身份证丢了怎么办", "护照多少钱", "老人高龄补贴在临浦怎么办", "社保卡怎么补")

Request = Callable[[int], bytes]


def main() -> int:
    """Measure everything; what misses its target is named, for it is a report and no gate."""
    measures = [*_http(), *_ear(), codes.measured(), *asyncio.run(informing.ratios())]
    show(measures)
    home = read_settings().home
    home.mkdir(parents=True, exist_ok=True)
    rows = [{**asdict(one), "met": one.met} for one in measures]
    (home / "bench.json").write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
    missed = [one.name for one in measures if not one.met]
    if missed:
        sys.stdout.write(f"below target: {'; '.join(missed)}\n")
    return 0


def _http() -> list[Measure]:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_served())


async def _served() -> list[Measure]:
    async with serving("tests.bench.server") as (shipped_port, bare_port, *tokens):
        return await _measure(int(shipped_port), int(bare_port), tokens)


async def _measure(shipped_port: int, bare_port: int, tokens: list[str]) -> list[Measure]:
    walk = _Server(port=shipped_port, request=_talk("/api/v1/messages", tokens))
    operations = _Server(port=bare_port, request=_talk("/talk", tokens))
    guide = get("/api/v1/guides/id_card_replace")
    bare = get("/static")
    return [
        await _ratio(
            "walk: a message against the same database operations, bare",
            0.60,
            walk,
            operations,
        ),
        await _ratio(
            "static answer: a guide against a bare json_response",
            0.30,
            _Server(port=shipped_port, request=lambda _: guide),
            _Server(port=bare_port, request=lambda _: bare),
        ),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Server:
    port: int
    request: Request


def _talk(path: str, tokens: list[str]) -> Request:
    """Ask one of the questions, each time as another citizen."""
    numbers = itertools.count()

    def request(_: int) -> bytes:
        number = next(numbers)
        body = {
            "client_message_id": f"{number % len(tokens)}-{tokens[0][:8]}-{number}",
            "text": QUESTIONS[number % len(QUESTIONS)],
        }
        return post(path, orjson.dumps(body), token=tokens[number % len(tokens)])

    return request


async def _ratio(name: str, target: float, one: _Server, other: _Server) -> Measure:
    """Run both in turn, several times; the ratio of answers a second, the median of all rounds."""
    rounds = [(await _run(one), await _run(other)) for _ in range(ROUNDS)]
    rate = statistics.median(a.load.rate / b.load.rate for a, b in rounds)
    cpu = statistics.median(a.per_cpu / b.per_cpu for a, b in rounds)
    a, b = rounds[-1]
    detail = (
        f"{a.load.rate:.0f}/s : {b.load.rate:.0f}/s, "
        f"p99 {a.load.p99_ms:.0f} : {b.load.p99_ms:.0f} ms, "
        f"per CPU second of the server {cpu:.2f}"
    )
    return Measure(name=name, ratio=rate, target=target, detail=detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    load: Load
    cpu_s: float

    @property
    def per_cpu(self) -> float:
        return self.load.answered / self.cpu_s


async def _run(server: _Server) -> _Run:
    before = await _cpu(server.port)
    done = await load(server.port, server.request)
    return _Run(load=done, cpu_s=await _cpu(server.port) - before)


async def _cpu(port: int) -> float:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/bench/cpu") as answer,
    ):
        return float((await answer.json())["cpu"])


def _ear() -> list[Measure]:
    """How many times the segmenter's reference sentence one understanding takes."""
    release = checked(directory(), shipped())
    held_out = [row for row in release.held_out if row.intent in release.intents]
    found = bench(release, lessons(release), held_out)
    detail = f"p50 {found.p50_us:.0f} µs, p99 {found.p99_us:.0f} µs, fit {found.fit_seconds:.1f} s"
    reference = found.reference_us
    return [
        Measure(
            name="the ear: p50 of a whole understanding, in jieba references",
            ratio=found.p50_us / reference,
            target=EAR_P50,
            above=False,
            detail=detail,
        )
    ]


if __name__ == "__main__":
    sys.exit(main())
