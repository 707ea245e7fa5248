"""OpenAI's client, set up so that it talks to the one server it is given and to nobody else."""

from collections.abc import Mapping
from typing import Final

import httpx2
from openai import AsyncOpenAI, DefaultAioHttpClient, Omit

from anima.errors import ConfigError
from backend.headers import check_carried
from backend.limits import CONNECT_S

LINES: Final = httpx2.Limits(max_connections=1000, max_keepalive_connections=100)
"""Conversations that wait for a slow model hold a line each."""


class Client(AsyncOpenAI):
    """The vendor's client with no headers but the settings' and those that HTTP needs.

    On its own it would tell each server about this machine, and send along whatever organisation,
    project and further headers it finds in the environment.
    """

    def __init__(self, base_url: str, api_key: str, headers: Mapping[str, str]) -> None:
        self._sent: Final = {
            "Accept": "application/json, text/event-stream",
            "Content-Type": "application/json",
            "User-Agent": "anima",
            **headers,
        }
        super().__init__(
            base_url=base_url,
            # empty it would be looked for in the environment; servers without keys ignore it
            api_key=api_key or "none",
            admin_api_key="",
            webhook_secret="",
            max_retries=0,
            timeout=httpx2.Timeout(None, connect=CONNECT_S),
            http_client=DefaultAioHttpClient(
                trust_env=False,
                follow_redirects=False,  # which could lead our headers anywhere
                limits=LINES,
            ),
        )

    @property
    def default_headers(self) -> dict[str, str | Omit]:
        """What goes out with every request, the key aside."""
        return {**self._sent}


def check(base_url: str, sent: Mapping[str, str]) -> None:
    """Raise `ConfigError` where no request could carry the values in *sent* by their names.

    The client would complain only when it is used, and with the value in its complaint.
    """
    try:
        httpx2.URL(base_url)
    except httpx2.InvalidURL as error:
        raise ConfigError(f"the backend's base_url is no address: {error}") from error
    check_carried(sent)
