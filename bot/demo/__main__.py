"""Run the simulated platforms alone: `python -m bot.demo --backend http://127.0.0.1:8080`."""

import argparse
import asyncio
import sys

from bot.clock import SystemClock, SystemIds
from bot.demo.config import Config
from bot.demo.platforms import run_until_stopped
from bot.settings import read_settings
from data.civic.errors import BianminError


def main() -> int:
    """Run until stopped; where they listen stands in `$BIANMIN_HOME/demo/running.json`."""
    parser = argparse.ArgumentParser(prog="python -m bot.demo", description=__doc__)
    parser.add_argument("--backend", default="http://127.0.0.1:8080", help="where pushes go")
    for name in ("wechat", "alipay", "gateways", "control"):
        parser.add_argument(f"--port-{name}", type=int, default=0, help="0: a free one")
    asked = parser.parse_args()
    try:
        settings = read_settings()
        config = Config(
            home=settings.home,
            backend_url=asked.backend,
            production=settings.production,
            port_wechat=asked.port_wechat,
            port_alipay=asked.port_alipay,
            port_control=asked.port_control,
            port_gateways=asked.port_gateways,
        )
        asyncio.run(run_until_stopped(config, clock=SystemClock(), ids=SystemIds()))
    except (BianminError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
