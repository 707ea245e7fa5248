"""`anima persona prompt`: what a model would be told in one turn, layer by layer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TextIO

from anima.errors import ConfigError
from anima.model import Soul
from persona.card import load
from persona.tokens import Counting, estimate
from service import prompt_page, prompt_talk, settings
from service.counting import counting
from service.prompt_report import report
from service.shipped import found

_ANSWER_SHARE = 8
"""An answer keeps at most one part in so many of a context that was asked for."""

PLAIN = Soul("default", "default", form="prompt")
"""Who is told a persona that is named without settings: a server with the usual numbers."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see; empty or none is left to the settings, or to the file."""

    persona: Path | None = None
    config: Path | None = None
    talk: Path | None = None
    title: str | None = None
    language: str = ""
    context: int = 0
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class _Teller:
    """Who is told what: a *soul*, and who counts for it, in words too."""

    persona: Path
    soul: Soul
    count: Counting = estimate
    counted: str = "estimated"


def prompt(wish: Wish, environ: Mapping[str, str], now: datetime, write: TextIO) -> int:
    """Write the prompt that *wish* asks for, as of *now* where its talk tells no time.

    Raises `ConfigError` for what cannot be read.
    """
    teller = _fitted(_teller(wish, environ), wish.context)
    card = load(found(teller.persona))
    place = prompt_talk.Place(now, wish.title, wish.language)
    scene = prompt_talk.read(wish.talk, place) if wish.talk else prompt_talk.made_up(card, place)
    told = report(card, scene, teller.soul, teller.count)
    if wish.as_json:
        write.write(f"{prompt_page.as_json(told, teller.counted)}\n")
    else:
        write.writelines(f"{line}\n" for line in prompt_page.page(told, teller.counted))
    return 0


def _teller(wish: Wish, environ: Mapping[str, str]) -> _Teller:
    """The first soul of the settings; whoever names a persona alone needs none."""
    if wish.persona and not wish.config:
        return _Teller(wish.persona, PLAIN)
    chosen = settings.load(wish.config, environ)
    # it brings the database along, which half of those who look at a prompt need not wait for
    from service.minds import souls_of  # noqa: PLC0415

    teller = _Teller(wish.persona or chosen.persona, souls_of(chosen)[0])
    first = chosen.souls[0]
    if not first.tokenizer:
        return teller
    try:
        count = counting(first)
    except ConfigError as error:
        raise ConfigError(f"souls.0.tokenizer: {error}") from error
    return replace(teller, count=count, counted=f"counted by {first.tokenizer}")


def _fitted(teller: _Teller, context: int) -> _Teller:
    """The same for a soul of this *context*, where one was asked for."""
    if not context:
        return teller
    answer = min(teller.soul.max_tokens, context // _ANSWER_SHARE)
    return replace(teller, soul=replace(teller.soul, context=context, max_tokens=answer))
