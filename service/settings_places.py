"""The settings of the places where it lives: platforms, web, database, cache."""

import hashlib
import hmac
from typing import Annotated, Final, Literal

from pydantic import Field, SecretStr

from service.secrets import Secret
from service.settings_forms import (
    EMPTY,
    BotToken,
    DatabaseAddress,
    HookSecret,
    PerhapsWebAddress,
    RedisAddress,
    Table,
    WebAddress,
)

AT_HOME: Final = "Who is at home there, a name out of `[personas]`; empty: the main one."


class Telegram(Table):
    """The bot on Telegram."""

    token: BotToken = Field(
        default=EMPTY, description="The bot's token from @BotFather; empty: off."
    )
    api_base: WebAddress = Field(
        default="https://api.telegram.org", description="The Bot API server, for a local one."
    )
    mode: Literal["polling", "webhook"] = Field(
        default="polling",
        description="We ask for messages, or Telegram brings them to `public_url`.",
    )
    public_url: PerhapsWebAddress = Field(
        default="",
        description="Webhook: the https address under which Telegram reaches our web server.",
    )
    stream: Literal["bubbles", "draft"] = Field(
        default="bubbles",
        description="What is seen of an answer: whole messages, or in private chats words as they"
        " come, with a button to stop it.",
    )
    persona: str = Field(default="", description=AT_HOME)
    business: Literal["admins", "everyone", "off"] = Field(
        default="admins",
        description="Whose business connections count: in their own chats it writes for them.",
    )
    takeover_s: Annotated[float, Field(ge=0)] = Field(
        default=1800,
        description="After a line of the owner in their own chat it is silent there for so long.",
    )
    webhook_secret: HookSecret = Field(
        default=EMPTY,
        description="Webhook: proves that it is Telegram; empty: made from the token.",
    )

    def hook_secret(self) -> str:
        """The secret of the webhook, the same in every process that has the same token."""
        token = self.token.get_secret_value().encode()
        made = hmac.new(token, b"anima webhook", hashlib.sha256).hexdigest()
        return self.webhook_secret.get_secret_value() or made


class Discord(Table):
    """The bot on Discord."""

    token: Secret = Field(
        default=EMPTY,
        description="The bot's token, from https://discord.com/developers/applications; "
        "empty: off. It needs the Message Content Intent.",
    )
    api_base: WebAddress = Field(
        default="https://discord.com/api/v10",
        description="Discord's REST server; it names the gateway.",
    )
    shards: int = Field(
        default=1,
        ge=1,
        description="Into how many shards Discord divides the bot's servers; "
        "more than one is needed above 2500 of them.",
    )
    shard_ids: Annotated[tuple[Annotated[int, Field(ge=0)], ...], Field(strict=False)] = Field(
        default=(),
        description="Which of them this process listens to, from 0 on; empty: all.",
    )
    persona: str = Field(default="", description=AT_HOME)

    @property
    def held(self) -> tuple[int, ...]:
        """The shards that this process listens to."""
        return self.shard_ids or tuple(range(self.shards))


class Web(Table):
    """The web server."""

    host: str = Field(default="127.0.0.1", min_length=1, description="The address to listen on.")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=8080, description="0: any free port, printed at start."
    )
    password: Secret = Field(
        default=EMPTY,
        description="The owner's; required when `web.host` can be reached from outside.",
    )
    persona: str = Field(default="", description=AT_HOME)


class Database(Table):
    """The ledger's database."""

    url: DatabaseAddress = Field(
        default=SecretStr("sqlite:///data/anima.db"),
        description="`sqlite:///path` or `postgresql://name:password@host/database`. "
        "Not set: `anima.db` in the folder that `data` names.",
    )


class Redis(Table):
    """The cache that several processes share."""

    url: RedisAddress = Field(
        default=EMPTY, description="`redis://host:6379/0`; empty: in the process."
    )
    prefix: str = Field(default="anima:", description="What all our keys in Redis begin with.")
