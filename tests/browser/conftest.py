"""One browser for all tests; without one they are left out, and it is said how to get one."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.browser import chromium as machine

if TYPE_CHECKING:
    from playwright.async_api import Browser

collect_ignore_glob = [] if machine.is_ready() or machine.is_wanted() else ["test_*.py"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Never silent about what did not run."""
    if collect_ignore_glob:
        terminalreporter.write_line(machine.HOW, yellow=True)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator["Browser"]:
    """A real browser; each test opens windows of its own in it."""
    async with machine.chromium() as browser:
        yield browser
