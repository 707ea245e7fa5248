"""Tails in Redis, shared by all processes; losing it loses speed, never a word."""

from collections.abc import Awaitable, Callable
from typing import Final

from pydantic import TypeAdapter, ValidationError
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from anima.errors import Unavailable
from anima.ports import Clock, Witness
from memory.shortterm import Kept

PAUSE_S: Final = 5.0
"""After a failure Redis is left alone for so long: one turn pays for an outage, not each."""

ANSWER_S: Final = 0.5
"""A cache that takes longer is no help: the ledger answers in a millisecond."""

_KEPT: Final = TypeAdapter(Kept)


class RedisTail:
    """The port Tail over Redis or Valkey. *prefix* sets installations on one server apart.

    Nothing connects before the first call. Any failure counts as having nothing kept; that it
    began and that it ended is noted once each.
    """

    def __init__(self, url: str, prefix: str, ttl_s: int, witness: Witness, clock: Clock) -> None:
        self._redis = _client(url)
        self._prefix = prefix
        self._ttl_s = ttl_s
        self._witness = witness
        self._clock = clock
        self._away_until: float | None = None

    async def get(self, conversation_id: int) -> Kept | None:
        key = self._key(conversation_id)
        # MGET answers nothing, where GET complains, when somebody keeps a list under our key
        match await self._try(lambda: self._redis.mget(key)):
            case [bytes(value)]:
                return _read(value)
        return None

    async def put(self, conversation_id: int, kept: Kept) -> None:
        key, value = self._key(conversation_id), _KEPT.dump_json(kept)
        await self._try(lambda: self._redis.set(key, value, ex=self._ttl_s))

    async def drop(self, conversation_id: int) -> None:
        key = self._key(conversation_id)
        await self._try(lambda: self._redis.delete(key))

    async def probe(self) -> None:
        """Ask Redis at once whether it is there. Raises `Unavailable` when it is not."""
        try:
            await self._redis.ping()
        except (RedisError, OSError) as error:
            self._failed(error)
            raise Unavailable(f"redis does not answer: {error}") from error
        self._answered()

    async def aclose(self) -> None:
        """Close all connections."""
        await self._redis.aclose()

    def _key(self, conversation_id: int) -> str:
        return f"{self._prefix}tail:{conversation_id}"

    async def _try(self, command: Callable[[], Awaitable[object]]) -> object:
        """What Redis answers, or None when it is away."""
        if self._away_until is not None and self._clock.elapsed() < self._away_until:
            return None
        try:
            answer = await command()
        except (RedisError, OSError) as error:
            self._failed(error)
            return None
        self._answered()
        return answer

    def _failed(self, error: Exception) -> None:
        if self._away_until is None:
            self._witness.note("cache lost", reason=str(error) or type(error).__name__)
        self._away_until = self._clock.elapsed() + PAUSE_S

    def _answered(self) -> None:
        if self._away_until is not None:
            self._witness.note("cache back")
        self._away_until = None


def _client(url: str) -> Redis:
    """One retry: a connection kept from before a restart of the server is dead at first use."""
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=32,
        timeout=ANSWER_S,
        socket_timeout=ANSWER_S,
        socket_connect_timeout=ANSWER_S,
        retry=Retry(NoBackoff(), 1),
    )
    return Redis.from_pool(pool)


def _read(value: bytes) -> Kept | None:
    """The kept tail, or None when somebody else's hand or version wrote there."""
    try:
        kept = _KEPT.validate_json(value)
    except ValidationError:
        return None
    return kept if all(line.at.tzinfo for line in kept.lines) else None
