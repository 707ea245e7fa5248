"""The server as a process of its own: prints its address and serves until interrupted."""

import argparse
import asyncio
import signal
import sys

from tests.far_side.botapi.server import BotApi


async def serve(token: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM."""
    ended = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, ended.set)
    async with BotApi(token, port=port) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        await ended.wait()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.far_side.botapi", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    parser.add_argument("--token", default="42:TEST")
    wanted = parser.parse_args()
    asyncio.run(serve(wanted.token, wanted.port))


if __name__ == "__main__":
    main()
